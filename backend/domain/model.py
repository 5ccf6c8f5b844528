"""A conversation as a language model sees it: messages in, text and tool calls out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = [
    "ChatMessage",
    "ModelDone",
    "ModelEvent",
    "ModelRequest",
    "ModelToolCall",
    "StopReason",
    "TextDelta",
    "ToolSchema",
]

StopReason = Literal["stop", "tool_calls", "length", "content_filter"]


@dataclass(frozen=True, slots=True)
class ModelToolCall:
    """The model wants a tool run. ``arguments`` is the JSON text as the model wrote it, possibly wrong."""

    id: str
    name: str
    arguments: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of the conversation, in the roles of the chat completions API."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str = field(default="", repr=False)
    tool_calls: tuple[ModelToolCall, ...] = ()
    tool_call_id: str | None = None


@dataclass(frozen=True, slots=True)
class ToolSchema:
    """A tool as the model is told of it. ``parameters`` is a JSON Schema object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One answer asked of the model."""

    messages: Sequence[ChatMessage]
    tools: Sequence[ToolSchema] = ()
    deployment: str = ""
    """Deployment or model name; empty means the default from the settings."""
    fallback: tuple[str, ...] = ()
    """Deployments to try, in turn, when the first fails before any text came."""
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    reasoning_effort: str | None = None
    """For reasoning models only."""
    verbosity: str | None = None
    """For gpt-5 models only."""
    deadline_ms: int = 15_000
    """Limit on the whole answer, retries and fallbacks included."""
    forbid_tools: bool = False
    """Offer the tools (so that history stays valid) but make the model answer in words."""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Some more of the answer."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ModelDone:
    """The answer is complete. A content filter is an outcome here, not an error."""

    reason: StopReason
    deployment: str = ""
    prompt_tokens: int | None = None
    """``None``, as in those below: the service did not say."""
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    """Of those read, the ones that it had in its cache."""


ModelEvent = TextDelta | ModelToolCall | ModelDone
"""Tool calls are delivered whole, after the text and before ``ModelDone``."""
