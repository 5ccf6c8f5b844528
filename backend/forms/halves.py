"""Answers that come in halves: "on main street", then the city; "five thirty", then "in the evening"."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.reading import judged, read
from backend.language.reading import Reading

__all__ = ["read_whole"]


def read_whole(filling: Filling, field: FieldSpec, words: str, about: About) -> Reading:
    """The reading of an answer, together with the half that was said before where it takes that.

    Args:
        filling: the form in this call.
        field: what was asked, or may have been told beside it.
        words: of the caller.
        about: what helps to read them.
    """
    key, facts = f"{filling.facts.HALF}_{field.name}", filling.facts
    half, strict = facts.pop(key), replace(about, insisted=False)
    found = _with_half(field, half, words, strict)
    if found is None:
        found = read(field, words, strict)
    if found.outcome == "value":
        return found
    kept = _half_of(field, half, found, words)
    if kept is not None:
        facts.put(key, kept)
    if about.insisted and isinstance(kept, dict):
        return judged(field, kept, about)
    return read(field, words, about)


def _with_half(field: FieldSpec, half: Any, words: str, about: About) -> Reading | None:
    """Both halves as one answer; ``None`` where that is none."""
    if isinstance(half, str) and field.kind == "time":
        return _joined(field, half, words, about)
    if isinstance(half, Mapping):
        parts = read(field, words, about).value
        if isinstance(parts, Mapping):
            whole = judged(field, {**half, **{key: part for key, part in parts.items() if part}}, about)
            return whole if whole.outcome == "value" else None
    return None


def _joined(field: FieldSpec, half: str, words: str, about: About) -> Reading | None:
    """A half of the day and an hour, whichever was said first: "this morning", "eight"."""
    if read(field, words, about).outcome == "value":
        return None
    readings = (read(field, said, about) for said in (f"{half} {words}", f"{words} {half}"))
    found = [reading for reading in readings if reading.outcome == "value"]
    return found[0] if found and all(one.value == found[0].value for one in found) else None


def _half_of(field: FieldSpec, before: Any, reading: Reading, words: str) -> Any:
    """What is kept of an answer that was only a part; ``None`` where it was none."""
    if field.kind == "time":
        return words if reading.outcome == "ask" else None
    if field.kind in ("address", "group") and isinstance(reading.value, Mapping) and not field.list:
        told = {key: part for key, part in reading.value.items() if part}
        return {**(before if isinstance(before, Mapping) else {}), **reading.value, **told}
    return before if isinstance(before, Mapping) else None
