"""Cuts results that are too long for a model, and says so."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backend.domain.tool import ToolOutcome

__all__ = ["bounded"]

_LONGEST_RESULT = 8 * 1024
"""Characters of JSON; about two thousand tokens."""
_LONGEST_TEXT = 600
_STEPS = ((50, 600), (20, 400), (8, 200), (3, 100))
"""Entries of a list and characters of a text that are kept, ever fewer until it fits."""


def bounded(outcome: ToolOutcome) -> ToolOutcome:
    """The outcome in a size that a model can digest. Lists lose their tail, texts their end, and a note says so."""
    if _size(outcome) <= _LONGEST_RESULT:
        return outcome
    for entries, characters in _STEPS:
        data = {key: _cut(value, entries, characters) for key, value in outcome.data.items()}
        shorter = replace(outcome, data=data, message=_noted(outcome.message), problems=outcome.problems[:20])
        if _size(shorter) <= _LONGEST_RESULT:
            return shorter
    texts = {key: value[:1000] if value else value for key, value in (("say", outcome.say), ("ask", outcome.ask))}
    return replace(outcome, data={}, message=_noted(outcome.message), problems=outcome.problems[:5], **texts)


def _noted(message: str) -> str:
    return f"{message[:_LONGEST_TEXT]} (The result was too long and has been cut; ask for less to see the rest.)"


def _cut(value: Any, entries: int, characters: int) -> Any:
    match value:
        case str():
            return value if len(value) <= characters else value[:characters] + "…"
        case Mapping():
            kept = list(value.items())[: entries * 2]
            return {key: _cut(entry, entries, characters) for key, entry in kept}
        case list() | tuple():
            left = len(value) - entries
            note = [f"… and {left} more"] if left > 0 else []
            return [_cut(entry, entries, characters) for entry in value[:entries]] + note
        case _:
            return value


def _size(outcome: ToolOutcome) -> int:
    return len(json.dumps(outcome.envelope(), default=str))
