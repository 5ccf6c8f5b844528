"""The stand-in model as a ``ChatModel``: the rules of the local Azure without its wire."""

import asyncio
import itertools
import json
from collections.abc import AsyncGenerator
from typing import Any

from backend.domain.model import (
    ChatMessage,
    ModelDone,
    ModelEvent,
    ModelRequest,
    ModelToolCall,
    TextDelta,
    ToolSchema,
)
from backend.errors import ConfigError
from stand_in.decide import decide
from stand_in.manner import MANNERS, Manner
from stand_in.situation import read_situation

__all__ = ["StandInModel", "manner_named"]


def manner_named(name: str) -> Manner:
    """The manner of that name.

    Raises:
        ConfigError: there is none.
    """
    for manner in MANNERS:
        if manner == name:
            return manner
    raise ConfigError(f"--model-manner: expected {', '.join(MANNERS[:-1])} or {MANNERS[-1]}, got {name!r}")


class StandInModel:
    """Answers by rules, the same way every time. It is no language model.

    Args:
        manner: how clever it is; see ``stand_in.manner``.
    """

    def __init__(self, manner: Manner = "usual") -> None:
        self._manner: Manner = manner
        self._ids = itertools.count(1)

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Decide, and give the answer word by word."""
        await asyncio.sleep(0)  # other conversations have their turn
        situation = read_situation([_message(m) for m in request.messages], [_tool(t) for t in request.tools])
        decision = decide(situation, may_call=not request.forbid_tools, manner=self._manner)
        for index, word in enumerate(decision.text.split(" ") if decision.text else ()):
            yield TextDelta(word if index == 0 else f" {word}")
        for name, arguments in decision.calls.items():
            yield ModelToolCall(f"call_{next(self._ids)}", name, json.dumps(arguments))
        yield ModelDone("tool_calls" if decision.calls else "stop", "stand-in")


def _message(message: ChatMessage) -> dict[str, Any]:
    wire: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.tool_calls:
        wire["tool_calls"] = [
            {"id": call.id, "function": {"name": call.name, "arguments": call.arguments}} for call in message.tool_calls
        ]
    if message.tool_call_id:
        wire["tool_call_id"] = message.tool_call_id
    return wire


def _tool(schema: ToolSchema) -> dict[str, Any]:
    function = {"name": schema.name, "description": schema.description, "parameters": schema.parameters}
    return {"type": "function", "function": function}
