"""The rule of doubt in Spanish: what a word before, between or behind the values makes of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from backend.language.es.asides import KNOW, aside
from backend.language.es.words import Said, folded
from backend.language.reading import Reading, doubtful, nothing, sure

__all__ = ["CORRECTION", "Found", "hedged", "settled"]

CORRECTION = re.compile(
    r"\b(?:(?:ay |bueno |este )?no(?: no)* (?:espere|espera|perdon|perdone|perdoneme|digo"
    r"|disculpe|disculpeme|miento|mentira|mejor|que digo)"
    r"|perdon|perdone|perdoneme|disculpe|disculpeme"
    r"|digo|mejor dicho|mas bien|me equivoque|miento|corrijo|rectifico|quise decir"
    r"|quiero decir|no no(?: no)*|ay no|que diga)\b"
)
"""What takes back the words before it."""
_HEDGE = re.compile(
    r"\b(?:creo|quizas?|tal vez|talvez|a lo mejor|puede ser|puede que|pudo|podria|posiblemente|probablemente|supongo"
    r"|no (?:estoy|estaria|toy) (?:muy |tan |cien por ciento |100 por ciento |completamente |totalmente )?segur[oa]"
    rf"|no (?:lo )?(?:{KNOW}|recuerdo|me acuerdo)(?: bien| exactamente| si)?|me parece|me imagino|imagino|segun yo"
    r"|si no me equivoco|si mal no recuerdo|o algo asi|o por ahi|diria|capaz|pienso|ha de (?:ser|haber)"
    r"|debe (?:de )?ser"
    r"|ojala|espero|igual y)\b"
)
_DENIED = re.compile(
    r"\bno (?P<verb>(?:fue|era|es|son|eran|fueron|seria|ha sido|hablo|se trata) )?"
    r"(?:(?:el|la|los|las|en|a|de|del|dia|por|mi|un|una|con) )*$"
)
_NO = re.compile(r"\bno\b")
_NO_BEHIND = re.compile(r"^ no (?!no\b)")
_NO_AND_MARKS = re.compile(r"(?P<before>[,.;…]\s*)?\bno\b(?P<behind>\s*[,.;…])?")
_INSTEAD = re.compile(r"\b(?:sino|fue|era|es|son|fueron|eran)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A value that stands in the plain spelling from ``start`` to ``end``.

    Args:
        why: why it is in doubt by itself, in a few plain words; empty when it is not.
        others: what else it may have been.
    """

    value: Any = field(repr=False)
    start: int
    end: int
    why: str = ""
    others: tuple[Any, ...] = field(default=(), repr=False)


def hedged(words: Said) -> bool:
    """Is there a "creo", a "tal vez", an "o algo así" in it?"""
    return bool(_HEDGE.search(words.plain))


def settled(found: Sequence[Found], words: Said) -> Reading:
    """The reading that the values of an answer come to."""
    if not found:
        other = aside(words)
        return nothing(other) if other != "other" or not hedged(words) else nothing("unknown")
    every, (found, closed) = found, _without_denied_behind(found, words)
    left, after = _without_taken_back(found, words.plain)
    after = max(after, closed)
    left, denied = _without_denied(left, words.plain, after)
    rests_on = tuple(words.plain[one.start : one.end] for one in left)
    candidates = _distinct(left)
    if not left:
        return doubtful("only what it was not is said", against=denied)
    if len(_distinct(left, others=False)) > 1:
        return doubtful("more than one value", *candidates, rests_on=rests_on, against=denied)
    why = next((one.why for one in left if one.why), "") or ("not said for sure" if hedged(words) else "")
    why = why or ("asked, not said" if words.asks else "") or ("a value and a denial" if denied == ("no",) else "")
    if why:
        return doubtful(why, *candidates, rests_on=rests_on)
    dropped = tuple(words.plain[one.start : one.end] for one in every if one not in left)
    corrected = tuple(match[0] for match in CORRECTION.finditer(words.plain)) + (("no",) if closed else ())
    return sure(left[0].value, rests_on, against=(*denied, *dropped, *corrected))


def _without_taken_back(found: Sequence[Found], plain: str) -> tuple[list[Found], int]:
    """What stands behind the last correction, where anything does; and where that ends."""
    left, after = list(found), 0
    for match in CORRECTION.finditer(plain):
        behind = [one for one in found if one.start >= match.end()]
        left, after = (behind, match.end()) if behind else (left, after)
    return left, after


def _without_denied(found: Sequence[Found], plain: str, after: int) -> tuple[list[Found], tuple[str, ...]]:
    """Without "no fue el lunes"; a bare "no el lunes" says too little where nothing tells what it was instead."""
    left: list[Found] = []
    denied: list[str] = []
    for index, one in enumerate(found):
        match = _DENIED.search(plain, after, one.start)
        behind = plain[one.end : found[index + 1].start] if index + 1 < len(found) else ""
        others = len(found) > 1
        if match and (match["verb"] or (others and _INSTEAD.search(behind))):
            denied.append(plain[match.start() : one.end])
        elif match:
            denied.append("no")
            left.append(one)
        else:
            left.append(one)
    return left, tuple(denied)


def _without_denied_behind(found: Sequence[Found], words: Said) -> tuple[list[Found], int]:
    """Without the first of "ayer no, fue el domingo", and where that "no" ends; in doubt where no pause tells which
    of both it denies."""
    marks = [*_NO_AND_MARKS.finditer(folded(words.written))]
    left: list[Found] = []
    closed = 0
    for one, another in zip(found, (*found[1:], None), strict=True):
        between = words.plain[one.end : another.start] if another else ""
        which = len(_NO.findall(words.plain[: one.end]))
        denied = _NO_BEHIND.match(between) and which < len(marks) and marks[which]
        if not denied or (denied["before"] and not denied["behind"]):
            left.append(one)
        elif not denied["behind"] and _INSTEAD.search(between):
            left.append(replace(one, why="a no that may belong to either"))
            left += [replace(another, why="a no that may belong to either")] if another else []
        elif not denied["behind"]:
            left.append(one)
        else:
            closed = one.end + len(" no")
    return left, closed


def _distinct(found: Sequence[Found], *, others: bool = True) -> list[Any]:
    values: list[Any] = []
    for one in found:
        values += [value for value in (one.value, *(one.others if others else ())) if value not in values]
    return [value for value in values if value is not None]
