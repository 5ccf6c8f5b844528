"""What the stand-in decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stand_in.manner import Manner

__all__ = ["SURE", "Decision", "Manner"]

SURE = 0.9
"""Score below which words call for no tool."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer: words, tool calls, or both."""

    text: str = field(default="", repr=False)
    calls: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]], repr=False)
