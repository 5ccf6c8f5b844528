"""A city, and the state behind it."""

import re
from collections.abc import Sequence

from backend.language.en.place_pieces import Word
from backend.language.en.place_words import PLACES
from backend.language.en.roads import DIRECTIONS
from backend.language.en.states import CITIES, CODES, STATES
from backend.language.tokens import words
from backend.language.turn_words import ends_in_one

__all__ = [
    "ends_in_place",
    "known_at_the_end",
    "leads_to_a_name",
    "split_state",
    "titled",
    "with_states",
    "without_part",
]

_PARTS = frozenset("downtown midtown uptown inner the city of greater central".split())
_WITHIN = frozenset({"on", "upon", "in", "under", "le", "by"})
"""Words within a name: "Stoke-on-Trent"."""
_LONGEST = 3
"""Words of a city or state."""


def ends_in_place(text: str) -> bool:
    """Do the words end where a spoken address ends: in a city or a state that is known?"""
    return ends_in_one(words(text), CITIES, STATES, longest=_LONGEST)


def split_state(body: Sequence[Word]) -> tuple[list[Word], str]:
    """A city, and the state behind it. "New York" by itself is the city."""
    rest = list(body)
    for length in (3, 2, 1):
        tail = " ".join(word for word, _ in rest[-length:])
        if len(rest) < length:
            continue
        code = rest[-1][1] if length == 1 and rest[-1][1] in CODES else STATES.get(tail, "")
        if length == 1 and rest[-1][0].upper() in CODES and len(rest) > 1 and rest[-1][1].isupper():
            code = rest[-1][1]
        alone = length == len(rest) and tail in {"new york", "washington"}
        if (
            code
            and not alone
            and " ".join(word for word, _ in rest) not in {"kansas city", "oklahoma city", "virginia beach"}
        ):
            return rest[:-length], code
    return rest, ""


def known_at_the_end(piece: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """A crossing, and the city behind its name, where one is known or has its state: "at belmont chicago"."""
    body, state = split_state(piece)
    small = [word for word, _ in body]
    for length in (3, 2, 1):
        behind = len(small) - length
        if behind > 1 and " ".join(small[behind:]) in CITIES and small[behind - 1] not in PLACES | {"the", "and"}:
            return list(piece[:behind]), list(piece[behind:])
    at = len(small) - 1
    return (list(piece[:at]), list(piece[at:])) if state and at > 1 else (list(piece), [])


def leads_to_a_name(body: Sequence[Word], at: int) -> bool:
    """Is the word here a direction that a street's name stands behind, and no city: "mlk and east twelfth"?"""
    if at >= len(body) or body[at][0] not in DIRECTIONS:
        return False
    rest, state = split_state(body[at + 1 :])
    small = [word for word, _ in rest]
    known = any(" ".join(small[:length]) in CITIES for length in (1, 2, 3))
    return not known and len(small) > bool(state)


def with_states(pieces: Sequence[list[Word]]) -> list[list[Word]]:
    """The pieces of a place, a name and the state behind its comma as one: "bloomington, illinois"."""
    joined: list[list[Word]] = []
    for piece in pieces:
        rest, state = split_state(piece)
        if joined and state and not rest and joined[-1][0][0] not in PLACES:
            joined[-1] = [*joined[-1], *piece]
        else:
            joined.append(piece)
    return joined


def without_part(city: Sequence[Word]) -> list[Word]:
    """A city without which part of it: "midtown atlanta", "leeds city centre"."""
    rest = list(city)
    while rest and rest[0][0] in _PARTS:
        rest = rest[1:]
    centre = len(rest) > 2 and rest[-1][0] in {"centre", "center"} and rest[-2][0] in {"city", "town"}
    return rest[:-2] if centre else rest


def titled(body: Sequence[Word]) -> str:
    """As it is written."""
    return " ".join(
        raw if re.search(r"[^\W\d_].*[A-ZÀ-Þ]", raw) and not raw.isupper() else _capital(small) for small, raw in body
    )


def _capital(word: str) -> str:
    first, *others = word.split("-")
    return "-".join(
        [first[:1].upper() + first[1:], *(part if part in _WITHIN else part[:1].upper() + part[1:] for part in others)]
    )
