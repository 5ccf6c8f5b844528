"""The routes of the stand-in model, on Azure's paths and on the plain OpenAI ones, with injected faults."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from local_azure.faults import Fault
from local_azure.model.completions import Pace, chunks, whole
from local_azure.state import EmulatorState
from stand_in.decide import Decision, decide
from stand_in.situation import read_situation

__all__ = ["routes"]

_FOR_EVER_S = 600.0

_FILTERED = {
    "error": {
        "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        "type": None,
        "param": "prompt",
        "code": "content_filter",
        "status": 400,
        "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {}},
    }
}


def routes(state: EmulatorState) -> list[BaseRoute]:
    """Chat completions on every path that the SDKs use, and the list of models."""

    async def complete(request: Request) -> Response:
        return await _complete(state, request)

    async def models(_: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "gpt-5.1", "object": "model", "owned_by": "stand-in"}]})

    paths = (
        "/openai/deployments/{deployment}/chat/completions",
        "/openai/v1/chat/completions",
        "/v1/chat/completions",
    )
    found: list[BaseRoute] = [Route(path, complete, methods=["POST"]) for path in paths]
    return [*found, Route("/v1/models", models), Route("/openai/v1/models", models)]


async def _complete(state: EmulatorState, request: Request) -> Response:
    if not (request.headers.get("api-key") or request.headers.get("authorization")):
        return _error(401, "Access denied due to invalid subscription key or wrong API endpoint.", "401")
    try:
        asked = await request.body()
        body: dict[str, Any] = json.loads(asked)
        messages, tools = body["messages"], body.get("tools") or ()
    except ClientDisconnect:  # the caller went on, and the thought was dropped before it was sent
        return Response(status_code=499)
    except (ValueError, KeyError, TypeError):
        return _error(400, "The request body is not a chat completions request.", "BadRequest")
    if tools == [] and "tools" in body:
        return _error(400, "[] is too short - 'tools'", "invalid_request_error")
    model = str(request.path_params.get("deployment") or body.get("model") or "gpt-5.1")
    fault = state.faults.take("model", f"{request.url.path} {model}")
    if fault and (refused := await _refuse(fault)):
        return refused
    may_call = body.get("tool_choice") != "none" and bool(tools)
    decision = decide(read_situation(messages, tools), may_call=may_call, manner=state.model_manner)
    decision, reason = _spoil(decision, fault)
    if not body.get("stream"):
        await asyncio.sleep(state.latency.model_first_token / 1000)
        return JSONResponse(whole(decision, model, _tokens(asked), reason))
    pace = Pace(
        state.latency.model_first_token / 1000 + (fault.seconds if fault and fault.kind == "slow" else 0),
        state.latency.model_tokens_per_second,
    )
    usage = bool((body.get("stream_options") or {}).get("include_usage"))
    stream = chunks(decision, model, pace, read=_tokens(asked) if usage else None, reason=reason)
    if fault and fault.kind in ("abort", "stall"):
        stream = _broken_off(stream, fault)
    return StreamingResponse(stream, media_type="text/event-stream")


def _tokens(asked: bytes) -> int:
    """What a model would take a request for: a token for four letters, as is the rule of thumb for English."""
    return len(asked) // 4


async def _broken_off(stream: AsyncIterator[bytes], fault: Fault) -> AsyncIterator[bytes]:
    """Some of an answer, words or a tool call, and then its end (``abort``) or silence (``stall``)."""
    passed = 0
    async for piece in stream:
        yield piece
        passed += 1
        if passed > max(1, fault.after):  # the first piece only opens the answer
            break
    if fault.kind == "stall":
        await asyncio.sleep(fault.seconds or _FOR_EVER_S)


async def _refuse(fault: Fault) -> Response | None:
    if fault.kind == "status":
        headers = {} if fault.retry_after is None else {"retry-after": f"{fault.retry_after:g}"}
        return _error(fault.status, "injected fault", str(fault.status), headers)
    if fault.kind == "hang":
        await asyncio.sleep(fault.seconds or _FOR_EVER_S)
    if fault.kind == "garbage":
        return Response(b"data: {this is not JSON\n\n", media_type="text/event-stream")
    return JSONResponse(_FILTERED, 400) if fault.kind == "content_filter" else None


def _spoil(decision: Decision, fault: Fault | None) -> tuple[Decision, str | None]:
    """Answers that are wrong in ways real models are."""
    match fault.kind if fault else "":
        case "bad_arguments":
            name = next(iter(decision.calls), "verify_caller")
            return Decision("", {name: '{"broken'}), None  # type: ignore[dict-item]
        case "unknown_tool":
            return Decision("", {"launch_rocket": {}}), None
        case "filtered":
            return Decision(decision.text[:10]), "content_filter"
        case "length":
            return Decision(decision.text), "length"
        case _:
            return decision, None


def _error(status: int, message: str, code: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "type": "invalid_request_error", "code": code}}, status, headers)
