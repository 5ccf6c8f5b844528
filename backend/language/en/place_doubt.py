"""English places that are none, or were only on the way."""

import re
from collections.abc import Iterable, Mapping, Sequence

from backend.language.en.kin import KIN
from backend.language.en.nameless_road import is_only_a_nameless_road
from backend.language.en.place_numbers import has_another_number
from backend.language.en.place_written import tells_how_it_is_written
from backend.language.en.roads import WAYS, is_road
from backend.language.en.said import said
from backend.language.en.states import CITIES, STATES
from backend.language.place_doubt import PlaceDoubt
from backend.language.words import MARKS

__all__ = ["is_somebodys_number", "why_in_doubt"]

_SOMEBODYS = re.compile(r"\b(?:my|our|his|her|their)\b")


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _words(text: str) -> list[str]:
    return [word for word in said(text.replace("-", " ")) if word not in MARKS]


_PLACE = PlaceDoubt(
    words=_words,
    no_part=frozenset(KIN)
    | _set(
        "um uh er erm hmm yes yeah yep nope says said say told thinks thought think guess believe suppose maybe live",
        "lives lived works worked stay stayed turned turning came coming went going was were is are been hit hits ran",
        "lost gps report reported yesterday today tonight tomorrow morning afternoon evening he she they we you him",
        "them my our your his their its around about somewhere sorry wait mean because when while but not very really",
        "pretty know remember police officer cop guy lady somebody someone",
    )
    - _set("police guy"),
    no_city=_set(
        "exit ramp apartment apt unit suite lot garage parking intersection corner mile marker road street avenue lane",
        "boulevard highway freeway interstate route cul sac here there same place work home house gyratory roundabout",
        "interchange junction tunnel crossing",
    ),
    general=_set(
        "light lights red green stop sign signs traffic intersection corner bridge overpass underpass tunnel freeway",
        "highway interstate expressway road street avenue lane way exit ramp school gas station mall store shop bank",
        "church hospital airport parking lot garage deck downtown uptown country town city same drive through base out",
        "dirt building office block blocks crossing roundabout circle park driveway alley shoulder median",
        "crosswalk restaurant gym hotel house home work place neighborhood area side back front left right hand middle",
        "edge end terminal gate level mile marker north south east west northbound southbound eastbound westbound",
        "big little old new main",
    )
    - _set("main"),
    small=_set(
        "a an the this that these those on onto in into at by near of off for from to up down over under next close",
        "across outside inside behind between beside before after past along and just right there",
    ),
    articles=frozenset({"the"}),
    numbered=_set("exit terminal gate level mile marker lane block blocks"),
    verbs=re.compile(r"(?!x)x"),
    whence=re.compile(
        r"\b(?:(?<!across )(?<!away )from|(?<!next )(?<!close )(?<!adjacent )to|towards?|leaving|after|before"
        r"|headed|heading|bound for|turned off|turning off|coming off|came off|got off|live (?:on|in|at)"
        r"|lived? (?:on|in|at)|work (?:on|in|at)|lives (?:on|in|at)"
        r"|(?:he|she|they) (?:was|were) (?:on|in|at))\b"
    ),
    denied=re.compile(r"\b(?:not|never|neither|instead of|rather than)\b"),
    heard=re.compile(
        r"(?<!\bi )(?<!\balready )\b(?:says|said|told me|tells me|thinks|claims|claimed)\b|\baccording to\b"
    ),
    near=re.compile(
        r"\b(?:by|near|past|outside|behind|beside|opposite|across|next to|close to|front of|before|after)\b"
    ),
    is_road=is_road,
)


_DRIVE_THROUGH = re.compile(r"\bdrive[ -](?:through|thru|in|up)\b")
_CITY_THEN_STREET = re.compile(
    rf"^[a-z][a-z' ]* (?:{'|'.join(sorted(STATES, key=len, reverse=True))}) [\w' ]+ (?:{'|'.join(sorted(WAYS))})\b"
)
""" "Dayton ohio elm street"; but "north ohio street"."""


_BETWEEN = re.compile(r"(?:(?:halfway|midway|somewhere),? )?between\b")
_NO_CITY_ENDS_SO = re.compile(
    r"^(?:big|little|small|old|new|long|other|first|second|last|main|same)$|\b(?:like|with|as)\b"
    r"|\b(?:bridge|toll|services|side|stop)$"
)
_STATE_WITHIN = re.compile(rf"\w (?:{'|'.join(sorted(STATES, key=len, reverse=True))}) \w")
"""A state with more behind it: no city is called so."""
_LONGEST_CITY = 4
_SIDES_OF_IT = frozenset("north south east west".split())
_OF_A_CITY = _SIDES_OF_IT | frozenset(
    "new old fort ft port lake mount mt saint st san santa los las la el upper lower grand great little big long"
    " palm villa ciudad glen oak cedar royal costa rancho casa boca punta coral cape mountain bay hot sugar"
    " spring".split()
)
"""What a city's name begins with."""
_SIDES = r"(?:north|south|east|west|miles|minutes|hour|hours)\w*"
_ON_THE_WAY = re.compile(r"\b(?:on|along) (?:the|my|our|his|her|their) way\b(?!.*\b(?:happened|was|were|got hit)\b)")


