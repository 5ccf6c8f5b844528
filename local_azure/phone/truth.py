"""Whether what an agent reads back is true of the caller.

A caller who says yes to everything proves nothing about repair. This one compares what can be compared: figures,
the day, the hour, the place, whether the car drives, whether somebody is hurt. Only plain contradictions count;
what is not understood is let pass.
"""

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz import fuzz

from local_azure.phone.car_truth import other_count, other_driver, other_vehicle
from local_azure.phone.keypad import polarity
from local_azure.phone.persona import Persona, Utterance
from local_azure.phone.sentences import digit_groups
from stand_in.hearing.days import past_day
from stand_in.hearing.hours import read_time

__all__ = ["objections", "wrong_figures"]

_DRIVES_NOT = re.compile(
    r"\b(?:not|n't|cannot|no longer)\b(?: \w+){0,2} (?:drivable|driven|drive|used|safe)\b|\bundrivable\b"
)
_DRIVES = re.compile(r"\b(?:drivable|be (?:driven|used)|safe to drive|drives)\b")
_NOBODY_HURT = re.compile(
    r"\b(?:nobody|no one|none|not|n't|no|without)\b(?: \w+){0,2} (?:hurt|injur\w*|medical help)\b"
)
_SOMEBODY_HURT = re.compile(r"\b(?:hurt|injured|injuries|injury)\b")
_WORD: re.Pattern[str] = re.compile(r"[a-z0-9]+")
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
"""Cars and days have years; they are no secrets."""
_CLOCK = re.compile(r"\b(\d{1,2})(?::(\d\d))? ?([ap])\.?m\b")
_LONG_READ_BACK = 25
"""Words; only a long read-back that says when is sure to say where as well."""
_NAMES_A_PLACE = re.compile(
    r"\b(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois"
    r"|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana"
    r"|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon"
    r"|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington"
    r"|west virginia|wisconsin|wyoming)\b"
)
"""A place that is read back comes with its state."""
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
             "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th"}  # fmt: skip
_PLACE_NOISE = frozenset(
    ("at the on in of and a an near corner street avenue road drive lane boulevard it was is my i by to from").split()
)
_CAR = re.compile(r"\bdriv(?:able|e)\b")
_INJURY = re.compile(r"\b(?:injur|hurt)")
_TIME = re.compile(r"\b(?:when|date)\b")
_PLACE = re.compile(r"\b(?:where|location)\b")
_VEHICLE = re.compile(r"\b(?:vehicle|make|model|which car|what car)")
_ANYTHING = re.compile("")
"""What an utterance is about, in its ``when_asked``."""


def wrong_figures(persona: Persona, text: str) -> Utterance | None:
    """The utterance with the true figures, when ``text`` says figures that were clearly meant to be those."""
    groups = [group for group in digit_groups(text) if not _YEAR.fullmatch(group)]
    for fact in persona.facts.values():
        if not fact.isdigit() or len(fact) < 3 or any(fact in group for group in groups):
            continue
        if any(_misheard(group, fact) for group in groups):
            return next((one for one in persona.utterances if fact in digit_groups(one.text)), None)
    return None


def objections(persona: Persona, text: str, today: date) -> Iterator[Utterance]:
    """Utterances whose truth ``text`` contradicts. ``text`` is lower case."""
    mended = {one.mends: one for one in persona.utterances if one.mends}
    for one in persona.utterances:
        true = mended.get(one.id, one)
        topics = " ".join(one.when_asked)
        forms = [form.lower() for form in true.forms]  # who asks back first tells the truth when asked again
        checks = (
            (_CAR, any(_differ(_first(_drives(said), polarity(said)), _drives(text)) for said in forms)),
            (_INJURY, any(_differ(_first(_hurt(said), polarity(said)), _hurt(text)) for said in forms)),
            (_TIME, any(_other_day(said, text, today) or _other_hour(said, text) for said in forms)),
            (_PLACE, _other_place(" ".join(forms), text)),
            (_VEHICLE, other_vehicle(persona, text)),
            (_ANYTHING, other_count(one, text) or other_driver(one, text)),
        )
        if any(wrong and topic.search(topics) for topic, wrong in checks):
            yield true


def _first(reading: bool | None, otherwise: bool | None) -> bool | None:
    return otherwise if reading is None else reading


def _differ(one: bool | None, other: bool | None) -> bool:
    return one is not None and other is not None and one != other


def _drives(text: str) -> bool | None:
    if _DRIVES_NOT.search(text):
        return False
    return True if _DRIVES.search(text) else None


def _hurt(text: str) -> bool | None:
    if _NOBODY_HURT.search(text):
        return False
    return True if _SOMEBODY_HURT.search(text) else None


def _other_day(said: str, text: str, today: date) -> bool:
    true, named = past_day(said, today), _MONTH.search(text)
    if true is None or named is None:
        return False
    claimed = past_day(named.group(), today)
    return claimed is not None and claimed != true


def _other_hour(said: str, text: str) -> bool:
    true, clock = read_time(said), _CLOCK.search(text)
    if true is None or clock is None:
        return False
    hour = int(clock.group(1)) % 12 + (12 if clock.group(3) == "p" else 0)
    return (hour, int(clock.group(2) or 0)) != tuple(int(part) for part in true.split(":")[:2])


def _other_place(said: str, text: str) -> bool:
    read_back = len(text.split()) >= _LONG_READ_BACK and _MONTH.search(text)
    if not read_back and not _NAMES_A_PLACE.search(text):
        return False
    heard, true = _place_words(text), _place_words(_NAMES_A_PLACE.sub("", said)) - _PLACE_NOISE
    joined = "".join(_WORD.findall(text))  # "camel back road" is Camelback Road
    found = sum(1 for word in true if word in joined or any(fuzz.ratio(word, other) >= 80 for other in heard))
    return bool(true) and found < 0.6 * len(true)  # a state may be said as two letters


def _place_words(text: str) -> set[str]:
    words: list[str] = _WORD.findall(text)
    return {_ORDINALS.get(word, word) for word in words}


def _misheard(group: str, fact: str) -> bool:
    if len(group) != len(fact):
        return False
    wrong = sum(1 for one, other in zip(group, fact, strict=True) if one != other)
    return 0 < wrong <= len(fact) // 2
