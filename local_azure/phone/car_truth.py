"""What an agent says of cars and drivers, beside what is true of the caller. Plain contradictions only."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from local_azure.phone.persona import Persona, Utterance

__all__ = ["names_a_car", "other_count", "other_driver", "other_vehicle", "own_car_words"]

_MAKES = (
    "acura alfa audi bentley bmw buick cadillac chevrolet chevy chrysler dodge ferrari fiat ford genesis gmc honda "
    "hyundai infiniti jaguar jeep kia lexus lincoln maserati mazda mercedes mercury mini mitsubishi nissan oldsmobile "
    "peugeot plymouth pontiac porsche ram renault rivian saab saturn scion skoda smart subaru suzuki tesla toyota "
    "volkswagen volvo vw"
).split()
_MAKE = re.compile(rf"\b({'|'.join(_MAKES)})\b(?: ([a-z0-9]+))?")
_ALIKE = {"chevy": "chevrolet", "vw": "volkswagen"}
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_NO_MODEL = frozenset("and is was were that the a in at with it car or you right correct which be has your".split())
_NUMBERS = {word: value for value, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_TENS = {"twenty": 20, "thirty": 30, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
         "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
_COUNT = re.compile(rf"\b(\d|{'|'.join(_NUMBERS)}) (?:cars?|vehicles?)\b")
_OTHERS = re.compile(r"\bother\b|\bthe other\b")
_ALONE = re.compile(r"\b(?:only|just|nobody but) (?:mine|me|my|one)\b|\bno(?:body| other)\b")
_NOBODY = re.compile(r"\b(?:nobody|no one|parked|standing)\b")
_SELF = re.compile(r"\b(?:i|me|myself)\b")
_YOU_DROVE = re.compile(r"\byou (?:were (?:driving|the driver|behind|at the wheel)|drove)\b")
_NOBODY_DROVE = re.compile(
    r"\b(?:nobody|no one) (?:drove|was (?:driving|at the wheel|behind the wheel|in (?:it|your car)))\b|\bwas parked\b"
)
_DRIVER = re.compile(r"\bdriv(?:er|ing)\b")
_VEHICLE = re.compile(r"\b(?:vehicle|make|model|which car|what car)")
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of (?:cars|vehicles)\b")
_LIKE = 80


def names_a_car(text: str) -> bool:
    """Does ``text`` (lower case) name a make of cars?"""
    return bool(_MAKE.search(text))


def own_car_words(persona: Persona) -> str:
    """What the caller says and knows of their car, in lower case."""
    said = [form for one in persona.utterances if _about(one, _VEHICLE) for form in one.forms]
    return " ".join([*said, persona.facts.get("vehicle", "")]).lower()


def other_vehicle(persona: Persona, text: str) -> bool:
    """``text`` names only cars that are not the caller's."""
    own = own_car_words(persona)
    makes = {_ALIKE.get(make, make) for make, _ in _MAKE.findall(own)}
    named = [(_ALIKE.get(make, make), model) for make, model in _MAKE.findall(text)]
    if not makes or not named:
        return False
    if not any(make in makes and _same_model(model, own) for make, model in named):
        return True
    years, true = set(_YEAR.findall(text)), _own_year(own)
    return len(named) == 1 and len(years) == 1 and true != 0 and int(years.pop()) != true


def other_count(utterance: Utterance, text: str) -> bool:
    """``text`` gives another number of cars than ``utterance``, which tells how many there were."""
    true, given = _own_count(utterance.text.lower()), _COUNT.search(text)
    if not _about(utterance, _HOW_MANY) or true is None or given is None or _OTHERS.search(text[given.start() :][:30]):
        return False
    number = given.group(1)
    return true != (int(number) if number.isdigit() else _NUMBERS[number])


def other_driver(utterance: Utterance, text: str) -> bool:
    """``text`` has somebody else driving than ``utterance`` says."""
    said = utterance.text.lower()
    if not _about(utterance, _DRIVER):
        return False
    nobody = bool(_NOBODY.search(said))
    if _YOU_DROVE.search(text):
        return nobody or not _SELF.search(said)
    return not nobody and bool(_NOBODY_DROVE.search(text))


def _about(utterance: Utterance, topic: re.Pattern[str]) -> bool:
    return bool(topic.search(" ".join(utterance.when_asked)))


def _same_model(model: str, own: str) -> bool:
    return not model or model in _NO_MODEL or any(fuzz.ratio(model, word) >= _LIKE for word in own.split())


def _own_year(own: str) -> int:
    """The year in figures or in words ("two thousand nineteen", "twenty twenty one"); 0 when there is none."""
    if match := _YEAR.search(own):
        return int(match.group(1))
    if match := re.search(r"\b(?:two thousand|twenty) (?:and )?(\w+)(?: (\w+))?", own):
        first, second = match.groups()
        rest = _TENS.get(first, _NUMBERS.get(first, -1))
        if rest == _TENS["twenty"] or rest == _TENS["thirty"]:
            rest += _NUMBERS.get(second or "", 0)
        return 2000 + rest if rest >= 0 else 0
    return 0


def _own_count(said: str) -> int | None:
    numbers: Iterable[str] = re.findall(rf"\b(\d|{'|'.join(_NUMBERS)})\b", said)
    found = [int(one) if one.isdigit() else _NUMBERS[one] for one in numbers]
    if _ALONE.search(said) and not re.search(r"\bother (?:car|vehicle|one)\b", said):
        return 1
    if len(found) != 1:
        return None
    return found[0] + bool(re.search(r"\bother\b", said))
