"""What the tool that records takes: every field of the form, normalized or as the caller said it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backend.domain.field_spec import FieldSpec, PartSpec
from backend.domain.form_spec import FormSpec
from backend.domain.question import CONFIRMATION, Question
from backend.domain.tool import FieldProblem
from backend.forms.form import Form

__all__ = ["FormArguments"]

_TEXT: dict[str, Any] = {"type": "string"}
_ADDRESS = ("street", "city", "state", "zipcode")
_PLAIN: Mapping[str, dict[str, Any]] = {
    "yes_no": {"type": "boolean"},
    "integer": {"type": "integer"},
    "money": {"type": "number"},
}
_END = {
    "correction": "What the caller wants changed, as said.",
    "confirmation": "The caller's answer to the read-back, as said.",
}


@dataclass(frozen=True)
class FormArguments:
    """Arguments by the fields of a form.

    Args:
        spec: the form.
        language: of the questions in the descriptions.
    """

    spec: FormSpec
    language: str = "en"

    def schema(self) -> dict[str, Any]:
        """A JSON Schema object; every field may be left out, and may come in the caller's own words."""
        return dict(self._schema)

    @cached_property
    def _schema(self) -> Mapping[str, Any]:
        # Asked for on every request to the model; it takes as long as the rest of the turn.
        form = Form(self.spec, self.language)
        properties = {field.name: self._property(form, field) for field in self.spec.fields}
        asks = {"correction": form.correction.ask, "confirmation": CONFIRMATION.ask}
        ends = {name: {**_TEXT, "description": f"{said} {asks[name]}"} for name, said in _END.items()}
        return {"type": "object", "properties": properties | ends, "additionalProperties": False}

    def read(self, given: dict[str, Any]) -> dict[str, Any] | tuple[FieldProblem, ...]:
        """The values that the function gets; what each means is the form's to find out."""
        problems: list[FieldProblem] = []
        for name, value in given.items():
            field = self.spec.field(name)
            if field is None and name not in _END:
                problems.append(FieldProblem(name, "there is no such argument"))
            elif value is not None and not _fits(field, value):
                problems.append(FieldProblem(name, "expected the value, or the caller's words"))
        return tuple(problems) or {name: value for name, value in given.items() if value is not None}

    def question(self, name: str) -> Question | None:
        """The form asks for itself."""
        return None

    def _property(self, form: Form, field: FieldSpec) -> dict[str, Any]:
        said = " ".join(filter(None, (field.describe, form.texts_of(field).ask)))
        options = _options(form, field)
        shape: dict[str, Any] = {"anyOf": [*options, _TEXT]} if options else dict(_TEXT)
        return shape | {"description": said}


def _fits(field: FieldSpec | None, value: Any) -> bool:
    """Is it of a type that a field of this kind may have?"""
    if isinstance(value, str):
        return True
    if field is None:
        return False
    if field.list:
        return isinstance(value, list)
    if isinstance(value, bool):
        return field.kind in ("yes_no", "choice")
    if isinstance(value, Mapping):
        return field.kind in ("address", "group", "money", "person") or field.details is not None
    return isinstance(value, int | float) and field.kind in ("integer", "money", "digits", "choice")


def _options(form: Form, field: FieldSpec) -> list[dict[str, Any]]:
    """The types of a normalized value; none where that is a text as well."""
    if field.list:
        return [{"type": "array", "items": _entry(field)}]
    if field.details:
        answer = {field.answer or "answer": {"type": "boolean"}, field.details: _TEXT}
        return [_object(answer, [field.answer or "answer"]), _PLAIN["yes_no"]]
    if field.kind == "address":
        return [_object(dict.fromkeys(_ADDRESS, _TEXT), list(field.needs))]
    if field.kind == "group":
        return [_object({part.name: _part(part) for part in field.parts}, [p.name for p in field.parts if p.needed])]
    if field.kind == "choice":
        return [{"enum": [one.value for one in form.choices_of(field)]}]
    return [_PLAIN[field.kind]] if field.kind in _PLAIN else []


def _entry(field: FieldSpec) -> dict[str, Any]:
    if field.kind == "person":
        return _object({"name": _TEXT, "relationship": _TEXT}, ["name"])
    if field.kind == "group":
        return _object({part.name: _part(part) for part in field.parts}, [p.name for p in field.parts if p.needed])
    return _PLAIN.get(field.kind, _TEXT)


def _part(part: PartSpec) -> dict[str, Any]:
    return _PLAIN.get(part.kind, _TEXT)


def _object(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": required}
