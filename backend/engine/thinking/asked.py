"""What a model asks for: a tool, or a hand-off that is written as one. Told apart once, by type from then on."""

from dataclasses import dataclass

from backend.agents.handoffs import handoff_target
from backend.domain.model import ModelToolCall
from backend.tool_store.runner import ToolRunner

__all__ = ["Asked", "HandOffAsked", "ToolAsked", "what_is_asked"]


@dataclass(frozen=True, slots=True)
class ToolAsked:
    """A tool is to run."""

    call: ModelToolCall
    writes: bool
    """Does it change something that lasts?"""
    has_effect: bool
    """... or anything at all?"""
    looks_up: bool = False
    """Does it only look something up?"""


@dataclass(frozen=True, slots=True)
class HandOffAsked:
    """The caller is to go to another agent."""

    call: ModelToolCall
    target: str
    writes: bool = False
    has_effect: bool = True
    looks_up: bool = False


Asked = ToolAsked | HandOffAsked


def what_is_asked(call: ModelToolCall, tools: ToolRunner) -> Asked:
    """Which of both a model's tool call is."""
    target = handoff_target(call.name)
    if target is not None:
        return HandOffAsked(call, target)
    effect = tools.effect(call.name)
    return ToolAsked(call, effect == "write", effect in ("draft", "write"), tools.looks_up(call.name))
