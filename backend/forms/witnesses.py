"""Two witnesses: the model's normalized value, and our own reading of the caller's words. Where they disagree, ask."""

from collections.abc import Mapping
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.reading import read
from backend.forms.spotting import spot
from backend.language.reading import Reading, doubtful

__all__ = ["agree", "contradiction"]
_OPEN = frozenset({"address", "group", "person"})
"""Kinds of which a doubtful reading may be anything: it says nothing against a model."""


def contradiction(filling: Filling, field: FieldSpec, model: Reading, about: About) -> Reading | None:
    """A doubt, where the caller's own words of this turn say something else than the model passed on."""
    if model.outcome != "value" or not filling.ctx.caller_text.strip() or field.kind in ("text", "name"):
        return None
    asked = filling.open_name == field.name and not filling.is_being_asked(field.name)
    own = read(field, filling.ctx.caller_text, about) if asked else spot(field, filling.ctx.caller_text, about)
    guessed = own.outcome == "ask" and (not own.candidates or field.kind in _OPEN)
    if own.outcome == "none" or guessed:
        return None
    said = (own.value,) if own.outcome == "value" else own.candidates
    if any(agree(model.value, one) for one in said):
        return None
    return doubtful("The caller's own words say something else.", *said)


def agree(model: Any, own: Any) -> bool:
    """Do two values say the same, as far as both say it?"""
    if isinstance(model, Mapping) and isinstance(own, Mapping):
        return all(agree(model[key], own[key]) for key in model.keys() & own.keys() if model[key] and own[key])
    if isinstance(model, list) and isinstance(own, list):
        return len(model) == len(own)
    if isinstance(model, str) and isinstance(own, str):
        one, other = _plain(model), _plain(own)
        return one == other or one in other or other in one
    return model == own


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
