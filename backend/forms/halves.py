"""Answers that come in halves: "on main street", then the city; "five thirty", then "in the evening"."""

from dataclasses import replace

from backend.domain.field_spec import FieldSpec
from backend.domain.spoken.places import may_be_a_city
from backend.domain.spoken.times import read_time
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.reading import read
from backend.language.reading import Reading, nothing

__all__ = ["read_whole"]

_IN_HALVES = frozenset({"address", "time"})


def read_whole(filling: Filling, field: FieldSpec, words: str, about: About, *, only_spotted: bool = False) -> Reading:
    """The reading of an answer, together with the half that was said before where it takes that.

    Args:
        filling: the form in this call.
        field: what was asked, or may have been told beside it.
        words: of the caller.
        about: what helps to read them.
        only_spotted: nothing was asked; words that say nothing of it leave no half behind.
    """
    if field.kind not in _IN_HALVES:
        return read(field, words, about)
    key, facts = f"{filling.facts.HALF}_{field.name}", filling.facts
    if only_spotted and (field.kind != "time" or read_time(words) is None):
        return nothing()
    half = str(facts.pop(key, ""))
    strict = replace(about, insisted=False)
    alone = read(field, words, strict)
    tries = [read(field, joined, strict) for joined in _joined(field, half, words)]
    order = [*tries, alone] if field.kind == "time" else [alone, *tries]
    found = next((one for one in order if one.outcome == "value"), None)
    if found is not None:
        return found
    if field.kind == "address" or read_time(words) is not None:
        facts.put(key, words)
    return read(field, words, about)


def _joined(field: FieldSpec, half: str, words: str) -> list[str]:
    if not half:
        return []
    if field.kind == "time":
        return [f"{half} {words}"] if read_time(words) is None else []
    return [f"{half} {words}", f"{half} in {words}"][: 1 + may_be_a_city(words)]
