"""Checks what a form waits for: a condition on an answer that no caller can give never holds, and nobody would see why
something is not asked or said."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from backend.agents.problem import Fault, Place, nearest
from backend.domain.condition import VERIFIED, Condition, Test
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec

__all__ = ["subject_faults", "value_faults"]


_ADDRESS = ("street", "city", "state", "zipcode")
_OF_EVERYBODY = ("id", "name")
_BOOLEAN = "true or false, without quotes"
_TEXT = "a text; put it in quotes"


def value_faults(form: FormSpec) -> Iterator[Fault]:
    """Conditions that never hold, limits that nothing fits, and parts that no address has."""
    for place, condition in _conditions(form):
        for name, wanted in condition.items():
            yield from ((place, f"{name}: {why}") for why in _never(form, name, wanted))
    for index, field in enumerate(form.fields):
        yield from ((("fields", index, *place), why) for place, why in _limits(field))


def subject_faults(form: FormSpec, attributes: Collection[str]) -> Iterator[Fault]:
    """What is asked of a caller's record, and no identity lets out: it would never be offered, or be the same.

    Args:
        form: the form.
        attributes: everything that is let out by an identity or a tool that shows who somebody is.
    """
    known = sorted({*_OF_EVERYBODY, *attributes})
    for place, source in _asked_of_subject(form):
        name = source.partition(".")[2]
        name = name.partition(".")[0] if place[-1] == "when" else name  # only conditions look into a value
        if source.startswith("subject.") and name not in known:
            yield place, f"nothing lets out subject.{name} of a caller's record{nearest(name, known)}"


def _asked_of_subject(form: FormSpec) -> Iterator[tuple[Place, str]]:
    for index, field in enumerate(form.fields):
        if field.offer is not None:
            yield ("fields", index, "offer", "from"), field.offer.source
    for place, condition in _conditions(form):
        for wanted in condition.values():
            if isinstance(wanted, Test) and wanted.same_as is not None:
                yield place, wanted.same_as


def _conditions(form: FormSpec) -> Iterator[tuple[Place, Condition]]:
    for index, step in enumerate(form.steps):
        yield ("steps", index, "when"), step.when
    for index, field in enumerate(form.fields):
        yield ("fields", index, "when"), field.when
        for key, ruled in (("known", field.known), ("says", field.says)):
            yield from ((("fields", index, key, at, "when"), one.when) for at, one in enumerate(ruled))


def _never(form: FormSpec, name: str, wanted: Any) -> Iterator[str]:
    """Why a condition on a field that is there never holds."""
    head, _, inner = name.partition(".")
    field = form.field(head)
    if field is None and head != VERIFIED:
        return  # told elsewhere
    if inner and field is not None and inner not in (keys := _keys(field)):
        known = f"expected one of {', '.join(keys)}" if keys else f"{head} has no parts"
        yield f"there is no {inner!r} in it; {known}"
        return
    values = list(_values(wanted))
    for value in values:
        if expected := _expected(form, field, inner, value):
            yield f"it never is {_shown(value)}; expected {expected}"


def _values(wanted: Any) -> Iterator[Any]:
    """Everything that is compared with an answer."""
    if isinstance(wanted, Test):
        for one in (wanted.is_, wanted.not_):
            yield from () if one is None else _values(one)
    else:
        yield from wanted if isinstance(wanted, tuple) else (wanted,)


def _keys(field: FieldSpec) -> tuple[str, ...]:
    """What there is in an answer that has parts."""
    if field.list:
        return ()
    match field.kind:
        case "yes_no" if field.details:
            return (field.answer or "answer", field.details)
        case "address":
            return _ADDRESS
        case "group":
            return tuple(part.name for part in field.parts)
        case _:
            return ()


def _expected(form: FormSpec, field: FieldSpec | None, inner: str, value: Any) -> str:
    """What an answer can be, where it cannot be this."""
    if field is None:
        return "" if isinstance(value, bool) else _BOOLEAN
    if inner:
        yes_or_no = field.kind == "yes_no" and inner == (field.answer or "answer")
        return _BOOLEAN if yes_or_no and not isinstance(value, bool) else ""
    if _among(value, [field.open_value, field.nobody, *(known.value for known in field.known)]):
        return ""
    if field.list:
        return f"{{over: 0}} or {{answered: true}}, for {field.name} is a list"
    if keys := _keys(field):
        return f"a condition on one of {', '.join(f'{field.name}.{key}' for key in keys)}"
    return _expected_of_kind(form, field, value)


def _expected_of_kind(form: FormSpec, field: FieldSpec, value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match field.kind:
        case "yes_no":
            return "" if isinstance(value, bool) else _BOOLEAN
        case "integer":
            return "" if number and _fits(field, value) else f"a whole number{_range(field)}, without quotes"
        case "money":
            return "" if number else "a number, without quotes"
        case "choice":
            return _expected_choice(form, field, value)
        case _:
            return "" if isinstance(value, str) else _TEXT


def _expected_choice(form: FormSpec, field: FieldSpec, value: Any) -> str:
    """Where a book or what is told of somebody may give a value, any text may come."""
    told = any(other.relationship == field.name for other in form.fields) or field.offer is not None
    listed = [one.value for one in field.choices if one.value is not None]
    choices = [*listed, *form.lists.get(field.values or "", {}), *filter(None, [field.otherwise])]
    if _among(value, choices) or (told and isinstance(value, str)):
        return ""
    return f"one of {', '.join(map(_shown, choices[:12]))}"


def _limits(field: FieldSpec) -> Iterator[Fault]:
    if field.least is not None and field.greatest is not None and field.least > field.greatest:
        yield ("least",), f"no number is at least {field.least} and at most {field.greatest}"
    if field.past and field.future:
        yield ("past",), "no day is gone and to come; keep one of past and future"
    if field.needs and field.kind != "address":
        yield ("needs",), f"only an address has needs, {field.name} is a {field.kind}"
    elif strange := [name for name in field.needs if name not in _ADDRESS]:
        yield ("needs",), f"an address has no {strange[0]!r}; there are: {', '.join(_ADDRESS)}"
    for index, choice in enumerate(field.choices):
        if field.kind == "yes_no" and not (choice.value is None or isinstance(choice.value, bool)):
            yield ("choices", index, "value"), f"a yes or no never is {_shown(choice.value)}; expected {_BOOLEAN}"


def _fits(field: FieldSpec, value: float) -> bool:
    low = float("-inf") if field.least is None else field.least
    high = float("inf") if field.greatest is None else field.greatest
    return low > high or low <= value <= high  # limits that nothing fits are told by themselves


def _range(field: FieldSpec) -> str:
    ends = (("from", field.least), ("to", field.greatest))
    return "".join(f" {word} {end}" for word, end in ends if end is not None)


def _among(value: Any, values: Iterable[Any]) -> bool:
    """As conditions compare: true is not 1."""
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in values)


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