_WHERE_A_THING_IS = re.compile(
    r"\b(?:the|my|our|his|her|their) (?P<thing>(?:(?!the |my |that |which |who )[\w']+ ){1,3}?)"
    r"(?:is|are) (?:(?:right|just|over|down|up) )*(?:on|at|in|by|near) "
)
""" "My house is on baker street", "the police station is on court street": where it is, not where it was."""
_THE_PLACE = frozenset(
    "place location spot address street road avenue highway intersection corner crossing scene area site city town "
    "state name zip code cross exit block".split()
)


def _is_another_things(words: str, asked: Iterable[str]) -> bool:
    """Is it where a thing is of which nobody asked?"""
    things = [found["thing"].split() for found in _WHERE_A_THING_IS.finditer(words)]
    if not things:
        return False  # as nearly always: what is asked has hundreds of words, names of cars among them
    known = _THE_PLACE.union(*map(_words, asked))
    return any(map(known.isdisjoint, things))


def is_somebodys_number(words: str, value: Mapping[str, str]) -> bool:
    """Is all that was found a number, and somebody's? "My pin is 8157" tells of no house, and is kept nowhere."""
    alone = value.get("street", "") if len(value) == 1 else ""
    return alone.replace(" ", "").isdigit() and _SOMEBODYS.search(words) is not None


def why_in_doubt(words: str, value: Mapping[str, str], asked: Iterable[str] = ()) -> str:
    """Why a place that was read is to be asked again; empty when it is not. ``asked`` are words of the question, and
    what the store tells with an answer."""
    if _is_another_things(words.lower(), asked):
        return "where something else is"
    street = value.get("street", "").lower()
    if _BETWEEN.match(street) and not is_road(street.split()) and "city" not in value:
        return "a place on the way"
    if why := _beside_the_city(words.lower(), value):
        return why
    if "street" in value and is_only_a_nameless_road(" ".join(_words(words))):
        return "a road without a name"
    if has_another_number(words, value):
        return "a number that may be one of something else"
    if _CITY_THEN_STREET.search(street) or any(map(str.isdigit, value.get("city", ""))):
        return "a city and a street in one"
    return _PLACE.why(words, value) or _may_be_a_street(words, value) or _without_a_road(words, value)


def _beside_the_city(words: str, value: Mapping[str, str]) -> str:
    """Is the city none, or is it one that the place is not in: "north of reno", "on the way to my mom's in dayton"?"""
    city = value.get("city", "").lower()
    if city and (
        _NO_CITY_ENDS_SO.search(city)
        or _STATE_WITHIN.search(city)
        or len(city.split()) > _LONGEST_CITY
        or any(len(word) == 1 for word in city.split())
        or _is_within_another(city.split())
    ):
        return "no city"
    if city and re.search(rf"\b(?:{_SIDES}) of {re.escape(city)}\b", words):
        return "a place away from a city"
    if "street" not in value and _ON_THE_WAY.search(words):
        return "a place on the way"
    return "how it is written" if tells_how_it_is_written(words) else ""


def _is_within_another(city: Sequence[str]) -> bool:
    """A name and a city that is known behind it, of which it may be a part, or a street before it: "bayside queens",
    "clark chicago"; but "west chicago", "fort worth"."""
    whole, last = " ".join(city), city[1:]
    part = bool(last) and whole not in CITIES and city[0] not in _OF_A_CITY and " ".join(last) in CITIES
    return part or not _SIDES_OF_IT.isdisjoint(city[1:-1])


def _may_be_a_street(words: str, value: Mapping[str, str]) -> str:
    """ "Oak street near elm": what is near a street is a city only where one of that name is known, or where the street
    is a highway."""
    city = value.get("city", "").lower()
    street = value.get("street", "0")
    named = bool(city) and "state" not in value and city not in CITIES and not any(map(str.isdigit, street))
    return "a city or a street" if named and re.search(rf"\bnear {re.escape(city)}\b", words.lower()) else ""


def _without_a_road(words: str, value: Mapping[str, str]) -> str:
    """ "In the wash", "the drive through at the burger place": no road, no corner, no city. "On broadway" is on one."""
    street = _DRIVE_THROUGH.sub("", value.get("street", "").lower())
    parts = street.replace(",", "").split()
    named = f"on {street}" in words.lower() or (len(parts) == 1 and words.lower().split() == parts)
    known = named or not street or "city" in value or "and" in parts or any(map(str.isdigit, street))
    return "" if known or is_road(parts) else "no road, no city"
