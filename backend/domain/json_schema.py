"""JSON Schemas that people and other servers write: judged before they are used, and never fetched from anywhere.

A schema may refer to parts of itself and to nothing else: whoever writes one must not decide what this server
connects to.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.domain.pattern import pattern_fault

__all__ = ["SchemaFault", "schema_faults", "validator_of"]

SchemaFault = tuple[tuple[str | int, ...], str]
"""Where in the schema, and what is wrong there."""

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_DATA = frozenset({"const", "enum", "default", "examples"})
"""Keywords that hold values and no schemas."""
_NAMED = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"})
"""Keywords that hold schemas by names, which may be called like keywords."""
_PROBES: tuple[Any, ...] = ({}, [], "", 0)


def validator_of(schema: Mapping[str, Any], *, formats: bool = False) -> Any:
    """What checks values by a schema without ever retrieving another one; ``formats`` such as date count, too."""
    from jsonschema import Draft202012Validator  # here: it takes a while to import, and most stores declare no tools
    from referencing import Registry

    from backend.domain.bounded_validator import BoundedValidator

    nothing_else: Any = Registry()
    checker = Draft202012Validator.FORMAT_CHECKER if formats else None
    return BoundedValidator(schema, registry=nothing_else, format_checker=checker)


def schema_faults(schema: Mapping[str, Any]) -> list[SchemaFault]:
    """Everything that is wrong with a schema, without looking anywhere else."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return [(tuple(error.absolute_path), f"is not a JSON Schema: {error.message[:120]}")]
    except RecursionError:
        return [((), "is nested too deeply")]
    return [*_pattern_faults(schema), *_reference_faults(schema)] or list(_circles(schema))


def _pattern_faults(schema: Mapping[str, Any]) -> Iterator[SchemaFault]:
    for path, node in _schemas(schema):
        if "pattern" in node and (why := pattern_fault(str(node["pattern"]))):
            yield (*path, "pattern"), why
        for name in node.get("patternProperties", {}):
            if why := pattern_fault(name):
                yield (*path, "patternProperties", name), why
            elif "unevaluatedProperties" in schema:
                yield (*path, "patternProperties"), "is not taken together with unevaluatedProperties"


def _reference_faults(schema: Mapping[str, Any]) -> Iterator[SchemaFault]:
    from referencing import Registry, Resource
    from referencing.exceptions import NoSuchAnchor, Unresolvable
    from referencing.jsonschema import DRAFT202012

    registry: Any = Registry()
    resolver: Any = registry.resolver_with_root(Resource(contents=schema, specification=DRAFT202012))
    for path, keyword, reference in _references(schema):
        if not reference.startswith("#"):
            yield path, f"{keyword} leads out of this schema ({reference[:80]}); expected one that begins with '#'"
            continue
        try:
            resolver.lookup(reference)
        except (Unresolvable, NoSuchAnchor, LookupError, ValueError):
            yield path, f"{keyword} leads to {reference[:80]}, which is not in this schema"


def _references(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for path, node in _schemas(schema):
        for keyword in _REFERENCES:
            reference = node.get(keyword)
            if isinstance(reference, str):
                yield (*path, keyword), keyword, reference


def _circles(schema: Mapping[str, Any]) -> Iterator[SchemaFault]:
    try:
        for probe in _PROBES:
            next(iter(validator_of(schema).iter_errors(probe)), None)
    except RecursionError:
        yield (), "a reference comes back to itself, for ever"


def _schemas(schema: Any) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Every schema in a schema, with its place."""
    todo: list[tuple[tuple[str | int, ...], Any, bool]] = [((), schema, False)]
    while todo:
        path, node, named = todo.pop()
        if isinstance(node, list):
            todo += [((*path, index), each, False) for index, each in enumerate(node)]
        elif isinstance(node, Mapping):
            if not named:
                yield path, node
            todo += [
                ((*path, key), each, not named and key in _NAMED)
                for key, each in node.items()
                if named or key not in _DATA
            ]
