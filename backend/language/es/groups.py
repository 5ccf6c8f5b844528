"""Several facts in one Spanish answer, part by part: "un chevrolet malibu del dos mil dieciocho"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backend.language.asked import Asked, Choice, Kind
from backend.language.es.asides import leading_aside
from backend.language.es.doubt import CORRECTION, hedged
from backend.language.es.unknown_part import unknown_part
from backend.language.es.words import said
from backend.language.language import Reader
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.same_once import same_once

__all__ = ["group_reader"]

_YEAR = re.compile(
    r"\b(?P<whole>19[5-9]\d|20[0-4]\d)\b|\b(?P<century>19|20) (?P<rest>\d\d)\b"
    r"|(?:\b(?:modelo|del|ano|anio|del ano|es|es del|de) )(?P<short>\d{2})\b"
)
_EFE = re.compile(r"\befe (?=\w)", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|ni)(?: (?:es|era|fue|el|la|un|una|mi|del|de))*$")
_OTHERS = re.compile(
    r"\b(?:el otro|la otra|del otro|su (?:carro|coche|auto|camioneta)|de el|de ella|me pego|me choco)\b"
)
_ARTICLE = re.compile(r"\bun[ao]?\b", re.IGNORECASE)
_LAST_NUMBER = re.compile(r" (\d{2})$")
_MINE_AND_THE_OTHER = re.compile(
    r"^(?P<mine>.*\b(?:m[ií][oa]|nuestr[oa])\b.*?),? (?:y |pero )?(?:el|la) (?:otr[oa]|del otro|de [eé]l|de ella) "
    r"(?:es|era|fue|tra[ií]a)\b.*$",
    re.IGNORECASE,
)
"""Their own, and behind it somebody else's."""
_LONGEST = 4
"""Words of a name in a list."""
_FUNCTION = frozenset(
    "el la los las un una mi es era fue del de que y con en a no si eh este pues modelo ano color carro coche "
    "auto camioneta "
    "ya por favor gracias marca era tengo iba manejando al se lo rojo roja azul blanco blanca negro negra gris "
    "verde pero".split()
)


@dataclass(slots=True)
class _Heard:
    """What was found so far: the values of each part with their places, and the places that are taken."""

    plain: str = field(repr=False)
    values: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)
    taken: list[tuple[int, int]] = field(default_factory=list)

    def add(self, part: str, value: Any, start: int, end: int) -> None:
        self.taken.append((start, end))
        if not _DENIED.search(self.plain[:start].strip()):
            self.values.setdefault(part, []).append((start, value))

    def free(self, start: int, end: int) -> bool:
        return all(end <= one or start >= other for one, other in self.taken)


def group_reader(readers: Mapping[Kind, Reader]) -> Reader:
    """A reader of groups, whose other parts are read by ``readers``."""

    def read_group(words: str, asked: Asked) -> Reading:
        return _read(words, asked, readers)

    return read_group


def _read(words: str, asked: Asked, readers: Mapping[Kind, Reader]) -> Reading:
    if found := _MINE_AND_THE_OTHER.match(words):
        own = _read(found["mine"], asked, readers)
        return replace(own, against=(*own.against, words)) if own.outcome == "value" else own
    answer = said(_EFE.sub("f ", words.replace("-", " ")))
    heard = _Heard(answer.plain)
    for name, part in asked.parts.items():
        if part.choices and all(one.of is None for one in part.choices):
            _listed(heard, name, part.choices)
    for name, part in asked.parts.items():
        if part.choices and any(one.of is not None for one in part.choices):
            _belonging(heard, name, part.choices)
    for name, part in asked.parts.items():
        if part.kind == "integer":
            _years(heard, name, asked.now.year)
        elif not part.choices and part.kind not in ("text", "choice"):
            reading = readers[part.kind](words, part) if part.kind in readers else nothing()
            if reading.outcome == "value":
                heard.values[name] = [(0, reading.value)]
    return _settled(heard, asked, words)


def _listed(heard: _Heard, name: str, choices: tuple[Choice, ...]) -> None:
    for start, end, found in _places(heard, choices):
        heard.add(name, found[0].value, start, end)


