"""Text that can be stored anywhere: one character that a database does not take must not lose a whole turn."""

import re
from typing import Any

__all__ = ["UNSEEN", "clean", "visible", "written_words"]

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""What a terminal may obey, and a file of lines is broken by; it is in nothing that people say."""

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""Those, and whatever else breaks a line, turns its order round, or stands in it without being seen."""

_NOT_A_CHARACTER = "\N{REPLACEMENT CHARACTER}"


def written_words(text: str) -> str:
    """Words that were typed instead of spoken: one space between them, and no control characters."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def visible(text: str, *, kept: str = "") -> str:
    """A text for a log: what would begin a line that nobody wrote, turn one round, or be obeyed by a terminal, is
    written as an escape, so that it is seen and nothing more.

    Args:
        text: what is logged.
        kept: letters that stay as they are.
    """
    return UNSEEN.sub(lambda found: found[0] if found[0] in kept else _escape(found[0]), text)


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


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
