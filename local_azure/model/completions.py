"""Chat completions on the wire: the request checked, the answer whole or as server-sent events.

Shapes are those of the OpenAI API as the ``openai`` SDK reads them; Azure's differ only in
the path, the ``api-key`` header and the content filter's error body.
"""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stand_in.decision import Decision

__all__ = ["Pace", "chunks", "whole"]

_TOKEN = 4
"""Characters of a tool call's arguments that a model writes at a time; they take it as long as spoken words do."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How quickly the model answers."""

    first_token_s: float = 0.0
    tokens_per_second: float = 0.0
    """0: all at once."""


def whole(decision: Decision, model: str, read: int, reason: str | None = None) -> dict[str, Any]:
    """The answer as one object; ``read``: so many tokens were read for it."""
    message: dict[str, Any] = {"role": "assistant", "content": decision.text or None}
    if decision.calls:
        message["tool_calls"] = [
            _call(index, name, arguments) for index, (name, arguments) in enumerate(decision.calls.items())
        ]
        for call in message["tool_calls"]:
            call.pop("index")
    choice = {"index": 0, "message": message, "finish_reason": reason or _reason(decision)}
    return _frame(model, "chat.completion") | {"choices": [choice], "usage": _usage(decision, read)}


async def chunks(
    decision: Decision, model: str, pace: Pace, *, read: int | None, reason: str | None = None
) -> AsyncIterator[bytes]:
    """The answer as server-sent events; ``read``: so many tokens were read for it, if that is to be told."""
    frame = _frame(model, "chat.completion.chunk")
    await asyncio.sleep(pace.first_token_s)
    keep_pace = _kept(pace)
    yield _event(frame, {"role": "assistant", "content": ""})
    for token in _tokens(decision.text):
        yield _event(frame, {"content": token})
        await keep_pace()
    for index, (name, arguments) in enumerate(decision.calls.items()):
        call = _call(index, name, arguments)
        written = call["function"].pop("arguments")
        yield _event(frame, {"tool_calls": [call | {"function": call["function"] | {"arguments": ""}}]})
        for start in range(0, len(written), _TOKEN):
            piece = {"index": index, "function": {"arguments": written[start : start + _TOKEN]}}
            yield _event(frame, {"tool_calls": [piece]})
            await keep_pace()
    yield _event(frame, {}, reason or _reason(decision))
    if read is not None:
        yield _data(frame | {"choices": [], "usage": _usage(decision, read)})
    yield b"data: [DONE]\n\n"


def _kept(pace: Pace) -> Callable[[], Awaitable[None]]:
    """Waits after each token, by the clock: the sum of many waits is longer on a busy machine."""
    loop = asyncio.get_running_loop()
    began, count = loop.time(), 0

    async def after_token() -> None:
        nonlocal count
        count += 1
        if pace.tokens_per_second:
            await asyncio.sleep(max(0.0, began + count / pace.tokens_per_second - loop.time()))

    return after_token


def _tokens(text: str) -> list[str]:
    return [word if index == 0 else " " + word for index, word in enumerate(text.split(" "))] if text else []


def _call(index: int, name: str, arguments: Mapping[str, Any] | str) -> dict[str, Any]:
    written = arguments if isinstance(arguments, str) else json.dumps(arguments)
    function = {"name": name, "arguments": written}
    return {"index": index, "id": f"call_{uuid.uuid4().hex[:20]}", "type": "function", "function": function}


def _reason(decision: Decision) -> str:
    return "tool_calls" if decision.calls else "stop"


def _usage(decision: Decision, read: int) -> dict[str, Any]:
    written = len(decision.text.split()) + 12 * len(decision.calls)
    details = {"prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0}}
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written} | details


def _frame(model: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex[:24]}", "object": kind, "created": int(time.time()), "model": model}


def _event(frame: dict[str, Any], delta: dict[str, Any], reason: str | None = None) -> bytes:
    return _data(frame | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})


def _data(body: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(body).encode() + b"\n\n"
