"""What agents think with."""

from dataclasses import dataclass

from backend.ports import ChatModel
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

__all__ = ["Thinking"]


@dataclass(frozen=True, slots=True)
class Thinking:
    """Model and tools; one for all calls of a worker."""

    model: ChatModel
    tools: ToolRunner
    services: ToolServices
    deadline_ms: int = 12_000
    max_rounds: int = 5
    deployment: str = ""
    """The deployment that is asked where an agent names none."""
