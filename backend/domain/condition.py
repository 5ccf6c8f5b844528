"""Conditions on the fields of a form, written as settings: no expression is ever evaluated."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from backend.domain.spec import Spec

__all__ = ["VERIFIED", "Condition", "Test", "fields_of", "holds", "value_at"]

VERIFIED = "verified"
"""Stands among the fields of a condition for: is it known who the caller is?"""

Scalar = str | int | float | bool


class Test(Spec):
    """What one field must be."""

    __test__ = False  # no test of pytest's

    is_: Scalar | tuple[Scalar, ...] | None = Field(default=None, alias="is")
    """This value, or one of several."""
    not_: Scalar | tuple[Scalar, ...] | None = Field(default=None, alias="not")
    """Answered, and not this value, nor one of several."""
    answered: bool | None = None
    """Answered at all, or (false) not yet."""
    same_as: Annotated[str, Field(pattern=r"^(?:caller\.name|subject\.[a-z][a-z0-9_.]*)$")] | None = None
    """What is known of the caller: ``subject.name``, or one of their attributes. In what is said of a field also
    ``caller.name``: the name that they gave, be they verified or not."""
    over: float | None = None
    """A number above this one, a list with more entries, or a text with more words."""

    @model_validator(mode="after")
    def _says_something(self) -> "Test":
        if not self.model_fields_set:
            raise ValueError("expected 'is', 'not', 'same_as', 'answered' or 'over'")
        return self


Condition = Mapping[str, Scalar | tuple[Scalar, ...] | Test]
"""``{driver: nobody}``, ``{hurt.any: true, guests: {over: 1}}``: all of them must hold. ``verified`` is a field."""


def fields_of(condition: Condition) -> tuple[str, ...]:
    """The fields that it looks at, by the names before their dots."""
    return tuple(name.partition(".")[0] for name in condition)


def holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Does all of it hold for these values? An empty condition always does.

    Args:
        condition: what must be so.
        values: the fields, with ``verified``, and ``subject`` where it is known who calls.
    """
    return all(_passes(wanted, values, *value_at(values, name)) for name, wanted in condition.items())


def value_at(values: Mapping[str, Any], name: str) -> tuple[bool, Any]:
    """Is a field answered, and with what; ``hurt.any`` looks into a value."""
    found: Any = values
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return False, None
        found = found[part]
    return True, found


def _passes(wanted: Any, values: Mapping[str, Any], answered: bool, value: Any) -> bool:
    if not isinstance(wanted, Test):
        return answered and _is(value, wanted)
    if wanted.same_as is not None and (not answered or value_at(values, wanted.same_as) != (True, value)):
        return False
    if wanted.answered is not None and wanted.answered != answered:
        return False
    if wanted.is_ is not None and not (answered and _is(value, wanted.is_)):
        return False
    if wanted.not_ is not None and (not answered or _is(value, wanted.not_)):
        return False
    return wanted.over is None or (answered and _size(value) > wanted.over)


def _is(value: Any, wanted: Any) -> bool:
    options = wanted if isinstance(wanted, tuple) else (wanted,)
    return any(value == option and isinstance(value, bool) == isinstance(option, bool) for option in options)


def _size(value: Any) -> float:
    if isinstance(value, bool) or value is None:
        return float("-inf")
    if isinstance(value, int | float):
        return float(value)
    return float(len(value.split()) if isinstance(value, str) else len(value) if isinstance(value, list) else 0)
