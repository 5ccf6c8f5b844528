"""Faults of shape: unknown keys, missing ones, values of the wrong kind, in words for operators."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from backend.agents.problem import Fault, Place, nearest
from backend.domain.book_spec import FileBookSpec
from backend.domain.spec import CALLED_NUMBER
from backend.domain.tool_server import HttpServerSpec

__all__ = ["expected_of", "shape_fault", "shape_faults"]


_KINDS = {
    "string_type": "expected text",
    "dict_type": "expected settings such as 'name: ...'",
    "model_type": "expected settings such as 'name: ...'",
    "tuple_type": "expected a list such as [one, two]",
}
"""Kinds of values in words of YAML."""
_NUMBERS = {
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
}
_LIMITS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}
"""How a limit is said, and where pydantic keeps it."""
_OF_KINDS: Mapping[type[BaseModel], str] = {
    FileBookSpec: "expected 'file', 'sql', 'http' or 'mcp'",
    HttpServerSpec: "expected 'http' or 'mcp'",
}
"""Kinds by the spec that a file of an unknown kind is held against."""


def shape_faults(spec: type[BaseModel], error: ValidationError, written: Container[Place]) -> list[Fault]:
    """Every fault that pydantic found, but for lists that are too short only because of what is in them.

    ``written`` holds the places of the file; what else is in pydantic's paths names the shapes that it tried.
    """
    faults: list[dict[str, Any]] = [dict(fault) for fault in error.errors(include_url=False)]
    for fault in faults:
        fault["loc"] = _place(fault, written)
    inner = {fault["loc"][:depth] for fault in faults for depth in range(len(fault["loc"]))}
    # Where one of several shapes fits almost, only what is wrong inside it is told.
    faults = [fault for fault in faults if fault["type"] != "string_type" or fault["loc"] not in inner]
    places = [tuple(fault["loc"]) for fault in faults]

    def follows(fault: dict[str, Any]) -> bool:
        place = tuple(fault["loc"])
        return fault["type"] == "too_short" and any(p != place and p[: len(place)] == place for p in places)

    return [shape_fault(spec, fault) for fault in faults if not follows(fault)]


def shape_fault(spec: type[BaseModel], fault: dict[str, Any]) -> Fault:
    """A fault whose place is one of the file: where it is, and a sentence on what was expected and what came."""
    path: Place = fault["loc"]
    dotted = ".".join(str(part) for part in path)
    if fault["type"] == "extra_forbidden":
        return path, f"unknown key {str(path[-1])!r}{_meant(spec, path[:-1], str(path[-1]))}"
    if fault["type"] == "missing":
        return path[:-1], f"{dotted!r} is missing; it must be given"
    expected = _OF_KINDS.get(spec) if path == ("kind",) else None
    return path, f"{dotted}: {expected or expected_of(fault)}, got {_shown(fault)}"


def _shown(fault: dict[str, Any]) -> str:
    came = fault.get("input")
    if fault["type"] in {"too_short", "too_long"}:
        return str(fault["ctx"]["actual_length"] or "none")
    if isinstance(came, str | int | float | bool):
        return repr(came)[:80]
    return {type(None): "nothing", dict: "settings", list: "a list"}.get(type(came), type(came).__name__)


def _place(fault: dict[str, Any], written: Container[Place]) -> Place:
    path: Place = ()
    for number, part in enumerate(fault["loc"], 1):
        lacking = fault["type"] == "missing" and number == len(fault["loc"])
        if (*path, part) in written or lacking:
            path = (*path, part)
    return path


def expected_of(fault: dict[str, Any]) -> str:
    """What pydantic expected, in words for operators."""
    message = str(fault["msg"])
    if fault["type"] == "json_invalid":
        return "expected JSON"
    if fault["type"] in _NUMBERS:
        return _NUMBERS[fault["type"]]
    if fault["type"] in _KINDS and not isinstance(fault.get("input"), int | float):
        return _KINDS[fault["type"]]
    if fault["type"] in _LIMITS:
        said, limit = _LIMITS[fault["type"]]
        return f"expected {said} {fault['ctx'][limit]}"
    if fault["type"] == "string_type" and isinstance(fault.get("input"), int | float):
        return "expected text; put it in quotes"
    if fault["type"] == "string_too_short" and fault["ctx"]["min_length"] == 1:
        return "expected some text"
    if fault["type"] in {"too_short", "too_long"}:
        least, most = fault["ctx"].get("min_length"), fault["ctx"].get("max_length")
        return f"expected at least {least} of them" if fault["type"] == "too_short" else f"expected {most} at most"
    if fault["type"] == "string_pattern_mismatch":
        pattern = fault["ctx"]["pattern"]
        known = {
            r"^[a-z][a-z0-9_]{0,63}$": "expected a name in lower case with underscores",
            r"^\+[1-9][0-9]{6,14}$": "expected a phone number such as +18005550100",
            CALLED_NUMBER: "expected a phone number such as +18005550100, or an identity such as 8:acs:RESOURCE_USER",
            r"^[\w./-]+\.jinja$": "expected a file name that ends in .jinja",
            r"^[+-]\d{1,2}%$": "expected a change in percent such as '+5%'",
            r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$": "expected a time such as '08:30', in quotes",
            r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$": "expected from and to, such as '08:30-17:00'",
            r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "expected a month and a day, such as '12-25'",
            r"^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|[0-9]{3})$": "expected a language with its region, such as en-US",
            r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$": "expected a language such as es or es-MX",
            r"^(BOOK_[A-Z0-9_]{1,60}|POLICY_BOOK)$": "expected a variable that begins with BOOK_",
            r"^TOOL_[A-Z0-9_]{1,60}$": "expected a variable that begins with TOOL_",
            r"^/[^?#\s]*$": "expected a path such as /slots, without a query",
        }
        return known.get(pattern, f"expected something like {pattern}")
    message = message.replace("Input should be", "expected").replace("Value error, ", "")
    return message[:1].lower() + message[1:]


def _meant(spec: type[BaseModel], path: Place, key: str) -> str:
    """What may have been meant by an unknown key: one that stands inside another, or one of a similar name."""
    model = _model_at(spec, path)
    insides = {name: _model_in(field.annotation) for name, field in model.model_fields.items()}
    around = [name for name, inside in insides.items() if inside is not None and key in inside.model_fields]
    if len(around) == 1:
        return f"; it belongs inside {around[0]!r}"
    return nearest(key, model.model_fields)


def _model_at(spec: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel]:
    model: Any = spec
    for part in path:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation if part in model.model_fields else None
        model = _model_in(annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None
