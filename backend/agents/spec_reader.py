"""Reads the files of a store into what they declare, and keeps what of an unsound file can still be checked."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backend.agents.checked import Checked, Source
from backend.agents.doubts import doubt_problems, told_with_doubts
from backend.agents.problem import Fault, Problem
from backend.agents.quotes import quote_problems
from backend.agents.salvage import salvaged
from backend.agents.shape import shape_faults
from backend.agents.spec_file import spec_in
from backend.agents.yaml_file import YamlFault, YamlFile, seen_yaml

__all__ = ["read_specs"]

_S = TypeVar("_S", bound=BaseModel)


def read_specs(
    checked: Checked,
    files: Mapping[str, bytes],
    kind: str,
    spec_of: Callable[[bytes], type[_S]],
    into: dict[str, Any],
) -> None:
    """Read every file of one kind.

    Args:
        checked: is told what is wrong, and where each spec was written.
        files: by lasting name.
        kind: as operators know it: ``agent``, ``line``, ``tool server``.
        spec_of: which shape a file is to have, by what stands in it.
        into: where specs go, by their names.
    """
    for file, raw in files.items():
        _read(checked, file, raw, spec_of(raw), kind, into)


def _read(checked: Checked, file: str, raw: bytes, spec: type[_S], kind: str, into: dict[str, Any]) -> None:
    try:
        yaml = seen_yaml(raw)
    except YamlFault as fault:
        checked.problems.append(Problem(file, fault.line, str(fault)))
        return
    checked.contents[file] = yaml.content
    source = Source(file, yaml)
    value, faults = _shaped(spec, raw, yaml)
    checked.problems += _of_the_text(source, faults)
    if faults and kind == "tool server":
        checked.broken_servers.append((source, tuple(path for path, _ in faults)))
        return
    if faults:
        value, lost = salvaged(spec, yaml.content, (path for path, _ in faults))
        checked.lost |= {f"{kind}:{getattr(value, 'name', '')}": lost} if value is not None else {}
    if value is not None:
        _enter(checked, source, kind, value, into)


def _shaped(spec: type[_S], raw: bytes, yaml: YamlFile) -> tuple[_S | None, list[Fault]]:
    """What a file says, or what is wrong with its shape."""
    try:
        return spec_in(raw, spec), []
    except ValidationError as error:
        return None, told_with_doubts(shape_faults(spec, error, yaml.lines), yaml)


def _of_the_text(source: Source, faults: list[Fault]) -> list[Problem]:
    """What is wrong with a file by itself, whatever others say."""
    file, yaml = source.file, source.yaml
    twice = [Problem(file, line, f"the key {key!r} is written twice; keep one") for line, key in yaml.duplicates]
    shape = dict.fromkeys(source.problem(path, message) for path, message in faults)
    return [*twice, *shape, *quote_problems(file, yaml, dict(faults)), *doubt_problems(file, yaml, dict(faults))]


def _enter(checked: Checked, source: Source, kind: str, value: BaseModel, into: dict[str, Any]) -> None:
    """Give it its place, by its name; a name that another has already is a fault of the later one."""
    name = str(getattr(value, "name", ""))
    stem = PurePosixPath(source.file).stem
    if name != stem:
        message = f"the name is {name!r} but the file is {stem!r}; make them one"
        checked.problems.append(source.problem(("name",), message))
    if name in into:
        other = checked.sources[f"{kind}:{name}"].file
        message = f"there is another {kind} named {name!r} in {other}"
        checked.problems.append(source.problem(("name",), message))
        return
    into[name] = value
    checked.sources[f"{kind}:{name}"] = source
