"""Answers that come in halves: "on main street", then the city; "five thirty", then "in the evening"."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.form import Form
from backend.forms.reading import judged, language_reading, read
from backend.forms.shapes import kept, lacking
from backend.language.reading import Reading, doubtful, sure
from backend.language.spans import is_span
from backend.language.words import words_of

__all__ = ["JOINED", "Together", "city_beside", "keep_half", "kept_half", "read_whole", "rest_of", "together"]

JOINED = frozenset({"time", "date"})
"""Kinds of which two answers may be one: a half of the day and an hour, a month and its day."""
_LONGEST_CITY = 4
"""Words of a city and its state."""
_KEPT = JOINED | {"integer", "money", "digits", "code"}
"""Kinds of which an unclear answer is kept in its words. Digits are not joined: nobody knows which come first."""


@dataclass(frozen=True, slots=True)
class Together:
    """What two answers mean as one, whichever is put first."""

    values: tuple[Any, ...] = field(default=(), repr=False)
    """What they surely mean; one where they can only mean one thing."""
    candidates: tuple[Any, ...] = field(default=(), repr=False)
    """What they may mean."""


def read_whole(filling: Filling, field: FieldSpec, said: Any, about: About, *, quoted: bool = True) -> Reading:
    """The reading of an answer, together with the half that was said before where it takes that.

    Args:
        filling: the form in this call.
        field: what was asked, or may have been told beside it.
        said: the words of the caller, or what a model made of them.
        about: what helps to read them.
        quoted: they are the caller's own. A model's value stands for itself: the witnesses judge it by the half.
    """
    half = _take_half(filling, field)
    about = replace(about, asking=rest_of(filling.form, field, half))
    strict = replace(about, insisted=False)
    found = _with_half(field, half, said, strict, quoted=quoted)
    if found is None:
        found = read(field, said, strict)
    if found.outcome == "value":
        return found
    part = _half_of(field, half, found, said, strict)
    if part is not None:
        keep_half(filling, field, part)
    if about.insisted and isinstance(part, dict):
        return judged(field, part, about)
    return read(field, said, about) if about.insisted else found


def kept_half(filling: Filling, field: FieldSpec) -> Any:
    """What is kept of an earlier answer to this field: words, or parts by name; ``None`` where nothing is."""
    return filling.facts.get(_key(filling, field))


def keep_half(filling: Filling, field: FieldSpec, half: Any) -> None:
    """Keep it for the next answer to this field."""
    filling.facts.put(_key(filling, field), half)


def rest_of(form: Form, field: FieldSpec, half: Any) -> str:
    """The question for the one part that is still lacking; empty where more is, or nothing was told before."""
    missing = lacking(field, half) if isinstance(half, Mapping) and any(half.values()) else ()
    return form.texts_of(field).rest.get(missing[0], "") if len(missing) == 1 else ""


def together(field: FieldSpec, half: str, words: str, about: About) -> Together:
    """Two answers to one question, read as one."""
    if field.kind not in JOINED:
        return Together()
    readings = [read(field, said, about) for said in (f"{half} {words}", f"{words} {half}")]
    values = [reading.value for reading in readings if reading.outcome == "value"]
    candidates = [one for reading in readings for one in reading.candidates]
    return Together(tuple(dict.fromkeys(values)), tuple(dict.fromkeys(candidates)))


def _key(filling: Filling, field: FieldSpec) -> str:
    return f"{filling.facts.HALF}_{field.name}"


def _take_half(filling: Filling, field: FieldSpec) -> Any:
    return filling.facts.pop(_key(filling, field))


def _with_half(field: FieldSpec, half: Any, said: Any, about: About, *, quoted: bool) -> Reading | None:
    """Both halves as one answer; ``None`` where that is none."""
    if isinstance(half, str) and isinstance(said, str):
        return _joined(field, half, said, about, quoted=quoted)
    if isinstance(half, Mapping) and (told := _told(field, half, read(field, said, about), about)):
        whole = judged(field, {**half, **told}, about)
        return whole if whole.outcome == "value" else None
    return None


def _told(field: FieldSpec, half: Any, reading: Reading, about: About) -> dict[str, Any]:
    """The parts that an answer adds to those told before. One that is in doubt by itself takes no other's place."""
    if not isinstance(reading.value, Mapping):
        return {}
    before = half if isinstance(half, Mapping) else {}
    return {
        key: part
        for key, part in reading.value.items()
        if part
        and not _is_less_known(key, before, reading.value)
        and (not before.get(key) or _is_clear(field, part, about))
    }


def _is_clear(field: FieldSpec, part: Any, about: About) -> bool:
    """Does a part that was read leave no doubt when it is said alone? "Palm Avenue" does not, "Treat, on but" does."""
    return field.kind != "address" or language_reading(field, str(part), about).outcome == "value"


def _is_less_known(part: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Is it a city without a state, where one with its state was told before? Then it was misheard, most likely."""
    return part == "city" and bool(before.get("city") and before.get("state")) and not now.get("state")


def _joined(field: FieldSpec, half: str, words: str, about: About, *, quoted: bool) -> Reading | None:
    """Two answers that can only mean one thing: "this morning", "eight"; "last month", "the twelfth"."""
    alone = read(field, words, about)
    if alone.outcome == "value" and not quoted:
        return None
    before = read(field, half, about)
    if alone.outcome == "value" and (alone.value in before.candidates or is_span(alone.value)):
        return alone  # "10", then "ten a.m.": they say the same, and are no 10:10
    both = together(field, half, words, about)
    if len(both.values) == 1:
        return sure(both.values[0])
    if len(before.candidates) > 1 and not alone.candidates and len(both.candidates) == 1:
        (meant,) = both.candidates
        if meant in before.candidates:  # which of those it was: "dunno like elevenish", then "at night"
            return sure(meant)
    bound = alone.outcome == "value" and not before.candidates
    if bound and not both.values and both.candidates and alone.value not in both.candidates:
        return doubtful("It does not go with what was said before.", *both.candidates)
    return None


def _half_of(field: FieldSpec, before: Any, reading: Reading, said: Any, about: About) -> Any:
    """What is kept of an answer that was only a part; ``None`` where it was none."""
    if field.kind in _KEPT and not field.list:
        return said if reading.outcome == "ask" and isinstance(said, str) else before
    if field.kind in ("address", "group") and isinstance(reading.value, Mapping) and not field.list:
        told = _told(field, before, reading, about)
        return {**dict.fromkeys(reading.value, ""), **(before if isinstance(before, Mapping) else {}), **told}
    known = before if isinstance(before, Mapping) else None
    return known or city_beside(field, said, about)


def city_beside(field: FieldSpec, said: Any, about: About) -> dict[str, str] | None:
    """The well-known city in which an answer ends whose other words tell nothing: "what were never in Detroit"."""
    if field.kind != "address" or field.list or not isinstance(said, str):
        return None
    words = words_of(said)
    for count in range(min(_LONGEST_CITY, len(words) - 1), 0, -1):
        value = language_reading(field, " ".join(words[-count:]), about).value
        place = kept(field, value, "", about) if isinstance(value, Mapping) else None
        if place and not place["street"] and about.language.account.state_of(place["city"], ""):
            return place
    return None
