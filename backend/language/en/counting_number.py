"""The numbers that count something: not the one of "no one", nor the year of "a twenty nineteen civic"."""

from collections.abc import Sequence

from backend.language.en.number_words import TEENS, TENS, number_at, ordinal_at

__all__ = ["counting_number_at", "is_ordinal"]

_OF_A_PRONOUN = frozenset("that who which i we he she it they behind ahead in".split())
_BEFORE_A_PRONOUN = frozenset("no any this that which some other another every not".split())
_CENTURIES = frozenset({"twenty", "nineteen"})
_OWNERS = frozenset("a an my our his her their".split())
_MOST_IN_A_CRASH = 12
""" "A four car shunt"; of a greater number behind an article nobody counts."""


def counting_number_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A number; not the one of "no one" and "which one"."""
    if words[at] == "dozen" or words[at : at + 2] == ["a", "dozen"]:
        return 12, at + 1 + (words[at] == "a")
    found = number_at(words, at) if words[at] not in ("a", "an") else None
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    alone = at > 1 and words[at - 2] in ("only", "just")
    pronoun = words[at] == "one" and (
        before in _BEFORE_A_PRONOUN
        or (before == "the" and after in _OF_A_PRONOUN and not alone)
        or is_ordinal(words, at - 1)
    )
    return None if pronoun or found is None or _is_of_a_year(words, at) else found


def _is_of_a_year(words: Sequence[str], at: int) -> bool:
    """ "A twenty nineteen civic", "my oh nine truck"."""
    first, then = words[at], words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    whole = first in _CENTURIES and (then in TEENS or then in TENS or then == "oh")
    part = before in _CENTURIES and (first in TEENS or first in TENS)
    found = number_at(words, at) if before in _OWNERS else None
    spoken = before == "oh" and words[max(at - 2, 0)] in _OWNERS
    return whole or part or spoken or (found is not None and found[0] > _MOST_IN_A_CRASH)


def is_ordinal(words: Sequence[str], at: int) -> bool:
    """ "The first one", "a second one"; but a "second" before it may be of time."""
    return at >= 0 and ordinal_at(words, at) is not None
