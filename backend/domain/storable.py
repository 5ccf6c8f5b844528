"""Text that can be stored anywhere: one character that a database does not take must not lose a whole turn."""

from typing import Any

__all__ = ["clean"]

_NOT_A_CHARACTER = "\N{REPLACEMENT CHARACTER}"


def clean(value: Any) -> Any:
    """A value, however deep, with NUL and lone surrogates in its texts replaced by U+FFFD.

    Replaced and not left out, so that an id with a NUL in it is nobody else's id.
    """
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, dict):
        return {name: clean(one) for name, one in value.items()}
    if isinstance(value, list):
        return [clean(one) for one in value]
    return tuple(clean(one) for one in value) if type(value) is tuple else value


def _clean_text(text: str) -> str:
    if "\0" in text:
        text = text.replace("\0", _NOT_A_CHARACTER)
    if text.isascii():
        return text
    return text if _encodes(text) else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
