"""Text that every database takes: one character that it does not take must not lose a whole turn."""

from typing import Any

__all__ = ["clean", "storable"]

_NOT_A_CHARACTER = "\N{REPLACEMENT CHARACTER}"


def storable(_1: Any, _2: Any, statement: str, parameters: Any, _3: Any, _4: bool) -> tuple[str, Any]:
    """For the event ``before_cursor_execute``: what is sent, with NUL and lone surrogates replaced.

    Replaced and not left out, so that an id with a NUL in it is nobody else's id. SQLite would take a NUL; but what
    stands there must be able to move to PostgreSQL.
    """
    return statement, clean(parameters)


def clean(value: Any) -> Any:
    """The same for any value."""
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
