"""Plain values that YAML takes for something else than what is written.

To the YAML that is read here, 012 is 10, 1:30 is 90, 1_000 loses its line, +12065550123 its plus, and no is false; to
the YAML of other programs they are something else again. Who writes such a value is told so, and puts it in quotes or
writes what is meant.
"""

import math
import re
from collections.abc import Container, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from backend.agents.problem import Fault, Place, Problem
from backend.agents.yaml_file import YamlFile

__all__ = ["doubt_problems", "told_with_doubts"]


_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)")
_PLAIN_FRACTION = re.compile(r"[-+]?((0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


def doubt_problems(file: str, yaml: YamlFile, told: Container[Place] = ()) -> list[Problem]:
    """The doubtful values of a file, but for places of which something was told already."""
    return [
        Problem(file, yaml.line(path), f"{_named(path)}{_sentence(written, value)}", outdated=True)
        for path, written, value in _doubts(yaml)
        if path not in told
    ]


def told_with_doubts(faults: Iterable[Fault], yaml: YamlFile) -> list[Fault]:
    """Faults of shape; what is told of a doubtful value says what was written, too."""
    known = list(faults)
    if not known:
        return known
    written = {path: text for path, text, _ in _doubts(yaml)}
    return [
        (path, f"{message}, which YAML makes of {written[path]} without quotes" if path in written else message)
        for path, message in known
    ]


def _doubts(yaml: YamlFile) -> Iterator[tuple[Place, str, Any]]:
    for path, (written, value) in yaml.taken.items():
        if _is_doubtful(written, value):
            yield path, written, value


def _is_doubtful(written: str, value: Any) -> bool:
    if isinstance(value, bool):
        return written.lower() not in ("true", "false")
    if isinstance(value, int):
        return _PLAIN.fullmatch(written) is None
    if isinstance(value, float):
        return math.isfinite(value) and _PLAIN_FRACTION.fullmatch(written) is None
    return isinstance(value, date) and not _is_moment(written, value)


def _is_moment(written: str, value: date) -> bool:
    try:
        return (datetime if isinstance(value, datetime) else date).fromisoformat(written) == value
    except (ValueError, TypeError):  # one of the two names a zone
        return False


def _sentence(written: str, value: Any) -> str:
    if isinstance(value, bool):
        meant, else_write = str(value).lower(), "true or false"
    else:
        meant = str(value)
        else_write = meant if isinstance(value, date) else "the number that is meant in plain digits"
    return f"YAML makes {meant} of {written}; put it in quotes if it is a text, else write {else_write}"


def _named(path: Place) -> str:
    return ".".join(map(str, path)) + ": " if path else ""
