"""Reads one YAML file into what it must be, and words every fault with its line."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backend.agents.doubts import doubt_problems, told_with_doubts
from backend.agents.problem import Place, Problem, nearest
from backend.agents.shape import expected_of
from backend.agents.yaml_file import YamlFault, YamlFile, read_yaml

__all__ = ["Written", "read_spec"]

S = TypeVar("S", bound=BaseModel)


class Written:
    """One file: its name for operators, and the line of everything in it."""

    def __init__(self, name: str, yaml: YamlFile | None) -> None:
        self.name = name
        self._yaml = yaml

    def problem(self, path: Place, message: str) -> Problem:
        """A fault at a place of this file."""
        return Problem(self.name, self._yaml.line(path) if self._yaml else 0, message)

    def with_doubt(self, path: Place, message: str) -> str:
        """What is told of a value, with what was written where YAML made something else of it."""
        return told_with_doubts([(path, message)], self._yaml)[0][1] if self._yaml else message


def read_spec(path: Path, name: str, spec: type[S], problems: list[Problem]) -> tuple[S | None, Written]:
    """The file's content as ``spec``; ``None``, and problems, when it is not that."""
    try:
        yaml = read_yaml(path)
    except YamlFault as fault:
        problems.append(Problem(name, fault.line, str(fault)))
        return None, Written(name, None)
    written = Written(name, yaml)
    problems += [Problem(name, line, f"the key {key!r} is written twice; keep one") for line, key in yaml.duplicates]
    try:
        found = spec.model_validate(yaml.content)
    except ValidationError as error:
        faults = [(_place(fault["loc"], yaml), fault) for fault in error.errors(include_url=False)]
        deepest = [(p, f) for p, f in faults if not any(len(o) > len(p) and o[: len(p)] == p for o, _ in faults)]
        first = dict(reversed(deepest))  # a union has a fault for each of its members; the first is the likeliest
        told = {path: _problem(written, spec, path, fault) for path, fault in first.items()}
        problems += [*told.values(), *doubt_problems(name, yaml, told)]
        return None, written
    problems += doubt_problems(name, yaml)
    return found, written


def _problem(written: Written, spec: type[BaseModel], path: Place, fault: Any) -> Problem:
    dotted = ".".join(str(part) for part in path)
    if fault["type"] == "extra_forbidden":
        key = str(fault["loc"][-1])
        return written.problem(path, f"unknown key {key!r}{nearest(key, _keys(spec, path[:-1]))}")
    if fault["type"] == "missing":
        return written.problem(path, f"{'.'.join(str(p) for p in (*path, fault['loc'][-1]))!r} is missing")
    came = fault.get("input")
    if isinstance(came, bool) and fault["type"] == "string_type":
        return written.problem(path, f"{dotted}: YAML reads yes, no, on and off as {came}; put the word in quotes")
    shown = repr(came)[:60] if isinstance(came, str | int | float | bool | type(None)) else type(came).__name__
    return written.problem(path, written.with_doubt(path, f"{dotted}: {expected_of(fault)}, got {shown}"))


def _place(loc: Place, yaml: YamlFile) -> Place:
    """The path in the file, without the names that pydantic gives to the members of a union."""
    path: Place = ()
    for part in loc:
        if (*path, part) in yaml.lines or isinstance(part, int):
            path = (*path, part)
    return path


def _keys(spec: type[BaseModel], path: Place) -> list[str]:
    models: list[type[BaseModel]] = [spec]
    for part in path:
        if isinstance(part, str):
            fields = [model.model_fields[part] for model in models if part in model.model_fields]
            models = [inner for field in fields for inner in _models_in(field.annotation)] or models
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in getattr(annotation, "__args__", ()) for model in _models_in(argument)]
