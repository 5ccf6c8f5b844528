"""Card numbers: of a card's length and beginning, with a check digit that is right."""

import re
from collections.abc import Sequence

__all__ = ["card_length", "is_card", "written_cards"]

_NETWORKS = (
    (re.compile(r"4"), {13, 16, 19}),
    (re.compile(r"5[1-5]|2[2-7]|35|9[0-9]|81"), {16}),
    (re.compile(r"5[06-9]|6"), {16, 17, 18, 19}),
    (re.compile(r"3[47]"), {15}),
    (re.compile(r"3[0689]"), {14, 16}),
)
"""How the numbers of each kind of card begin, and how long they are."""
_WRITTEN = re.compile(r"(?<!\d)\d(?:[ .\-\u2010-\u2015]?\d){12,18}(?!\d)")


def is_card(digits: str) -> bool:
    """Could these digits be a card's? Its length and beginning fit, and the check digit is right."""
    return any(start.match(digits) and len(digits) in lengths for start, lengths in _NETWORKS) and _checks(digits)


def card_length(digits: str) -> bool:
    """Are there as many as a card has, or one too few because one was not heard?"""
    return len(digits) in range(12, 20)


def written_cards(text: str) -> Sequence[tuple[int, int]]:
    """Where card numbers stand that are written in figures, whatever stands around them."""
    found = ((match.start(), match.end(), re.sub(r"\D", "", match.group())) for match in _WRITTEN.finditer(text))
    return [(start, end) for start, end, digits in found if is_card(digits)]


def _checks(digits: str) -> bool:
    """The check of Luhn."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
