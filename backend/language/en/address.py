"""Where something is: street, city, state and zip code in what a caller says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.language.asked import Asked
from backend.language.en.aside import read_aside
from backend.language.en.clauses import hedges
from backend.language.en.figures import ORDINALS, figures, is_number
from backend.language.en.roads import DIRECTIONS, WAYS, is_road, road_written
from backend.language.en.states import CITIES, CODES, STATES
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.words import words_of

__all__ = ["read_address"]

_Word = tuple[str, str]
"""In small letters, and as it came."""
_WORD = re.compile(r"\d+(?:st|nd|rd|th)?\b|[^\W_]+(?:['’.-][^\W_]+)*|[,;.]")
_PLACES = frozenset(
    "on onto in at near by off along outside inside around between behind past towards toward before after across"
    " under beside over "
    "opposite from into".split()
)
"""Words that a new piece of a description begins with."""
_WITH = {
    ("next", "to"),
    ("close", "to"),
    ("in", "front"),
    ("across", "from"),
    ("corner", "of"),
    ("right", "by"),
    ("intersection", "of"),
}
_CITY_FIRST = frozenset("in outside near around inside".split())
_TIMES = frozenset(
    "morning afternoon evening night today yesterday tonight noon midnight monday tuesday wednesday thursday"
    " friday saturday "
    "sunday o'clock am pm a.m p.m last ago minutes hours hour week".split()
)
_TALK = frozenset(
    "um uh er yeah yes well so like you know i i'm i was it it's was were happened happen we he she they my me"
    " our think guess mean "
    "sorry please that that's is when where there driving hit drove going went coming turning left crashed crash"
    " accident car "
    "okay ok oh hi just had got happening sir ma'am let's see be would been did who which what this these those"
    " his her "
    "their city town place called somewhere actually exactly way took one no not street's located address is"
    " address parked "
    "stopped said told right waiting walking sitting standing heading stop stopping then downtown".split()
)
"""What people say around a place, and nothing of it."""
_OWN = frozenset("home house driveway work apartment garage yard office".split())
_TAKES_BACK = re.compile(
    r"(?:,|\.\.\.|\b)\s*(?:no wait|wait no|no sorry|sorry no|sorry|i mean|i meant|actually|rather|scratch that"
    r"|make that|no)[\s,]+(?=\w)",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or|either|maybe)\b(?! consequences)")
_ZIP = re.compile(r"\b(\d{5})(?:-?\d{4})?\b")
_NO_CITY = frozenset(
    "the a an my our your this that his her their front it there here traffic between case order me".split()
)


@dataclass(slots=True)
class _Place:
    """The parts so far."""

    street: list[list[_Word]] = field(default_factory=list)
    city: str = ""
    state: str = ""
    zipcode: str = ""
    own: bool = False
    """Their own house or place of work: perhaps an address that is known."""
    bare: bool = False
    """Words that may be a street or a city."""

    def value(self) -> dict[str, str]:
        """The parts that were said."""
        street = ", ".join(filter(None, map(road_written, self.street)))
        street = re.sub(
            r", (?=(?:near|and|at|off|by|between|next|in|outside|across|behind|close|past|on|just)\b)", " ", street
        )
        parts = {"street": street, "city": self.city, "state": self.state, "zipcode": self.zipcode}
        return {key: part for key, part in parts.items() if part}


def read_address(words: str, asked: Asked) -> Reading:
    """The parts of an address that were said. Their own house, and one of two streets, is a question."""
    if read_aside(words) and not is_road(words_of(words)):
        return nothing()
    pieces = _TAKES_BACK.split(" ".join(words.split()))
    pieces = [piece for piece in pieces if piece.strip(" ,.")]
    if not pieces:
        return nothing()
    value, place = {}, _Place()
    for piece in pieces:
        place = _place(piece, asked)
        value |= place.value()
    if not value:
        return nothing()
    if _OR.search(words) or hedges(words):
        return doubtful("they are not sure", value)
    if place.own or place.bare:
        return doubtful("it may be one of several places", value)
    if "state" not in value and (goes_without_saying := CITIES.get(value.get("city", "").lower())):
        value["state"] = goes_without_saying
    return sure(value, tuple(value.values()))


def _place(text: str, asked: Asked) -> _Place:
    place = _Place()
    words = _without_zip(_tokens(text), place)
    pieces = _pieces(words)
    for piece in pieces:
        _read_piece(piece, place, asked, alone=len(pieces) == 1)
    return place


def _tokens(text: str) -> list[_Word]:
    return [(word.lower().replace("’", "'"), word) for word in _WORD.findall(text)]


def _without_zip(words: list[_Word], place: _Place) -> list[_Word]:
    """The words without a zip code: in figures, or five digits one by one at the end or behind "zip"."""
    for at in range(len(words)):
        if at and _ZIP.fullmatch(words[at][0]) and not is_road([words[at + 1][0] if at + 1 < len(words) else ""]):
            place.zipcode = words[at][0][:5]
            return words[:at] + words[at + 1 :]
    for at in range(len(words) - 1, -1, -1):
        run = [small for small, _ in words[at:] if small not in {",", "."}]
        spoken = "".join(figures(["oh" if word == "o" else word for word in run]))
        if len(spoken) == 5 and spoken.isdecimal() and all(is_number(word) or word in {"oh", "o"} for word in run):
            place.zipcode = spoken
            before = at
            while before and words[before - 1][0] in {"zip", "code", "zipcode", "the", "is", "postal"}:
                before -= 1
            return words[:before]
    return words


def _pieces(words: Sequence[_Word]) -> list[list[_Word]]:
    """The words from one preposition, or pause, to the next."""
    pieces: list[list[_Word]] = [[]]
    for at, word in enumerate(words):
        small = word[0]
        following = words[at + 1][0] if at + 1 < len(words) else ""
        if small in {",", ";", "."}:
            pieces.append([])
            continue
        opens = small in _PLACES or (small, following) in _WITH
        behind = pieces[-1][-1][0] if pieces[-1] else ""
        if opens and pieces[-1] and behind != "of" and not (behind in _PLACES and len(pieces[-1]) == 1):
            pieces.append([])
        pieces[-1].append(word)
    return [piece for piece in pieces if piece]


def _read_piece(piece: list[_Word], place: _Place, asked: Asked, *, alone: bool) -> None:
    while piece and piece[0][0] in {"just", "right", "somewhere", "and", "um", "uh", "so"}:
        piece = piece[1:]
    if not piece:
        return
    while len(piece) > 1 and piece[0][0] in _PLACES and piece[1][0] in _PLACES | {"just", "right"}:
        piece = piece[1:]
    lead = piece[0][0] if piece[0][0] in _PLACES else ""
    body = _without_talk(piece[1:] if lead else piece)
    small = [word for word, _ in body]
    if not body or set(small) & _TIMES or (set(small) & _SENTENCE and not is_road(small)):
        return
    if re.search(r"\b(?:my|our|the|his|her) way\b", " ".join(word for word, _ in piece)):
        return
    if _is_own(piece, small):
        place.own = True
        place.street.append(piece if lead else body)
        return
    if is_road(small):
        _read_road(piece if lead in _NEAR and place.street else body, place)
    elif lead in _CITY_FIRST and _names_a_city(piece) and _may_be_city(body, lead, place):
        _read_city(body, place)
    elif not lead:
        _read_bare(body, place, asked, alone=alone)
    else:
        place.street.append(piece)


_SENTENCE = frozenset(
    "i'd i'll have to look need check don't know can't what who how why do does did could would should want tell ask "
    "find remember call give if because speak talk need".split()
)
"""Words of a sentence that is no description of a place."""
_NEAR = frozenset("near off past before after between outside by behind under at around over".split())


def _is_own(piece: Sequence[_Word], small: Sequence[str]) -> bool:
    if is_road(small):
        return False
    mine = any(word in {"my", "our"} for word, _ in piece)
    return (mine and bool(set(small) & _OWN)) or set(small) <= {"home", "work"}


def _names_a_city(piece: Sequence[_Word]) -> bool:
    words = [word for word, _ in piece[1:]]
    return words[:1] != [] and (words[0] not in _NO_CITY or words[:3] == ["the", "city", "of"])


def _without_talk(words: list[_Word]) -> list[_Word]:
    """Without what is said around a place: the words before it up to the last of such words, and those behind it."""
    words = _before_the_next_clause(words)
    last = max((at for at, (word, _) in enumerate(words) if word in _VERBS), default=-1)
    start, end = last + 1, len(words)
    while start < end and words[start][0] in _TALK | {"the", "a"} and not _is_numbered(words, start):
        start += 1
    while (
        end > start
        and words[end - 1][0] in (_TALK - {"way", "place", "city"}) | {"the"}
        and not _is_numbered(words, end)
    ):
        end -= 1
    return words[start:end]


def _before_the_next_clause(words: list[_Word]) -> list[_Word]:
    """ "Pine street when he hit us": what is told behind a road is no part of it."""
    for at in range(1, len(words)):
        if words[at][0] in _NEXT and is_road([word for word, _ in words[:at]]):
            return words[:at]
        if words[at][0] == "not" and at:
            return words[:at]
    return words


def _is_numbered(words: Sequence[_Word], at: int) -> bool:
    """Is it a number of the place: "one oh one first street", "us one"?"""
    here = words[at][0] if at < len(words) else ""
    before = words[at - 1][0] if at else ""
    behind = words[at + 1][0] if at + 1 < len(words) else ""
    if is_number(before) and at == len(words):
        return True
    return ((here in {"i", "us", "m", "b"} or (here == "a" and before == "the")) and is_number(behind)) or (
        here == "one" and (is_number(behind) or behind in {"oh", *ORDINALS})
    )


_NEXT = frozenset("when because while where who he she they we it i i'm".split())
"""Words that a clause of its own begins with."""
_VERBS = frozenset("was were is happened hit driving drove going crashed went turning".split())


def _may_be_city(body: Sequence[_Word], lead: str, place: _Place) -> bool:
    small = " ".join(word for word, _ in body)
    known = small in CITIES or _split_state(body)[1]
    return (
        len(body) <= 5
        and not any(is_number(word) for word, _ in body)
        and (lead in ("in", "outside") or bool(known) or bool(place.street and lead == "near" and not place.city))
    )


def _read_city(body: Sequence[_Word], place: _Place) -> None:
    rest, state = _split_state(body)
    if rest:
        called = [at for at, (word, _) in enumerate(rest) if word in {"called", "named"}]
        rest = rest[called[-1] + 1 :] if called else rest
        while rest and rest[0][0] in {"downtown", "the", "city", "of", "greater", "central"}:
            rest = rest[1:]
        while rest and rest[-1][0] in {"the", "one"}:
            rest = rest[:-1]
        place.city = _titled(rest) or place.city
    place.state = state or place.state


def _split_state(body: Sequence[_Word]) -> tuple[list[_Word], str]:
    """A city, and the state behind it. "New York" by itself is the city."""
    words = list(body)
    for length in (3, 2, 1):
        tail = " ".join(word for word, _ in words[-length:])
        if len(words) < length:
            continue
        code = words[-1][1] if length == 1 and words[-1][1] in CODES else STATES.get(tail, "")
        if length == 1 and words[-1][0].upper() in CODES and len(words) > 1 and words[-1][1].isupper():
            code = words[-1][1]
        alone = length == len(words) and tail in {"new york", "washington"}
        if (
            code
            and not alone
            and " ".join(word for word, _ in words) not in {"kansas city", "oklahoma city", "virginia beach"}
        ):
            return words[:-length], code
    return words, ""


def _titled(words: Sequence[_Word]) -> str:
    return " ".join(
        raw if re.search(r"[^\W\d_].*[A-ZÀ-Þ]", raw) and not raw.isupper() else _capital(small) for small, raw in words
    )


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _read_road(body: list[_Word], place: _Place) -> None:
    """A road, and behind its name a city and a state that no "in" was said before."""
    small = [word for word, _ in body]
    ends = [at for at, word in enumerate(small) if word in WAYS and at]
    numbers = [at for at, word in enumerate(small) if is_number(word) or re.search(r"\d", word)]
    end = max(ends) if ends else max(numbers, default=len(body) - 1)
    if ends and "and" not in small[end:]:
        while end + 1 < len(body) and (
            small[end + 1] in DIRECTIONS
            or (small[end] in {"highway", "route", "road", "hwy"} and is_number(small[end + 1]))
            or (is_number(small[end]) and is_number(small[end + 1]))
        ):
            end += 1
    elif ends:
        end = len(body) - 1
    elif numbers:
        while end + 1 < len(body) and small[end + 1] in DIRECTIONS:
            end += 1
    place.street.append(body[: end + 1])
    if end + 1 < len(body):
        _read_city(body[end + 1 :], place)


def _read_bare(body: list[_Word], place: _Place, asked: Asked, *, alone: bool) -> None:
    """Words without any preposition: a city where one is known, or asked for, or a state stands behind it."""
    rest, state = _split_state(body)
    small = " ".join(word for word, _ in rest)
    question = asked.question.lower()
    asks_city = "city" in question and "street" not in question
    corner = "and" in [word for word, _ in body] and not place.street
    if corner and not asks_city:
        cut = _city_behind_a_corner(body)
        place.street.append(body[:cut])
        if cut < len(body):
            _read_city(body[cut:], place)
    elif state or small in CITIES or asks_city or (place.street and not place.city and len(body) <= 3):
        _read_city(body, place)
    else:
        place.street.append(body)
        place.bare = alone and "street" not in question


def _city_behind_a_corner(body: Sequence[_Word]) -> int:
    words = [word for word, _ in body]
    behind = words.index("and") + 2
    return min(behind, len(body))
