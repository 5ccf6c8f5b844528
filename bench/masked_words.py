"""Words of a caller beside the server's record of them, in which secrets are hidden."""

import re

__all__ = ["holds_the_beginning", "holds_the_whole", "is_all_hidden"]

_HIDDEN = "[hidden]"
_DIGITS = r"(?:zero|oh?|one|two|three|four|five|six|seven|eight|nine|double|triple|\d+)"
"""What may stand where something is hidden. The bench's callers say their secrets digit by digit."""


def holds_the_whole(kept: str, said: str) -> bool:
    """Does the record hold these words, all of them and nothing else?"""
    return bool(_pattern(kept).fullmatch(said.lower()))


def holds_the_beginning(kept: str, said: str) -> bool:
    """Does it hold their first words, and not the last?"""
    return bool(kept.strip()) and bool(re.match(rf"(?:{_pattern(kept).pattern})\s+\S", said.lower()))


def is_all_hidden(kept: str) -> bool:
    """Is nothing left to read in it?"""
    return set(kept.split()) == {_HIDDEN}


def _pattern(kept: str) -> re.Pattern[str]:
    """What was said for ``kept`` to be its record: where something is hidden, one digit or more."""
    words = (rf"{_DIGITS}(?:\s+{_DIGITS})*" if word == _HIDDEN else re.escape(word) for word in kept.lower().split())
    return re.compile(r"\s+".join(words))
