"""A described place in pieces: from one preposition, or pause, to the next, without what is said around it."""

import re
from collections.abc import Sequence

from backend.language.en.figures import ORDINALS, figures, is_number
from backend.language.en.place_words import NEXT, PLACES, STOPS, TALK, VERBS, WITH
from backend.language.en.roads import NUMBERED, is_road

__all__ = ["Word", "named_behind", "pieces_of", "tokens_of", "without_talk", "without_zip"]

Word = tuple[str, str]
"""In small letters, and as it came."""
_WORD = re.compile(r"\d+(?:st|nd|rd|th)?\b|[^\W_]+(?:['’.-][^\W_]+)*|[,;.]")
_ZIP = re.compile(r"\b(\d{5})(?:-?\d{4})?\b")

_BETWEEN_FIGURES = frozenset({"oh", "o", ",", "."})


def tokens_of(text: str) -> list[Word]:
    return [(word.lower().replace("’", "'"), word) for word in _WORD.findall(text)]


def without_zip(words: list[Word]) -> tuple[list[Word], str]:
    """The words without a zip code: in figures, or five digits one by one at the end or behind "zip"."""
    for at in range(len(words)):
        if at and _ZIP.fullmatch(words[at][0]) and not is_road([words[at + 1][0] if at + 1 < len(words) else ""]):
            return words[:at] + words[at + 1 :], words[at][0][:5]
    for at in range(len(words) - 1, -1, -1):
        here = words[at][0]
        if not (is_number(here) or here in _BETWEEN_FIGURES):
            break
        run = [small for small, _ in words[at:] if small not in {",", "."}]
        spoken = "".join(figures(["oh" if word == "o" else word for word in run]))
        if len(spoken) == 5 and spoken.isdecimal():
            before = at
            while before and words[before - 1][0] in {"zip", "code", "zipcode", "the", "is", "postal"}:
                before -= 1
            return words[:before], spoken
    return words, ""


def pieces_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words from one preposition, or pause, to the next."""
    pieces: list[list[Word]] = [[]]
    for at, word in enumerate(words):
        small = word[0]
        following = words[at + 1][0] if at + 1 < len(words) else ""
        if small in {",", ";", "."}:
            pieces.append([])
            continue
        opens = small in PLACES or (small, following) in WITH or _is_marker(words, at, pieces[-1])
        behind = pieces[-1][-1][0] if pieces[-1] else ""
        if opens and pieces[-1] and behind != "of" and not (behind in PLACES and len(pieces[-1]) == 1):
            pieces.append([])
        pieces[-1].append(word)
    return [piece for piece in pieces if piece]


def without_talk(words: list[Word]) -> list[Word]:
    """Without what is said around a place: the words before it up to the last of such words, and those behind it."""
    words = _before_the_next_clause(words)
    last = max((at for at, (word, _) in enumerate(words) if word in VERBS), default=-1)
    start, end = last + 1, len(words)
    while start < end and words[start][0] in TALK | {"the", "a"} and not _is_numbered(words, start):
        start += 1
    while (
        end > start
        and words[end - 1][0] in (TALK - {"way", "place", "city"}) | {"the"}
        and not _ends_as_a_name(words[:end])
    ):
        end -= 1
    return words[start:end]


def _before_the_next_clause(words: list[Word]) -> list[Word]:
    """ "Pine street when he hit us": what is told behind a road is no part of it."""
    for at in range(1, len(words)):
        if words[at][0] in NEXT and is_road([word for word, _ in words[:at]]):
            return words[:at]
        if words[at][0] == "not" and at:
            return words[:at]
    return words


def _is_marker(words: Sequence[Word], at: int, before: Sequence[Word]) -> bool:
    """Does "mile marker 102" or "exit twelve" begin behind a name: "in key largo florida mile marker 102"?"""
    small, following = words[at][0], words[at + 1][0] if at + 1 < len(words) else ""
    marker = (small == "mile" and following == "marker") or (small == "exit" and is_number(following))
    return marker and bool(before) and before[-1][0] not in PLACES | {"the", "a", "of", "and", "to"}


def _ends_as_a_name(words: Sequence[Word]) -> bool:
    """Does a name end so that would be talk by itself: "route one sixty one", "the truck stop"?"""
    last, before = words[-1][0], words[-2][0] if len(words) > 1 else ""
    if last == "one":
        return is_number(before) or before in NUMBERED or before in {"oh", "a", "b", "m", "i", "us"}
    return last == "stop" and before in STOPS


def _is_numbered(words: Sequence[Word], at: int) -> bool:
    """Is it a number of the place: "one oh one first street", "us one"?"""
    here = words[at][0] if at < len(words) else ""
    before = words[at - 1][0] if at else ""
    behind = words[at + 1][0] if at + 1 < len(words) else ""
    return ((here in {"i", "us", "m", "b"} or (here == "a" and before == "the")) and is_number(behind)) or (
        here == "one" and (is_number(behind) or behind in {"oh", *ORDINALS})
    )


def named_behind(small: Sequence[str], way: int) -> int:
    """Where the name ends that stands behind the way itself: "1145 avenue of the americas"."""
    if small[way + 1 : way + 2] != ["of"]:
        return way
    return min(way + (3 if small[way + 2 : way + 3] == ["the"] else 2), len(small) - 1)