def _belonging(heard: _Heard, name: str, choices: tuple[Choice, ...]) -> None:
    """A name that belongs to another part's answer: behind it, or by itself where it is no number."""
    owners = [value for values in heard.values.values() for _, value in values]
    for start, end, found in _places(heard, choices):
        own = [one for one in found if one.of in owners or one.of is None]
        distinct = not owners and not heard.plain[start:end].replace(" ", "").isdecimal()
        one = next(iter(own), found[0] if distinct and len({one.of for one in found}) == 1 else None)
        if one is None or (heard.plain[start:end] in _FUNCTION and one.of not in owners):  # "es" is a car, too
            continue
        if one.value is None:
            heard.taken.append((start, end))
        else:
            heard.add(name, one.value, start, end)
    if name not in heard.values and owners:
        _open_name(heard, name)


def _open_name(heard: _Heard, name: str) -> None:
    """A name that is in no list, right behind what it belongs to."""
    end = max(end for _, end in heard.taken)
    match = re.match(r" ([a-z]\w+)(?= |$)", heard.plain[end:])
    if match and match[1] not in _FUNCTION and not match[1].isdecimal():
        heard.add(name, match[1].capitalize(), end + 1, end + match.end())


def _places(heard: _Heard, choices: tuple[Choice, ...]) -> list[tuple[int, int, list[Choice]]]:
    """The names of a list that stand in the words and are free, the longest first where they begin at one place."""
    known = _names_of(choices)
    tokens = list(re.finditer(r"\S+", heard.plain))
    found: list[tuple[int, int, list[Choice]]] = []
    at = 0
    while at < len(tokens):
        step = 1
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            span = (tokens[at].start(), tokens[at + length - 1].end())
            named = known.get("".join(token[0] for token in tokens[at : at + length]))
            if named and heard.free(*span):
                found.append((*span, named))
                step = length
                break
        at += step
    return found


@same_once
def _names_of(choices: tuple[Choice, ...]) -> dict[str, list[Choice]]:
    """Which choices each name stands for; a name without its spaces, as "F-150" may be said in any way."""
    known: dict[str, list[Choice]] = {}
    for one in choices:
        for name in (*one.words, str(one.value or "")):
            if key := said(name.replace("-", " ")).plain.replace(" ", ""):
                known.setdefault(key, []).append(one)
    return known


def _years(heard: _Heard, name: str, this_year: int) -> None:
    for match in _YEAR.finditer(heard.plain):
        if not heard.free(*match.span()):
            continue
        whole = match["whole"] or (match["century"] and match["century"] + match["rest"])
        heard.add(name, int(whole) if whole else _of_two_figures(match["short"], this_year), *match.span())
    last = _LAST_NUMBER.search(heard.plain)
    if name not in heard.values and last and any(end == last.start() for _, end in heard.taken):  # "un tsuru 99"
        heard.add(name, _of_two_figures(last[1], this_year), *last.span(1))


def _of_two_figures(figures: str, this_year: int) -> int:
    short = int(figures)
    return (2000 if short <= this_year % 100 + 1 else 1900) + short


def _settled(heard: _Heard, asked: Asked, words: str) -> Reading:
    value: dict[str, Any] = {}
    answer = said(words)
    missing = unknown_part(answer.plain) if any(not heard.values.get(name) for name in asked.parts) else ""
    rest = replace(answer, plain=answer.plain.replace(missing, " ")) if missing else answer
    why = "they are not sure" if hedged(rest) else ""
    for name in asked.parts:
        said_of_it = sorted(heard.values.get(name, []), key=lambda place: place[0])
        if len({repr(one) for _, one in said_of_it}) > 1 and not CORRECTION.search(heard.plain):
            why = "two answers to the same part"
        if said_of_it:
            value[name] = said_of_it[-1][1]
    left = [m[0] for m in re.finditer(r"\b\d+\b", heard.plain) if heard.free(*m.span())]
    if "1" in left and _ARTICLE.search(words):  # "es un jetta"
        left.remove("1")
    if not value and leading_aside(said(words)) != "other":
        return nothing(leading_aside(said(words)))
    if not value:
        return doubtful("none of the names is known") if re.match(r"(?:un|una|el|la|mi) ", heard.plain) else nothing()
    if left or why or _OTHERS.search(heard.plain):
        return doubtful(why or "a number or somebody else is left over", value, against=tuple(left))
    taken = (heard.plain[start:end] for start, end in sorted(heard.taken))
    return sure(value, (*taken, *filter(None, (missing,))))
