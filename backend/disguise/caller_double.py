"""The made-up person who stands for the caller: one of a suite's, whom its book knows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from backend.yaml_loader import load_yaml

__all__ = ["CallerDouble", "double_of"]


@dataclass(frozen=True, slots=True)
class CallerDouble:
    """Somebody of a suite.

    Attributes:
        suite: its name.
        name: theirs, as the suite has it.
        answers: what they say when a part of their identity is asked for, by the part's name.
    """

    suite: str
    name: str
    answers: Mapping[str, str] = field(repr=False)


def double_of(suite: str, text: str, parts: Collection[str], name: str = "") -> CallerDouble | None:
    """Somebody in a suite who can answer for every part of an identity.

    Args:
        suite: its name.
        text: its ``suite.yaml``.
        parts: of the identities of the line, by name.
        name: this one and nobody else; empty: the first who can.
    """
    try:
        content: Any = load_yaml(text)
    except yaml.YAMLError:
        return None
    people: Any = content.get("callers") if isinstance(content, dict) else None
    for known, answers in people.items() if isinstance(people, dict) else ():
        said = {part: _first(answers.get(part)) for part in parts} if isinstance(answers, dict) else {}
        if said and all(said.values()) and name in {"", known}:
            return CallerDouble(suite, str(known), said)
    return None


def _first(answer: Any) -> str:
    """What is answered when it is asked for the first time."""
    if isinstance(answer, list):
        answer = answer[0] if answer else ""
    return answer if isinstance(answer, str) else ""
