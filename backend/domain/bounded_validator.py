"""The validator of JSON Schema 2020-12, but patterns never take long: its own are matched by Python's ``re``.

Takes a while to import, and most stores declare no tools: whoever needs it imports it then.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from backend.domain.pattern import found_in

__all__ = ["BoundedValidator"]


def _pattern(_: Any, wanted: str, value: Any, __: Any) -> Iterator[Any]:
    if isinstance(value, str) and not found_in(wanted, value):
        yield ValidationError(f"does not match {wanted!r}")


def _pattern_properties(validator: Any, patterns: Mapping[str, Any], value: Any, _: Any) -> Iterator[Any]:
    for wanted, schema in patterns.items() if isinstance(value, Mapping) else ():
        for name in value:
            if found_in(wanted, name):
                yield from validator.descend(value[name], schema, path=name, schema_path=wanted)


def _additional_properties(validator: Any, more: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name in value if isinstance(value, Mapping) else ():
        if name in known or any(found_in(wanted, name) for wanted in patterns):
            continue
        if isinstance(more, Mapping):
            yield from validator.descend(value[name], more, path=name)
        elif not more:
            yield ValidationError("has properties that are not known")


_make: Any = extend
BoundedValidator: Any = _make(
    Draft202012Validator,
    {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
    },
)
