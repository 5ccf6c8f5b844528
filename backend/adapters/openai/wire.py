"""Our values as chat completions want them, and their failures as ours."""

import re
from collections.abc import Iterable
from typing import Any

import openai

from backend.domain.model import ChatMessage, ModelRequest, ModelToolCall
from backend.errors import ProviderError, ProviderRejected, RateLimited, TimedOut, Unavailable

__all__ = ["ToolCallParts", "failure_of", "is_filtered", "request_body"]

_REASONING = re.compile(r"^(o\d|gpt-5)", re.IGNORECASE)
"""Models that refuse ``max_tokens`` and a temperature."""

_PROVIDER = "model"


class ToolCallParts:
    """Tool calls arrive in pieces, several at once, each piece with the index of its call."""

    def __init__(self) -> None:
        self._parts: dict[int, dict[str, str]] = {}

    def add(self, deltas: Iterable[Any]) -> None:
        """Some more pieces."""
        for delta in deltas:
            part = self._parts.setdefault(delta.index or 0, {"id": "", "name": "", "arguments": ""})
            part["id"] = delta.id or part["id"]
            if delta.function:
                part["name"] += delta.function.name or ""
                part["arguments"] += delta.function.arguments or ""

    def whole(self) -> list[ModelToolCall]:
        """The calls, in order; pieces that never got a name are left out."""
        calls = [self._parts[index] | {"index": str(index)} for index in sorted(self._parts)]
        return [
            ModelToolCall(call["id"] or f"call_{call['index']}", call["name"], call["arguments"])
            for call in calls
            if call["name"]
        ]


def request_body(request: ModelRequest, deployment: str) -> dict[str, Any]:
    """The request for one deployment."""
    body: dict[str, Any] = {
        "model": deployment,
        "messages": [_message(message) for message in request.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if request.tools:
        body["tools"] = [
            {
                "type": "function",
                "function": {"name": t.name, "description": t.description, "parameters": dict(t.parameters)},
            }
            for t in request.tools
        ]
        body["tool_choice"] = "none" if request.forbid_tools else "auto"
    if _REASONING.match(deployment):
        return body | _reasoning(request, deployment)
    for name in ("temperature", "top_p", "max_tokens"):
        if (value := getattr(request, name)) is not None:
            body[name] = value
    return body


def _reasoning(request: ModelRequest, deployment: str) -> dict[str, Any]:
    """What a reasoning model takes in place of the usual parameters."""
    wanted = {
        "max_completion_tokens": request.max_tokens,
        "reasoning_effort": request.reasoning_effort,
        "verbosity": request.verbosity if deployment.lower().startswith("gpt-5") else None,
    }
    return {name: value for name, value in wanted.items() if value}


def _message(message: ChatMessage) -> dict[str, Any]:
    body: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.tool_calls:
        body["content"] = message.content or None
        body["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments or "{}"}}
            for call in message.tool_calls
        ]
    if message.tool_call_id is not None:
        body["tool_call_id"] = message.tool_call_id
    return body


def is_filtered(error: openai.APIStatusError) -> bool:
    """Azure's content filter refused the prompt."""
    return "content_filter" in str(error.code or "") or "content management policy" in str(error.message)


def failure_of(error: Exception) -> ProviderError:
    """A failure of the SDK in our tree."""
    if isinstance(error, openai.RateLimitError):
        return RateLimited(_PROVIDER, "too many requests", _retry_after(error))
    if isinstance(error, openai.APITimeoutError):
        return TimedOut(_PROVIDER, "no answer within the limit")
    if isinstance(error, openai.APIStatusError) and error.status_code < 500:
        return ProviderRejected(_PROVIDER, f"the model's host answered {error.status_code}")
    if isinstance(error, openai.APIStatusError):
        return Unavailable(_PROVIDER, f"the model's host answered {error.status_code}")
    return Unavailable(_PROVIDER, f"the model's host cannot be reached ({type(error).__name__})")


def _retry_after(error: openai.APIStatusError) -> float | None:
    for header, scale in (("retry-after-ms", 1000), ("retry-after", 1)):
        value = error.response.headers.get(header, "")
        if value.replace(".", "", 1).isdigit():
            return float(value) / scale
    return None
