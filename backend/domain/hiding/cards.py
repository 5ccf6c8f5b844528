"""Card numbers: of a card's length and beginning, with a check digit that is right."""

import re
from collections.abc import Iterator, Sequence

__all__ = ["card_length", "is_card", "written_cards"]

_NETWORKS = (
    (re.compile(r"4"), {13, 16, 19}),
    (re.compile(r"5[1-5]|2[2-7]|35|9[0-9]|81"), {16}),
    (re.compile(r"5[06-9]|6"), {16, 17, 18, 19}),
    (re.compile(r"3[47]"), {15}),
    (re.compile(r"3[0689]"), {14, 16}),
)
"""How the numbers of each kind of card begin, and how long they are."""
_WRITTEN, _GROUP = re.compile(r"\d+(?:[ .\-\u2010-\u2015]\d+)*"), re.compile(r"\d+")
_SHORTEST, _LONGEST = 13, 19


def is_card(digits: str) -> bool:
    """Could these digits be a card's? Its length and beginning fit, and the check digit is right."""
    return any(start.match(digits) and len(digits) in lengths for start, lengths in _NETWORKS) and _checks(digits)


def card_length(digits: str) -> bool:
    """Are there as many as a card has, or one too few because one was not heard?"""
    return len(digits) in range(12, 20)


def written_cards(text: str) -> Sequence[tuple[int, int]]:
    """Where card numbers stand that are written in figures, whatever stands around them."""
    found: list[tuple[int, int]] = []
    for run in _WRITTEN.finditer(text):
        if run.end() - run.start() >= _SHORTEST:
            found += _cards_in(text, [group.span() for group in _GROUP.finditer(run.group())], run.start())
    return found


def _cards_in(text: str, groups: Sequence[tuple[int, int]], at: int) -> Iterator[tuple[int, int]]:
    """Where they stand in a row of figures, of which others may be no part of them: ``4111 1111 1111 1111.0``."""
    first = 0
    while first < len(groups):
        digits, longest = "", first - 1
        for last in range(first, len(groups)):
            digits += text[at + groups[last][0] : at + groups[last][1]]
            if len(digits) > _LONGEST:
                break
            if is_card(digits):
                longest = last
        if longest >= first:
            yield at + groups[first][0], at + groups[longest][1]
        first = max(first, longest) + 1


def _checks(digits: str) -> bool:
    """The check of Luhn."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
