"""Where something is: street, city, state and zip code in what a caller says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.language.asked import Asked
from backend.language.en.aside import read_aside
from backend.language.en.city import known_at_the_end, leads_to_a_name, split_state, titled, with_states, without_part
from backend.language.en.clauses import hedges
from backend.language.en.figures import ORDINALS, is_number
from backend.language.en.place_corrected import is_part_of_a_street, names_two_roads, parts_said
from backend.language.en.place_doubt import is_somebodys_number, why_in_doubt
from backend.language.en.place_pieces import Word, named_behind, pieces_of, tokens_of, without_talk, without_zip
from backend.language.en.place_told import put_plainly, without_side
from backend.language.en.place_words import BOUND, CITY_FIRST, NEAR, NO_CITY, OWN, PLACES, SENTENCE, TIMES
from backend.language.en.roads import DIRECTIONS, WAYS, is_road, renumbered, says_another_number, street_written
from backend.language.en.states import CALLED, CITIES, COUNTRIES
from backend.language.reading import Reading, doubtful, nothing, sure
from backend.language.told_beside import without_told_beside
from backend.language.words import words_of

__all__ = ["read_address"]

_OFFERS = re.compile(
    r"\W*(?:(?:um|uh|so|and|well|okay) )*(?:do|does|should|can|could|would|will|shall|may) (?:i|you|we|it|that)\b",
    re.IGNORECASE,
)
"""A question back: "should I give you the cross street"."""
_GOES_ON = re.compile(
    r"[\s,]+(?:(?:and|but|so|then|because|now|also) )*"
    r"(?:(?:the|my|our|his|her|their|a|an) (?:[\w']+ ){1,2}|(?:i|we|he|she|it|they|there|\w+body|someone) )"
    r"(?:is|was|were|are|has|have|had|came|comes|got|went|took|hit|ran|called|said|can|can't|couldn't|won't|did|didn't"
    r"|looks|stopped|drove|fled|left)\b(?! (?:at|on|in|near|by|just|right|somewhere|outside|behind)\b)",
    re.IGNORECASE,
)
"""A sentence behind the place: "and the car is gone"."""
_AND_ANOTHER = re.compile(r"\band\b(?! (?:an?|the)\b)")  # of a corner: "a gas station and a church" is none
_NOWHERE = frozenset({"here", "there", "and", "but"})
_OR = re.compile(r"\b(?:or|either|maybe)\b(?! consequences)")


@dataclass(slots=True)
class _Place:
    """The parts so far."""

    street: list[list[Word]] = field(default_factory=list)
    city: str = ""
    state: str = ""
    zipcode: str = ""
    own: bool = False
    """Their own house or place of work: perhaps an address that is known."""
    bare: bool = False
    """Words that may be a street or a city."""

    def value(self) -> dict[str, str]:
        """The parts that were said."""
        parts = {"street": street_written(self.street), "city": self.city, "state": self.state, "zipcode": self.zipcode}
        return {key: part for key, part in parts.items() if part}


def read_address(words: str, asked: Asked) -> Reading:
    """The parts of an address that were said. Their own house, and one of two streets, is a question."""
    told = without_told_beside(words, asked)
    words, side = without_side(put_plainly(told))
    if _OFFERS.match(words) or (read_aside(words) and not is_road(words_of(words))):
        return nothing()
    said = _without_what_follows(words)
    pieces, put_right = parts_said(said)
    if not pieces:
        return nothing()
    value, place = {}, _Place()
    for piece in pieces:
        value = {} if place.bare else value
        place = _place(piece, asked)
        new = renumbered(street := value.get("street", ""), place.value())
        if street and is_part_of_a_street(place.value()):
            place.bare = is_part_of_a_street(new)
            put_right = "a number was put right" if place.bare else put_right
        value |= new
    if not value or is_somebodys_number(words, value):
        return nothing()
    why = put_right or _why_unsure(words, pieces, place)
    if why := why or why_in_doubt(" ".join(pieces), value, (*asked.told_with, asked.question)):
        return doubtful(why, value)
    value |= {"state": side} if side and "state" not in value else {}
    if "state" not in value and (goes_without_saying := CITIES.get(value.get("city", "").lower())):
        value["state"] = goes_without_saying
    weighed = tuple(word for word in (*words_of(told), "from") if word not in words_of(words))
    return sure(value, tuple(value.values()), against=weighed)


def _why_unsure(words: str, pieces: list[str], place: _Place) -> str:
    if any(says_another_number(words_of(piece)) or names_two_roads(piece) for piece in pieces[:-1]):
        return "a number or a street was corrected"
    if _OR.search(words) or hedges(words):
        return "they are not sure"
    return "it may be one of several places" if place.own or place.bare else ""


def _without_what_follows(text: str) -> str:
    """The words up to the sentence that goes on behind a road or a city."""
    for found in _GOES_ON.finditer(text):
        before, behind = words_of(text[: found.start()]), words_of(text[found.start() :])
        if not is_road(behind) and (is_road(before) or any(" ".join(before[-n:]) in CITIES for n in (1, 2, 3))):
            return text[: found.start()]
    return text


def _place(text: str, asked: Asked) -> _Place:
    place = _Place()
    words, place.zipcode = without_zip(tokens_of(text))
    pieces = with_states(pieces_of(words))
    for piece in pieces:
        _read_piece(piece, place, asked, alone=len(pieces) == 1)
    return place


def _read_piece(piece: list[Word], place: _Place, asked: Asked, *, alone: bool) -> None:
    while piece and piece[0][0] in {"just", "right", "somewhere", "and", "um", "uh", "so", "down", "up"}:
        piece = piece[1:]
    if not piece:
        return
    while len(piece) > 1 and piece[0][0] in PLACES and piece[1][0] in PLACES | {"just", "right"}:
        piece = piece[1:]
    lead = piece[0][0] if piece[0][0] in PLACES else ""
    body = without_talk(piece[1:] if lead else piece)
    small = [word for word, _ in body]
    if not body or set(small) <= _NOWHERE or set(small) & TIMES or (set(small) & SENTENCE and not is_road(small)):
        return
    if re.search(r"\b(?:my|our|the|his|her) way\b", " ".join(word for word, _ in piece)):
        return
    if _is_own(piece, small):
        place.own = True
        place.street.append(piece if lead else body)
        return
    if is_road(small):
        _read_road(piece if lead in NEAR and place.street else body, place)
    elif lead in CITY_FIRST and _names_a_city(piece) and _may_be_city(body, lead, place):
        _read_city(body, place)
    elif not lead:
        _read_bare(body, place, asked, alone=alone)
    else:
        street, city = known_at_the_end(piece) if place.street and not place.city else (piece, [])
        place.street.append(street)
        _read_city(city, place)


def _is_own(piece: Sequence[Word], small: Sequence[str]) -> bool:
    if is_road(small):
        return False
    mine = any(word in {"my", "our"} for word, _ in piece)
    return (mine and bool(set(small) & OWN)) or set(small) <= {"home", "work"}


def _names_a_city(piece: Sequence[Word]) -> bool:
    words = [word for word, _ in piece[1:]]
    return words[:1] != [] and (words[0] not in NO_CITY or words[:3] == ["the", "city", "of"])


def _may_be_city(body: Sequence[Word], lead: str, place: _Place) -> bool:
    small = " ".join(word for word, _ in body)
    known = small in CITIES or split_state(body)[1]
    return (
        len(body) <= 5
        and not any(is_number(word) for word, _ in body)
        and (
            lead == "in"
            or (lead == "outside" and not place.city)
            or bool(known)
            or bool(place.street and lead == "near" and not place.city)
        )
    )


def _read_city(body: Sequence[Word], place: _Place) -> None:
    rest, state = split_state(body)
    if rest:
        called = [at for at, (word, _) in enumerate(rest) if word in {"called", "named"}]
        rest = rest[called[-1] + 1 :] if called else rest
        rest = without_part(rest)
        while rest and (rest[-1][0] in {"the", "one"} or rest[-1][0] in BOUND):
            rest = rest[:-1]
        name = " ".join(word for word, _ in rest)
        named = CALLED.get(name, titled(rest))
        around = bool(place.city) and name in COUNTRIES and not (state or place.state)
        place.city = f"{place.city} {named}" if around else named or place.city
    place.state = state or place.state


def _read_road(body: list[Word], place: _Place) -> None:
    """A road, and behind its name a city and a state that no "in" was said before."""
    small = [word for word, _ in body]
    ends = [at for at, word in enumerate(small) if word in WAYS and (at or small[1:2] == ["of"])]
    numbers = [at for at, word in enumerate(small) if is_number(word) or re.search(r"\d", word)]
    end = max(ends) if ends else max(numbers, default=len(body) - 1)
    if ends and all(is_number(word) for word in small[: ends[0]]):
        end = max(end, named_behind(small, ends[0]))
    if ends and "and" not in small[end:]:
        while end + 1 < len(body) and (
            small[end + 1] in DIRECTIONS
            or (small[end] in {"highway", "route", "road", "hwy"} and is_number(small[end + 1]))
            or (is_number(small[end]) and is_number(small[end + 1]))
        ):
            end += 1
    elif ends:
        end = (_city_behind_and(body, end) or len(body)) - 1
    elif numbers:
        while end + 1 < len(body) and small[end + 1] in DIRECTIONS:
            end += 1
    place.street.append(body[: end + 1])
    behind = body[end + 1 :]
    if behind:
        _read_city(behind[1:] if behind[0][0] == "and" else behind, place)


def _city_behind_and(body: Sequence[Word], end: int) -> int | None:
    """Where "and" begins a city with its state: "oak street and houston texas", an "in" that was misheard."""
    small = [word for word, _ in body]
    at = len(small) - 1 - small[::-1].index("and")
    city, state = split_state(body[at + 1 :])
    return at if city and state and at > end else None


def _read_bare(body: list[Word], place: _Place, asked: Asked, *, alone: bool) -> None:
    """Words without any preposition: a city where one is known, or asked for, or a state stands behind it."""
    rest, state = split_state(body)
    small = " ".join(word for word, _ in rest)
    question = asked.question.lower()
    asks_city = "city" in question and "street" not in question
    corner = _AND_ANOTHER.search(small) is not None and not place.street
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


def _city_behind_a_corner(body: Sequence[Word]) -> int:
    words = [word for word, _ in body]
    behind, numbered = words.index("and") + 2, (*ORDINALS,)
    behind += leads_to_a_name(body, behind - 1)
    while words[behind:] and is_number(words[behind - 1]) and (is_number(words[behind]) or words[behind] in numbered):
        behind += 1
    return min(behind, len(body))
