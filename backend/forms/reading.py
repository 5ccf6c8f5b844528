"""One answer to one field: what a model passed on and the caller's own words, as the value that is kept."""

from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.old_readers import companions_old, part_old, read_old, spot_old
from backend.language.reading import Reading

__all__ = ["companions", "read", "spot", "spot_part"]


def read(field: FieldSpec, value: Any, about: About) -> Reading:
    """The value of an answer, be it normalised already or in the caller's words."""
    return read_old(field.name, value, about)


def spot(field: FieldSpec, text: str, about: About) -> Reading:
    """The value in words that were no answer to this question, where they surely hold one."""
    return spot_old(field.name, text, about)


def spot_part(field: FieldSpec, text: str, about: About) -> dict[str, Any]:
    """The parts of an address that unasked words hold, where they hold no whole one: "no, it was oak street"."""
    return part_old(text) if field.kind == "address" else {}


def companions(text: str, about: About) -> list[dict[str, str]]:
    """Who is said to have been beside the one who was asked about."""
    return companions_old(text)
