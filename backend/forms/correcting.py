"""A value by which a person corrects a field of a filed case: is it one of the field's kind, as the form keeps it?

No language reads it: a person writes the value itself, and is told what is expected where it is another.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from backend.domain.field_spec import FieldKind, FieldSpec, PartSpec
from backend.domain.form_spec import FormSpec
from backend.domain.pattern import fits
from backend.language.spans import is_span

__all__ = ["correction_fault"]

_ADDRESS = ("street", "city", "state", "zipcode")
_LONGEST_PART = 200
_LONGEST_NAME = 100
_LONGEST_MAIL = 254
"""Of RFC 5321: a path of 256, without its brackets."""
_MOST_MONEY = 1e15
"""Above it a cent is lost in a JSON number."""
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHAPES: Mapping[FieldKind, tuple[re.Pattern[str], str]] = {
    "digits": (re.compile(r"[0-9]{1,40}"), "digits"),
    "phone": (re.compile(r"\+?[0-9]{7,15}"), "a phone number in digits, such as +13125550142"),
    "email": (re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,63}"), "a mail address"),
    "postal_code": (re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{1,9}"), "a postal code"),
}
"""Kinds whose values are known by their shape alone."""
_EXPECTED_DAY = "expected a day, such as 2026-11-26"
_Fault = str
"""What is expected instead; empty where the value is right."""


def correction_fault(form: FormSpec, field: FieldSpec, value: Any, filed: date) -> str:
    """What is expected instead of this value; empty where the field may have it.

    Args:
        form: the form, whose lists have the answers of some choices.
        field: one of its fields.
        value: a JSON value, as the form would keep it.
        filed: the day on which the case was filed: what was to come then is to come still.
    """
    if value is None or value == field.open_value:
        return "" if field.may_stay_open else "expected a value: this field cannot stay open"
    if not field.list:
        return _of_kind(form, field, value, filed)
    if not isinstance(value, list) or len(value) > field.most:
        return f"expected a list of at most {field.most}"
    return next((fault for one in value if (fault := _entry(form, field, one, filed))), "")


def _of_kind(form: FormSpec, field: FieldSpec, value: Any, filed: date) -> _Fault:
    match field.kind:
        case "date":
            return _day(field, value, filed)
        case "yes_no" if field.details:
            return _detailed(field, value)
        case "address":
            return _texts(value, dict.fromkeys(_ADDRESS, _LONGEST_PART), field.needs)
        case "group":
            return _group(form, field, value)
        case "choice":
            choices = [one.value for one in field.choices if one.value is not None]
            choices += [*form.lists.get(field.values or "", {}), *filter(None, [field.otherwise])]
            return _one_of(choices, value)
        case _:
            return _PLAIN.get(field.kind, _shaped)(field, value)


def _entry(form: FormSpec, field: FieldSpec, one: Any, filed: date) -> _Fault:
    if field.kind == "person":
        return _texts(one, {"name": _LONGEST_NAME, "relationship": 50}, ("name",))
    return _of_kind(form, field, one, filed)


def _yes_or_no(_: FieldSpec, value: Any) -> _Fault:
    return "" if isinstance(value, bool) else "expected true or false"


def _detailed(field: FieldSpec, value: Any) -> _Fault:
    answer, details = field.answer or "answer", field.details or "details"
    expected = f"expected {answer} (true or false) and {details} (at most {field.longest} characters)"
    if not isinstance(value, Mapping) or set(value) != {answer, details} or not isinstance(value[answer], bool):
        return expected
    return "" if isinstance(value[details], str) and len(value[details]) <= field.longest else expected


def _text(field: FieldSpec, value: Any) -> _Fault:
    longest = field.longest if field.kind == "text" else _LONGEST_NAME
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > longest:
        return f"expected one line of at most {longest} characters"
    least = field.least_words
    return "" if len(value.split()) >= least else f"expected at least {least} word{'s' if least > 1 else ''}"


def _integer(field: FieldSpec, value: Any) -> _Fault:
    low = -math.inf if field.least is None else field.least
    high = math.inf if field.greatest is None else field.greatest
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return ""
    ends = [f"{word} {end}" for word, end in (("from", field.least), ("to", field.greatest)) if end is not None]
    return " ".join(["expected a whole number", *ends])


def _money(_: FieldSpec, value: Any) -> _Fault:
    amount = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _MOST_MONEY
    return "" if amount else "expected an amount as a number"


def _time(field: FieldSpec, value: Any) -> _Fault:
    spans = any(texts.span for texts in field.texts.values())
    if isinstance(value, str) and (_TIME.fullmatch(value) or (spans and is_span(value))):
        return ""
    return "expected a time, such as 15:30" + (", or a span, such as 15:00-16:00" if spans else "")


def _day(field: FieldSpec, value: Any, filed: date) -> _Fault:
    day = _day_of(value)
    if day is None:
        return _EXPECTED_DAY
    away = day - filed
    one = timedelta(days=1)  # where the caller is, it may have been the day before or after
    if (field.past and away > one) or (field.future and away < -one):
        return f"expected a day {'not after' if field.past else 'not before'} the case was filed"
    if field.within_days is not None and abs(away) > timedelta(days=field.within_days) + one:
        return f"expected a day within {field.within_days} days of when the case was filed"
    return ""


def _day_of(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        return None


def _code(field: FieldSpec, value: Any) -> _Fault:
    right = isinstance(value, str) and 0 < len(value) <= field.longest and value.isprintable()
    return "" if right and (not field.pattern or fits(field.pattern, value)) else "expected a code as the form has it"


def _shaped(field: FieldSpec, value: Any) -> _Fault:
    shape, expected = _SHAPES[field.kind]
    counted = field.kind != "digits" or not field.digits or (isinstance(value, str) and len(value) == field.digits)
    if isinstance(value, str) and shape.fullmatch(value) and counted and _is_short(value):
        return ""
    return f"expected {field.digits} digits" if field.kind == "digits" and field.digits else f"expected {expected}"


def _is_short(value: str) -> bool:
    return value.isprintable() and len(value) <= _LONGEST_MAIL


def _one_of(choices: list[Any], value: Any) -> _Fault:
    if any(one == value and type(one) is type(value) for one in choices):
        return ""
    return "expected one of " + ", ".join(str(one) for one in choices[:30]) + (" ..." if len(choices) > 30 else "")


def _texts(value: Any, longest: Mapping[str, int], needed: tuple[str, ...]) -> _Fault:
    """An object of texts."""
    fit = isinstance(value, Mapping) and all(
        isinstance(one, str) and name in longest and len(one) <= longest[name] and one.isprintable()
        for name, one in value.items()
    )
    if fit and all(value.get(name, "").strip() for name in needed):
        return ""
    return f"expected {', '.join(longest)} as texts; needed: {', '.join(needed) or 'none'}"


def _group(form: FormSpec, field: FieldSpec, value: Any) -> _Fault:
    parts = {part.name: part for part in field.parts}
    if not isinstance(value, Mapping) or not set(value) <= set(parts):
        return f"expected {', '.join(parts)}"
    if lacking := [part.name for part in field.parts if part.needed and value.get(part.name) in (None, "")]:
        return f"lacks the {' and the '.join(lacking)}"
    for name, one in value.items():
        if one is not None and (fault := _part(form, parts[name], one)):
            return f"{name}: {fault}"
    return ""


def _part(form: FormSpec, part: PartSpec, one: Any) -> _Fault:
    if part.kind == "choice":
        if part.within:  # names that depend on another part may be other ones than the list has
            return _text(FieldSpec(name=part.name, kind="name"), one)
        choices = [choice.value for choice in part.choices if choice.value is not None]
        return _one_of([*choices, *form.lists.get(part.values or "", {})], one)
    if part.kind == "integer" and part.digits:
        counted = isinstance(one, int) and not isinstance(one, bool) and 0 <= one < 10**part.digits
        counted = counted and len(str(one)) == part.digits
        return "" if counted else f"expected a number of {part.digits} digits"
    if part.kind == "date":
        return "" if _day_of(one) else _EXPECTED_DAY
    plain = FieldSpec(name=part.name, kind=part.kind, digits=part.digits)
    return _PLAIN.get(part.kind, _shaped if part.kind in _SHAPES else _text)(plain, one)


_PLAIN: Mapping[FieldKind, Callable[[FieldSpec, Any], _Fault]] = {
    "yes_no": _yes_or_no, "text": _text, "name": _text, "person": _text, "integer": _integer, "money": _money,
    "time": _time, "code": _code,
}  # fmt: skip
