"""What is asked of a model, set as its agent has it."""

from collections.abc import Sequence

from backend.domain.agent import ModelSpec
from backend.domain.model import ChatMessage, ModelRequest, ToolSchema

__all__ = ["request_of"]

_DEADLINE_MS = 15_000


def request_of(
    spec: ModelSpec,
    messages: Sequence[ChatMessage],
    tools: Sequence[ToolSchema] = (),
    *,
    deadline_ms: int = _DEADLINE_MS,
    forbid_tools: bool = False,
) -> ModelRequest:
    """These messages for that model, with everything that the agent sets of it but its limit on time.

    Args:
        spec: the model, as an agent has it.
        messages: the conversation.
        tools: what is offered.
        deadline_ms: limit on the whole answer.
        forbid_tools: offer the tools, but make the model answer in words.
    """
    return ModelRequest(
        messages=messages,
        tools=tools,
        deployment=spec.deployment,
        fallback=spec.fallback,
        temperature=spec.temperature,
        top_p=spec.top_p,
        max_tokens=spec.max_tokens,
        reasoning_effort=spec.reasoning_effort,
        verbosity=spec.verbosity,
        deadline_ms=deadline_ms,
        forbid_tools=forbid_tools,
    )
