"""What an English answer to a question sounds like, so that a recognizer can be told what to listen for.

Made of the language's own numbers, days, hours and places, of the words of the question itself ("Who was driving?": "i
was driving"), and of the words that the store gives its choices. Nothing here knows one business or one caller. There
are no names of people: where some are expected, others are heard as those. A group has none: the hundreds of names of
its lists made more words wrong than right.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from backend.language.asked import Asked, Kind
from backend.language.en.day_words import MONTHS, WEEKDAYS
from backend.language.en.number_words import DIGITS, TEENS
from backend.language.en.roads import DIRECTIONS
from backend.language.en.states import CITIES, STATES
from backend.language.store_words import plain_phrases

__all__ = ["expected_in_english"]

_ONES = [name for name, value in DIGITS.items() if value]
_HOURS = [*_ONES, "ten", "eleven", "twelve"]
_SMALL = [*_ONES, *TEENS]
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_DAYS_OF_A_MONTH = [*_ORDINALS, *(f"twenty {name}" for name in _ORDINALS[:9]), "thirtieth", "thirty first"]
_YES_NO = (
    "yes", "yes it is", "yes it was", "yes that is correct", "yes that's correct", "yes that is right",
    "yes that's right", "that is correct", "that's correct", "that is right", "that's right", "correct", "right",
    "yeah", "yep", "yes please", "no", "nope", "no it is not", "no it isn't", "no it was not", "no that is not right",
    "no that's not right", "no that is wrong", "no that's wrong", "that is wrong", "that's wrong", "no thank you",
    "no that is all", "no that's all", "no that's all thank you", "no that is everything", "nothing else",
    "no nothing else",
)  # fmt: skip
_ANYTHING = (
    "i don't know", "i do not know", "say that again please", "could you say that again", "could you repeat that",
    "why do you ask", "why do you need to know that", "hold on", "one moment please", "i want to speak to a person",
)  # fmt: skip
_DAYS = (
    "today", "yesterday", "the day before yesterday", "this morning", "this afternoon", "this evening", "last night",
    "tonight", "last week", "two days ago", "three days ago", "four days ago", "five days ago", "a week ago",
    "two weeks ago", "an hour ago", "it was yesterday", "it was today", "that was yesterday", "it happened yesterday",
    "yesterday morning", "yesterday afternoon", "yesterday evening", "yesterday at noon",
)  # fmt: skip
_CLOCK = (
    "at {} in the morning", "at {} in the afternoon", "around {} in the evening", "at {} at night", "about {} thirty",
    "{} fifteen", "{} o'clock", "{} p m", "{} a m", "half past {}", "quarter past {}", "quarter to {}",
)  # fmt: skip
_PARTS = (
    "noon", "at noon", "twelve noon", "around noon", "midnight", "at midnight", "in the morning", "in the afternoon",
    "in the evening", "at night", "in the middle of the night",
)  # fmt: skip
_KIN = "wife husband partner son daughter mother father brother sister friend neighbor cousin uncle aunt".split()
_TREES = (
    "oak pine maple cedar elm walnut chestnut birch spruce willow cherry hickory magnolia sycamore poplar palm".split()
)
_LANDSCAPE = (
    "park lake hill river spring valley ridge forest meadow mill church school college market bridge water front ocean "
    "beach bay harbor main broad high center central union state court grove sunset highland prospect railroad"
).split()
_STATESMEN = (
    "washington lincoln jefferson jackson madison monroe adams franklin harrison roosevelt wilson kennedy".split()
)
_SPOTS = (
    "the street is", "and the city is", "at the corner of", "at the intersection of", "on the highway",
    "in a parking lot", "in front of my house", "in my driveway", "on the interstate", "near the exit",
)  # fmt: skip
_WHO = re.compile(r"^who (is|was|were) (.+)$")
_WHETHER = re.compile(r"^(is|are|was|were) (it|there|that|they|anyone|anybody) (?:still )?(.+)$")
_ANY = re.compile(r"\bany (\w+)\b")
"""What a list is of: "Were there any passengers?"."""
_FIRST = 50
"""Answers that go before what may be said to any question."""


def expected_in_english(asked: Asked) -> tuple[str, ...]:
    """Phrases of likely answers, the likeliest first; empty where anything may be said."""
    found = tuple(_OF[asked.kind](asked)) if asked.kind in _OF else ()
    return tuple(dict.fromkeys((*found[:_FIRST], *_ANYTHING, *found[_FIRST:]))) if found else ()


def _yes_no(asked: Asked) -> Iterator[str]:
    yield from _YES_NO
    question = re.sub(r"[^a-z' ]+", " ", asked.question.lower()).strip()
    if match := _WHETHER.match(question):
        verb, subject, rest = match.groups()
        if subject in ("anyone", "anybody"):
            people = ("nobody", "no one", "no nobody", "i", "somebody")
            yield from (f"{who} {verb} {rest}" for who in people)
        else:
            heads = (f"{subject} {verb}", f"yes {subject} {verb}", f"no {subject} {verb} not")
            yield from (f"{head} {rest}" for head in heads)
    yield from _of_choices(asked)


def _digits(_asked: Asked) -> Iterator[str]:
    """Every figure beside every other one, each pair in the fewest phrases."""
    names = list(DIGITS)
    for place, first in enumerate(names):
        yield " ".join(word for second in names[place:] for word in (first, second))
    yield " ".join(word for name in names[1:] for word in ("oh", name))
    yield from ("oh oh", "double oh", "double zero", "it is", "the number is", "one more time")


def _integer(asked: Asked) -> Iterator[str]:
    yield from (*_SMALL, *(f"just {name}" for name in _SMALL[:3]), *(f"only {name}" for name in _SMALL[:3]))
    nouns = [noun for one in asked.choices if one.offered for noun in plain_phrases(one.words)]
    yield from nouns
    yield from (f"{count} {noun}" for noun in nouns[:12] if " " not in noun for count in _ONES[:5])
    yield from ("only mine", "just mine", "just one other", "mine and another one", "me and one other", "nobody else")


def _date(asked: Asked) -> Iterator[str]:
    yield from _DAYS
    yield from (f"{lead}{day}" for day in WEEKDAYS for lead in ("", "on ", "last ", "it was on "))
    yield from (f"{day} {part}" for day in WEEKDAYS for part in ("morning", "afternoon", "evening", "night"))
    yield from _time(asked)
    yield from (f"{month} {day}" for start, month in enumerate(MONTHS) for day in _DAYS_OF_A_MONTH[start::12])
    yield from (f"the {day}" for day in _DAYS_OF_A_MONTH)


def _time(_asked: Asked) -> Iterator[str]:
    yield from _PARTS
    yield from (pattern.format(hour) for hour in _HOURS for pattern in _CLOCK)
    yield from ("between two and three", "between nine and ten")


def _address(_asked: Asked) -> Iterator[str]:
    states = {code: name for name, code in STATES.items() if len(name) > len("d c")}
    yield from _SPOTS
    yield from (f"in {city} {states[code]}" if code else f"in {city}" for city, code in CITIES.items())
    yield from (f"{city} {states[code]}" for city, code in CITIES.items() if code)
    yield from (f"in {name}" for name in states.values())
    names = (*_TREES, *_LANDSCAPE, *_STATESMEN, *_ORDINALS[:12], *sorted(word for word in DIRECTIONS if len(word) > 2))
    yield from (f"on {name} {way}" for name in names for way in ("street", "avenue", "road"))


def _person(asked: Asked) -> Iterator[str]:
    yield from ("i was", "it was me", "me", "myself", "nobody", "no one", "none", "nobody else", "me i was")
    question = re.sub(r"[^a-z' ]+", " ", asked.question.lower()).strip()
    if match := _WHO.match(question):
        verb, rest = match.groups()
        yield f"i {'was' if verb == 'was' else 'am'} {rest}"
        yield from (f"{who} {verb} {rest}" for who in ("nobody", "no one", *(f"my {name}" for name in _KIN)))
    yield from (f"{lead} {name}" for name in _KIN for lead in ("my", "it was my"))
    if match := _ANY.search(question):
        things = match[1]
        yield from (f"{head} {things}" for head in ("no", "there were no", "without"))
        yield from ("i was alone", "no i was alone", "i was by myself", "nobody was with me")
    yield from _of_choices(asked)


def _choice(asked: Asked) -> Iterator[str]:
    yield from _of_choices(asked)
    yield from (str(one.value).replace("_", " ").lower() for one in asked.choices if isinstance(one.value, str))


def _of_choices(asked: Asked) -> Iterator[str]:
    for one in asked.choices:
        yield from plain_phrases(one.words)


_OF: Mapping[Kind, Any] = {
    "yes_no": _yes_no, "digits": _digits, "phone": _digits, "postal_code": _digits, "integer": _integer, "date": _date,
    "time": _time, "address": _address, "person": _person, "choice": _choice,
}  # fmt: skip
