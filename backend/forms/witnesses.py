"""Two witnesses: the model's normalized value, and our own reading of the caller's words. Where they disagree, ask.

The caller's words are those of this turn, and the half that is kept of an earlier answer: "in the evening", and now
"seven thirty", are no 07:30.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.domain.field_spec import FieldSpec
from backend.forms.about import About
from backend.forms.filling import Filling
from backend.forms.halves import JOINED, Together, keep_half, together
from backend.forms.reading import read
from backend.forms.spotting import spot
from backend.language.reading import Reading, doubtful, sure
from backend.language.spans import ends_of, is_span

__all__ = ["agree", "contradiction"]
_OPEN = frozenset({"address", "group", "person"})
"""Kinds of which a doubtful reading may be anything: it says nothing against a model."""
_EXACT = frozenset({"date", "time", "integer", "money"})
"""Kinds that are told vaguely: what nobody can tell from "in the evening", a model has made up."""
_BEFORE = "What the caller said before says something else."


def contradiction(filling: Filling, field: FieldSpec, model: Reading, about: About, half: Any = None) -> Reading | None:
    """What comes of a model's value to which the caller's own words say something else: a doubt, or what their answers
    can only mean together; ``None`` where nothing speaks against it.

    Args:
        filling: the form in this call.
        field: what the value is for.
        model: the value that the model passed on.
        about: what helps to read the caller's words.
        half: what was kept of an earlier answer (``halves.kept_half``).
    """
    text = filling.ctx.caller_text
    if model.outcome != "value" or not text.strip() or field.kind in ("text", "name"):
        return None
    asked = filling.open_name == field.name and not filling.is_being_asked(field.name)
    own = read(field, text, about) if asked else spot(field, text, about)
    both = together(field, half, text, about) if asked and isinstance(half, str) else Together()
    if (span := _fuller_span(model, own, both)) is not None:
        return span
    if _is_one_of(model, both.values):
        return None
    found = _against_words(field, model, own)
    if found is None:
        found = _against_half(field, half, both, model, own, about) if half else _made_up(field, own)
        half = half or (text if asked and found is not None and field.kind in JOINED else None)
    if half and found is not None and found.outcome == "ask":
        keep_half(filling, field, half)
    return found


def _fuller_span(model: Reading, own: Reading, both: Together) -> Reading | None:
    """The span of time that the caller told, where the model has made one of its ends of it."""
    told = (both.values or _options(own)) if own.outcome != "none" else ()
    spans = [one for one in told if is_span(one)]
    return sure(spans[0]) if len(told) == len(spans) == 1 and model.value in ends_of(spans[0]) else None


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


def _made_up(field: FieldSpec, own: Reading) -> Reading | None:
    """A model's value may not be more exact than the caller's words: "in the evening" is no 18:00."""
    vague = own.outcome == "ask" and not own.candidates and field.kind in _EXACT
    return doubtful("The caller's own words are less exact.") if vague else None


def _against_words(field: FieldSpec, model: Reading, own: Reading) -> Reading | None:
    """What the words of this turn say against it."""
    guessed = own.outcome == "ask" and (not own.candidates or field.kind in _OPEN)
    if own.outcome == "none" or guessed:
        return None
    said = (own.value,) if own.outcome == "value" else own.candidates
    return None if _is_one_of(model, said) else doubtful("The caller's own words say something else.", *said)


def _against_half(
    field: FieldSpec, half: Any, both: Together, model: Reading, own: Reading, about: About
) -> Reading | None:
    """What the half that was said before says against it, alone and together with the words of this turn."""
    if isinstance(half, Mapping):
        return _against_parts(half, model, own)
    before = read(field, half, about)
    if len(both.values) == 1:
        fits = _is_one_of(model, (*_options(own), *before.candidates))
        return sure(both.values[0]) if fits else doubtful(_BEFORE, both.values[0])
    if own.outcome == "value" and (before.candidates or not both.candidates):
        return None  # a whole answer of their own puts right what they said before
    if options := both.candidates or before.candidates:
        return None if _is_one_of(model, options) else doubtful(_BEFORE, *options)
    if own.candidates or before.outcome != "ask" or _goes_with(field, half, model, about):
        return None
    return doubtful(_BEFORE)


def _against_parts(half: Mapping[str, Any], model: Reading, own: Reading) -> Reading | None:
    """Parts that were said before and that the words of this turn do not put right: a street without its city."""
    if not isinstance(model.value, Mapping):
        return None
    now: Mapping[str, Any] = own.value if isinstance(own.value, Mapping) else {}
    standing = {key: part for key, part in half.items() if part and not now.get(key)}
    return None if agree(model.value, standing) else doubtful(_BEFORE, {**model.value, **standing})


def _goes_with(field: FieldSpec, half: str, model: Reading, about: About) -> bool:
    """Does the value fit the half, where the words of this turn say nothing of it?"""
    if field.kind not in about.language.readers:
        return True
    return model.value in together(field, half, str(model.value), about).values


def _options(reading: Reading) -> tuple[Any, ...]:
    return (reading.value,) if reading.outcome == "value" else reading.candidates


def _is_one_of(model: Reading, said: Iterable[Any]) -> bool:
    return any(agree(model.value, one) for one in said)


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
