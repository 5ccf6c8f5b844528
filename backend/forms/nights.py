"""A night has two days: "last night", and then "at one in the morning", is today and not yesterday."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.filling import Filling

__all__ = ["hour_after", "past_midnight"]

_SMALL_HOURS = "05:00"
"""Until then people still speak of the night of the day before."""


def hour_after(fields: Sequence[FieldSpec], day: FieldSpec) -> FieldSpec | None:
    """The time that is asked right after a day."""
    place = fields.index(day) + 1
    return fields[place] if place < len(fields) and fields[place].kind == "time" else None


def past_midnight(
    filling: Filling, told: Mapping[str, Any], saved: Mapping[str, Any], texts: Iterable[str], about: About
) -> dict[str, Any]:
    """The days that were named by their night and are the next one, now that the hour is known.

    The hour may come turns after the day, so that the day is kept as the day of a night until then. It is read back
    with its weekday for a yes, like any other.

    Args:
        told: what was understood in this turn.
        saved: what was known before.
        texts: words in which the day was told.
    """
    night = any(about.language.account.names_a_night(text) for text in texts)
    moved: dict[str, Any] = {}
    for day, hour in _days(filling.spec.fields):
        key = f"{filling.facts.NIGHT}_{day.name}"
        if day.name in told:
            filling.facts.put(key, told[day.name] if night else "")
        at = told.get(day.name, saved.get(day.name))
        clock = told.get(hour.name, saved.get(hour.name))
        if not at or filling.facts.get(key) != at or not isinstance(clock, str) or not "00:00" <= clock < _SMALL_HOURS:
            continue
        after = date.fromisoformat(at) + timedelta(days=1)
        if after <= about.now.date():
            moved[day.name] = after.isoformat()
            filling.facts.pop(key)
    return moved


def _days(fields: Sequence[FieldSpec]) -> Iterator[tuple[FieldSpec, FieldSpec]]:
    return ((one, hour) for one in fields if one.kind == "date" and (hour := hour_after(fields, one)))
