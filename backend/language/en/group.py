"""Several facts in one answer, part by part, each leaving its words to the others: year, make and model of a car."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from backend.language.asked import Asked, Choice, Kind
from backend.language.en.aside import read_aside
from backend.language.en.bare_years import bare_years
from backend.language.en.clauses import hedges
from backend.language.en.figures import is_number, squeezed, years_in
from backend.language.en.group_beside import is_when_it_was_got, their_own, without_counts
from backend.language.en.unknown_part import unknown_part
from backend.language.language import Reader
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.same_once import same_once
from backend.language.words import MARKS, words_of

__all__ = ["group_reader"]

_ALIKE = 80
_LEAST = 5
"""Letters of a name that is told by how it sounds."""
_LONGEST = 4
"""Words of a name in a list."""
_OF_PHRASES = frozenset({"up", "go"})  # names right behind what they belong to: "an old beat up pickup" has none
_TAKES_BACK = frozenset("no sorry wait mean meant actually rather correction scratch".split())
_DETERMINERS = frozenset("the a an my our that this it's its was is of".split())
_FUNCTION = _DETERMINERS | frozenset(
    "and or but with from it i he she they we you in on at for to please thanks yes yeah no not um uh er well so model "
    "make year edition one which who that's that registered plate plates has had have are were actually sorry i'm his "
    "her their your think guess mean there here by also too thank sir ma'am as if when where because like".split()
)
_NUMBERED = frozenset({"model", "the", "series"})
"""What may stand between the name of a make and a model that is a number."""
_ROUGHLY = frozenset("or about around roughly approximately either".split())
_OTHERS = re.compile(
    r"\b(?:the other|other (?:one|guy|driver|man|lady|woman|person)|his|their|they|he|hit me"
    r"|(?:hit|struck|rammed|ended|sideswiped|clipped) by|(?:in)?to (?:me|us))\b"
)


@dataclass(slots=True)
class _Part:
    """What was understood of one part: its values in the order in which they were said."""

    values: list[tuple[int, Any]] = field(default_factory=list)


def group_reader(readers: Mapping[Kind, Reader]) -> Reader:
    """A reader of groups, whose parts are read by ``readers`` where they are not read here."""

    def read_group(words: str, asked: Asked) -> Reading:
        return _read(their_own(words), asked, readers)

    return read_group


def _read(words: str, asked: Asked, readers: Mapping[Kind, Reader]) -> Reading:
    tokens = [
        word
        for word in words_of(without_counts(words, asked.told_with).replace("-", " "))
        if word not in MARKS - {",", ".", "..."}
    ]
    taken: set[int] = set()
    parts = {name: _Part() for name in asked.parts}
    listed = [(name, part) for name, part in asked.parts.items() if part.choices]
    for name, part in listed:
        if part.kind == "choice":
            _names(tokens, part, taken, parts[name], behind={})
    for name, part in listed:
        if part.kind == "text":
            _names(tokens, part, taken, parts[name], behind=_behind(parts, taken))
            _open_name(tokens, part, taken, parts[name], _behind(parts, taken))
    for name, part in asked.parts.items():
        if part.kind == "integer" and part.digits == len("2026"):
            _years(tokens, asked, taken, parts[name], named=any(one.values for one in parts.values()))
    others = {
        name: part for name, part in asked.parts.items() if not part.choices and part.kind not in ("integer", "text")
    }
    rest = " ".join(token for place, token in enumerate(tokens) if place not in taken)
    _rest(rest, others, parts, readers)
    return _settle(words, tokens, taken, parts)


def _names(tokens: list[str], part: Asked, taken: set[int], into: _Part, behind: Mapping[int, Any]) -> None:
    """Names of a list. Those that belong to another part's answer are taken behind it, or by themselves."""
    known, starts = _keys(part.choices)
    place = 0
    while place < len(tokens):
        step = 1
        if _start(squeezed(tokens[place : place + 1])) not in starts:
            place += step
            continue
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            span = range(place, place + length)
            found = [] if not taken.isdisjoint(span) else known.get(squeezed(tokens[place : place + length]), [])
            lone = behind and place not in behind and all(map(is_number, tokens[place : place + length]))
            if lone and tokens[place - 1] not in _NUMBERED:  # the "two" of a year behind "cx five"
                continue
            no_name = _FUNCTION if place in behind else _FUNCTION | _OF_PHRASES
            if length == 1 and tokens[place] in no_name:  # "my lexus is a 2015"
                continue
            follows = part.kind == "choice" and place - 1 in taken  # "dodge ram": the second is no make
            one = None if follows else _fitting(found, behind, place, tokens)
            if one is not None:
                taken |= set(span)
                step = length
                if one.value is not None and not _denied(tokens, place):
                    into.values.append((place, one.value))
                break
        place += step


@same_once
def _keys(choices: tuple[Choice, ...]) -> tuple[Mapping[str, list[Choice]], frozenset[str]]:
    """Which choices each name stands for, and how names begin; a list of hundreds of names is taken apart once."""
    known: dict[str, list[Choice]] = {}
    for one in choices:
        for name in (*one.words, str(one.value or "")):
            if key := squeezed(words_of(name.replace("-", " "))):
                known.setdefault(key, []).append(one)
    return known, frozenset(start for key in known for start in (key[:1], _start(key)))


def _start(key: str) -> str:
    """How a name begins: two letters, or one figure, as the figures behind it may change ("twenty", "twenty one")."""
    return key[:1] if key[:1].isdecimal() else key[:2]


