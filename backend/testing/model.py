"""A scripted model: answers in turn, at a chosen speed."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.domain.model import ModelDone, ModelEvent, ModelRequest, ModelToolCall, StopReason, TextDelta
from backend.errors import ProviderError

__all__ = ["Reply", "ScriptedModel"]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the model: text, tool calls, or both; or an error instead."""

    text: str = ""
    calls: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """Arguments by tool name."""
    error: ProviderError | None = None
    reason: StopReason | None = None
    first_token_s: float | None = None
    """Instead of the model's own."""
    tokens: tuple[int, int] | None = None
    """Read and written, as the service tells them; ``None``: it does not."""


class ScriptedModel:
    """``ChatModel`` that gives its replies one after the other, or asks a function for each.

    Args:
        replies: strings or ``Reply``s; or a function of the request.
        first_token_s: time to the first token.
        token_s: time between tokens (words).
    """

    def __init__(
        self,
        replies: list[str | Reply] | Callable[[ModelRequest], str | Reply],
        *,
        first_token_s: float = 0.0,
        token_s: float = 0.0,
    ) -> None:
        self._replies = replies
        self.first_token_s = first_token_s
        self.token_s = token_s
        self.requests: list[ModelRequest] = []
        self.cancelled = 0

    def say_next(self, *replies: str | Reply) -> None:
        """From now on give these, whatever was to come."""
        self._replies = list(replies)

    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Answer as scripted."""
        self.requests.append(request)
        reply = self._reply(request)
        done = False
        try:
            await asyncio.sleep(self.first_token_s if reply.first_token_s is None else reply.first_token_s)
            if reply.error:
                done = True
                raise reply.error
            for index, word in enumerate(reply.text.split(" ") if reply.text else []):
                yield TextDelta(word if index == 0 else " " + word)
                await asyncio.sleep(self.token_s)
            for index, (name, arguments) in enumerate(reply.calls.items()):
                yield ModelToolCall(f"call_{len(self.requests)}_{index}", name, json.dumps(arguments))
            read, written = reply.tokens or (None, None)
            reason = reply.reason or ("tool_calls" if reply.calls else "stop")
            yield ModelDone(reason, prompt_tokens=read, completion_tokens=written)
            done = True
        finally:
            if not done:
                self.cancelled += 1

    def _reply(self, request: ModelRequest) -> Reply:
        if callable(self._replies):
            reply = self._replies(request)
        else:
            reply = self._replies.pop(0) if self._replies else "Understood."
        return Reply(reply) if isinstance(reply, str) else reply