def _fitting(found: Sequence[Any], behind: Mapping[int, Any], place: int, tokens: Sequence[str]) -> Any:
    """The name that may be meant here: one that stands behind what it belongs to, or one that is no number."""
    named = next((behind[at] for at in range(place, -1, -1) if at in behind), None)
    own = [one for one in found if one.of is None or one.of == named]
    if own or not found or behind:
        return next(iter(own), None) if own else (found[0] if found and not behind else None)
    distinct = not is_number(tokens[place]) and (len(tokens[place]) > 1 or is_number((*tokens, "")[place + 1]))
    return found[0] if distinct and len({one.of for one in found}) == 1 else None


def _behind(parts: Mapping[str, _Part], taken: set[int]) -> dict[int, Any]:
    """Where each answer of a list ends, with the answer."""
    ends: dict[int, Any] = {}
    for part in parts.values():
        for start, value in part.values:
            end = start
            while end in taken:
                end += 1
            ends[end] = value
    return ends


def _open_name(tokens: list[str], part: Asked, taken: set[int], into: _Part, behind: Mapping[int, Any]) -> None:
    """A name that is in no list, right behind what it belongs to."""
    if into.values:
        return
    for start in behind:
        end = start
        while end < len(tokens) and end - start < 2 and end not in taken and _may_be_name(tokens[end]):
            end += 1
        if end > start:
            end, name = _near_miss(tokens[start:end], part, behind[start], start) or (end, "")
            taken |= set(range(start, end))
            into.values.append((start, name or " ".join(word.capitalize() for word in tokens[start:end])))


def _near_miss(said: Sequence[str], part: Asked, of: Any, start: int) -> tuple[int, Any] | None:
    """Where a name of the list ends that was written as it sounds, and the name: "nissan rouge", "kia sorrento"."""
    for length in range(len(said), 0, -1):
        key = squeezed(said[:length])
        names = [one.value for one in part.choices if one.of == of and str(one.value)[:1].lower() == key[:1]]
        alike = [name for name in names if fuzz.ratio(squeezed(words_of(str(name))), key) >= _ALIKE]
        if len(key) >= _LEAST and len(alike) == 1:
            return start + length, alike[0]
    return None


def _may_be_name(token: str) -> bool:
    return token.isalpha() and len(token) > 1 and token not in _FUNCTION and not is_number(token)


def _years(tokens: list[str], asked: Asked, taken: set[int], into: _Part, *, named: bool) -> None:
    left = [token if place not in taken else "|" for place, token in enumerate(tokens)]
    for one in years_in(left) or (bare_years(left, asked.now.year) if named else []):
        if one.short and not named and "year" not in asked.question.lower():
            continue
        taken |= set(range(one.start, one.end))
        if not _denied(tokens, one.start):
            into.values.append((one.start, one.year))


def _denied(tokens: Sequence[str], place: int) -> bool:
    """ "Not the ford", "it wasn't a 2019"."""
    before = place - 1
    while before >= 0 and tokens[before] in _DETERMINERS:
        before -= 1
    return before >= 0 and (tokens[before] == "not" or tokens[before].endswith("n't"))


def _rest(words: str, others: Mapping[str, Asked], parts: dict[str, _Part], readers: Mapping[Kind, Reader]) -> None:
    for name, part in others.items():
        reader = readers.get(part.kind)
        reading = reader(words, part) if reader is not None else nothing()
        if reading.outcome == "value":
            parts[name].values.append((0, reading.value))


def _settle(words: str, tokens: list[str], taken: set[int], parts: Mapping[str, _Part]) -> Reading:
    value: dict[str, Any] = {}
    missing = unknown_part(words) if any(not part.values for part in parts.values()) else ""
    plain = " ".join(words.lower().split())
    unsure = hedges(plain.replace(missing, " ") if missing else plain)
    doubt = "they are not sure" if unsure or _ROUGHLY & set(tokens) else ""
    for name, part in parts.items():
        said = [one for _, one in sorted(part.values, key=lambda pair: pair[0])]
        if any(at and is_when_it_was_got(tokens, at) for at, one in part.values if isinstance(one, int)):
            doubt = "the year of a purchase"
        if any(one != said[0] for one in said) and not _taken_back(tokens, part):
            doubt = "two answers to the same part"
        if said:
            value[name] = said[-1]
    unread = tuple(
        token for place, token in enumerate(tokens) if place not in taken and is_number(token) and token != "one"
    )
    if not value:
        said = _says_something(tokens) and not read_aside(words)
        return doubtful("none of the names is known") if said else nothing()
    unread += tuple(tokens[at + 1] for at in sorted(taken) if _goes_on(tokens, taken, at))
    if unread or doubt or _OTHERS.search(" ".join(tokens)):
        return doubtful(doubt or "a number or somebody else is left over", value, against=unread)
    return sure(value, (*(tokens[place] for place in sorted(taken)), *filter(None, (missing,))))


def _goes_on(tokens: Sequence[str], taken: set[int], at: int) -> bool:
    """Does a single letter stand behind a number of a name, and belong to it perhaps: "three thirty i"?"""
    following = tokens[at + 1] if at + 1 < len(tokens) and at + 1 not in taken else ""
    return len(following) == 1 and following.isalpha() and following != "a" and is_number(tokens[at])


def _taken_back(tokens: Sequence[str], part: _Part) -> bool:
    places = sorted(place for place, _ in part.values)
    return bool(_TAKES_BACK & set(tokens[places[0] : places[-1]]))


def _says_something(tokens: Sequence[str]) -> bool:
    return any(token in {"a", "an", "the", "my"} for token in tokens)
