"""The model adapter: the real openai SDK against the stand-in model and its faults."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.adapters.openai.chat_model import ModelAddress, OpenAiChatModel
from backend.adapters.openai.wire import request_body
from backend.domain.model import ChatMessage, ModelDone, ModelEvent, ModelRequest, ModelToolCall, TextDelta, ToolSchema
from backend.errors import ProviderRejected, RateLimited, TimedOut, Unavailable
from local_azure.faults import Fault
from local_azure.latency import latency
from local_azure.model.routes import routes
from local_azure.state import EmulatorState

pytestmark = pytest.mark.real

TOOL = ToolSchema("book_visit", "Book an appointment at the dentist.", {
    "type": "object", "required": ["day"],
    "properties": {"day": {"type": "string", "description": "YYYY-MM-DD. Which day?"}},
})  # fmt: skip


@asynccontextmanager
async def serving(app: Starlette) -> AsyncIterator[str]:
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await task


@pytest.fixture
async def azure() -> AsyncIterator[tuple[EmulatorState, str]]:
    state = EmulatorState(latency=latency("none"))
    async with serving(Starlette(routes=routes(state))) as url:
        yield state, url


def address(kind: str, url: str) -> ModelAddress:
    """Of a model at Azure or of one that speaks as OpenAI does."""
    where = {"endpoint": url} if kind == "azure" else {"base_url": f"{url}/v1"}
    return ModelAddress(api_key="local", first_token_s=10.0, **where)


@pytest.fixture(params=["azure", "openai"])
async def model(request: pytest.FixtureRequest, azure: tuple[EmulatorState, str]) -> AsyncIterator[OpenAiChatModel]:
    made = OpenAiChatModel(address(request.param, azure[1]))
    yield made
    await made.close()


def ask(text: str, **changes: object) -> ModelRequest:
    messages = (ChatMessage("system", "You book visits. Today is 2026-11-21."), ChatMessage("user", text))
    return ModelRequest(
        **{"messages": messages, "tools": (TOOL,), "deployment": "gpt-4o", "deadline_ms": 20_000} | changes
    )


async def answer(model: OpenAiChatModel, request: ModelRequest) -> list[ModelEvent]:
    return [event async for event in model.answer(request)]


async def test_text_comes_in_pieces_and_ends_once(model: OpenAiChatModel) -> None:
    events = await answer(model, ask("blah"))
    assert len([e for e in events if isinstance(e, TextDelta)]) > 3
    assert isinstance(events[-1], ModelDone)
    assert events[-1].reason == "stop"


async def test_tool_calls_come_whole(model: OpenAiChatModel) -> None:
    events = await answer(model, ask("i want to book an appointment for tomorrow"))
    (call,) = [e for e in events if isinstance(e, ModelToolCall)]
    assert (call.name, call.arguments) == ("book_visit", '{"day": "2026-11-22"}')
    assert events[-1].reason == "tool_calls"


@pytest.mark.parametrize("kind", ["azure", "openai"])
async def test_what_is_asked_goes_out_as_it_is(kind: str) -> None:
    bodies: list[dict[str, Any]] = []

    async def refuse(request: Request) -> Response:
        bodies.append(await request.json())
        return JSONResponse({}, 400)

    asked = ask("blah", temperature=0.2)
    async with serving(Starlette(routes=[Route("/{path:path}", refuse, methods=["POST"])])) as url:
        model = OpenAiChatModel(address(kind, url))
        with pytest.raises(ProviderRejected):
            await answer(model, asked)
        await model.close()
    assert bodies == [request_body(asked, "gpt-4o")]
    assert [message["role"] for message in bodies[0]["messages"]] == ["system", "user"]
    assert bodies[0]["tools"][0]["function"]["parameters"] == TOOL.parameters
    assert (bodies[0]["model"], bodies[0]["stream"], bodies[0]["temperature"]) == ("gpt-4o", True, 0.2)


async def test_tools_can_be_forbidden(model: OpenAiChatModel) -> None:
    events = await answer(model, ask("i want to book an appointment for tomorrow", forbid_tools=True))
    assert not [e for e in events if isinstance(e, ModelToolCall)]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("status", status=401, times=0), ProviderRejected),
        (Fault("status", status=500, times=0), Unavailable),
        (Fault("status", status=429, times=0), RateLimited),
        (Fault("garbage", times=0), Unavailable),
    ],
)
async def test_what_stays_broken_is_told_in_our_tree(
    azure: tuple[EmulatorState, str], model: OpenAiChatModel, fault: Fault, error: type[Exception]
) -> None:
    azure[0].faults.add("model", fault)
    with pytest.raises(error):
        await answer(model, ask("hello"))


@pytest.mark.parametrize("kind", ["azure", "openai"])
async def test_a_host_that_says_nothing_is_too_slow(azure: tuple[EmulatorState, str], kind: str) -> None:
    azure[0].faults.add("model", Fault("hang", seconds=30, times=0))
    hasty = OpenAiChatModel(replace(address(kind, azure[1]), first_token_s=0.5))
    with pytest.raises(TimedOut):
        await answer(hasty, ask("hello", deadline_ms=2000))
    await hasty.close()


@pytest.mark.parametrize(
    ("fault", "pause"),
    [(Fault("status", status=500), 0.2), (Fault("status", status=429, retry_after=1), 1.0)],
)
async def test_what_passes_is_tried_again(
    azure: tuple[EmulatorState, str],
    model: OpenAiChatModel,
    fault: Fault,
    pause: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At once where nobody says otherwise; else when the service says so."""
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr(asyncio, "sleep", noted)
    azure[0].faults.add("model", fault)
    assert (await answer(model, ask("hello")))[-1].reason == "stop"
    assert pauses.count(pause) == 1 and {0.2, 1.0}.intersection(pauses) == {pause}


async def test_another_deployment_takes_over(azure: tuple[EmulatorState, str], model: OpenAiChatModel) -> None:
    azure[0].faults.add("model", Fault("status", status=500, times=2))
    events = await answer(model, ask("hello", fallback=("gpt-4o-mini",)))
    assert events[-1].deployment == "gpt-4o-mini"


async def test_a_stream_that_breaks_off_is_not_said_again(
    azure: tuple[EmulatorState, str], model: OpenAiChatModel
) -> None:
    azure[0].faults.add("model", Fault("abort", after=3))
    said: list[str] = []
    with pytest.raises(Unavailable):
        async for event in model.answer(ask("blah", fallback=("gpt-4o-mini",))):
            if isinstance(event, TextDelta):
                said.append(event.text)
    assert len(said) == 3


async def test_a_tool_call_that_breaks_off_is_no_tool_call(
    azure: tuple[EmulatorState, str], model: OpenAiChatModel
) -> None:
    azure[0].faults.add("model", Fault("abort", times=0))
    with pytest.raises(Unavailable):
        await answer(model, ask("i want to book an appointment for tomorrow"))


async def test_a_stream_that_falls_silent_ends_at_the_deadline(
    azure: tuple[EmulatorState, str], model: OpenAiChatModel
) -> None:
    azure[0].faults.add("model", Fault("stall", after=2, seconds=30))
    said: list[str] = []
    with pytest.raises(TimedOut):
        async for event in model.answer(ask("blah", deadline_ms=3000)):
            if isinstance(event, TextDelta):
                said.append(event.text)
    assert len(said) == 2


@pytest.mark.parametrize("kind", ["content_filter", "filtered"])
async def test_the_content_filter_is_an_outcome(
    azure: tuple[EmulatorState, str], model: OpenAiChatModel, kind: str
) -> None:
    azure[0].faults.add("model", Fault(kind))
    assert (await answer(model, ask("hello")))[-1].reason == "content_filter"


@asynccontextmanager
async def hanging_up() -> AsyncIterator[tuple[str, list[int]]]:
    """A host that reads a request and closes the connection."""
    asked: list[int] = []

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(len(await reader.readuntil(b"\r\n\r\n")))
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


@pytest.mark.parametrize("kind", ["azure", "openai"])
async def test_a_host_that_hangs_up_is_away_and_not_slow_and_is_asked_once_more(kind: str) -> None:
    async with hanging_up() as (url, asked):
        model = OpenAiChatModel(address(kind, url))
        with pytest.raises(Unavailable):
            await answer(model, ask("hello"))
        await model.close()
    assert len(asked) == 2


@pytest.mark.parametrize("kind", ["azure", "openai"])
async def test_a_host_that_takes_no_connection_is_away_and_not_slow(kind: str) -> None:
    async with hanging_up() as (url, _):
        pass
    model = OpenAiChatModel(address(kind, url))
    with pytest.raises(Unavailable):
        await answer(model, ask("hello"))
    with pytest.raises(Unavailable):
        await model.ping()
    await model.close()


async def test_one_connection_is_used_for_one_answer_after_the_other() -> None:
    said = b'data: {"choices":[{"index":0,"delta":{"content":"Hello."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    came: list[Any] = []

    async def complete(request: Request) -> Response:
        came.append(request.client)
        return Response(said, media_type="text/event-stream")

    async with serving(Starlette(routes=[Route("/{path:path}", complete, methods=["POST"])])) as url:
        model = OpenAiChatModel(address("openai", url))
        for _ in range(3):
            await answer(model, ask("hello"))
        await model.close()
    assert len(came) == 3
    assert len(set(came)) == 1


# -- deployments that do not take everything ------------------------------------------------------


class Picky:
    """A host whose deployment refuses some parameters, in the words of Azure or of others."""

    def __init__(self) -> None:
        self.refuses: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, Any]] = []

    async def complete(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body)
        for name, error in self.refuses.items():
            if name in body:
                return JSONResponse({"error": error}, 400)
        said = '{"choices":[{"index":0,"delta":{"content":"Hello."},"finish_reason":"stop"}]}'
        return Response(f"data: {said}\n\ndata: [DONE]\n\n", media_type="text/event-stream")


def unsupported(name: str, instead: str = "") -> dict[str, Any]:
    message = f"Unsupported parameter: '{name}' is not supported with this model. {instead}"
    return {"message": message, "type": "invalid_request_error", "param": name, "code": "unsupported_parameter"}


@pytest.fixture
async def picky() -> AsyncIterator[tuple[Picky, OpenAiChatModel]]:
    host = Picky()
    app = Starlette(routes=[Route("/v1/chat/completions", host.complete, methods=["POST"])])
    async with serving(app) as url:
        made = OpenAiChatModel(ModelAddress(base_url=f"{url}/v1", api_key="k", first_token_s=10.0))
        yield host, made
        await made.close()


ALL = {"deployment": "contoso-chat-prod", "max_tokens": 250, "temperature": 0.3, "reasoning_effort": "low"}


@pytest.mark.parametrize(
    ("refuses", "sent"),
    [
        (
            {"max_tokens": unsupported("max_tokens", "Use 'max_completion_tokens' instead.")},
            {"max_completion_tokens": 250, "temperature": 0.3},
        ),
        (
            {
                "max_tokens": unsupported("max_tokens", "Use 'max_completion_tokens' instead."),
                "temperature": {
                    "message": "Unsupported value: 'temperature' does not support 0.3 with this model. Only the "
                    "default (1) value is supported.", "param": "temperature", "code": "unsupported_value",
                },
            },
            {"max_completion_tokens": 250},
        ),
        (
            {"temperature": {"message": "Unrecognized request argument supplied: temperature", "param": None}},
            {"max_tokens": 250},
        ),
        ({"max_tokens": unsupported("max_tokens"), "max_completion_tokens": unsupported("max_completion_tokens")},
         {"temperature": 0.3}),
        ({"stream_options": {"message": "stream_options: Extra inputs are not permitted"}},
         {"max_tokens": 250, "temperature": 0.3}),
    ],
)  # fmt: skip
async def test_what_a_deployment_does_not_take_is_learnt_once(
    picky: tuple[Picky, OpenAiChatModel],
    refuses: dict[str, Any],
    sent: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    host, model = picky
    host.refuses = refuses
    request = ask("hello", **ALL)
    assert [e.text for e in await answer(model, request) if isinstance(e, TextDelta)] == ["Hello."]
    tries = len(host.asked)
    assert tries == 1 + len(refuses)
    assert len([r for r in caplog.records if "contoso-chat-prod does not take" in r.getMessage()]) == len(refuses)
    await answer(model, request)
    assert len(host.asked) == tries + 1
    names = {"max_tokens", "max_completion_tokens", "temperature", "reasoning_effort"}
    assert {name: value for name, value in host.asked[-1].items() if name in names} == sent
    assert (model.stats()["retries"], model.stats()["fallbacks"]) == (0, 0)


async def test_a_reasoning_model_that_refuses_its_effort_is_asked_without(picky: tuple[Picky, OpenAiChatModel]) -> None:
    host, model = picky
    host.refuses = {"reasoning_effort": unsupported("reasoning_effort")}
    await answer(model, ask("hello", **(ALL | {"deployment": "o1-mini"})))
    assert "reasoning_effort" not in host.asked[-1]
    assert host.asked[-1]["max_completion_tokens"] == 250


async def test_a_value_that_is_too_large_is_no_parameter_that_is_unknown(
    picky: tuple[Picky, OpenAiChatModel],
) -> None:
    host, model = picky
    host.refuses = {
        "max_tokens": {"message": "max_tokens is too large: 250.", "param": "max_tokens", "code": "invalid"}
    }
    with pytest.raises(ProviderRejected):
        await answer(model, ask("hello", **ALL))
    assert len(host.asked) == 1


async def test_what_a_deployment_does_not_take_is_known_and_said_before_a_caller_waits(
    picky: tuple[Picky, OpenAiChatModel], caplog: pytest.LogCaptureFixture
) -> None:
    host, model = picky
    host.refuses = {"max_tokens": unsupported("max_tokens")}
    await model.get_to_know(ask("hello", **(ALL | {"fallback": ("spare",)})))
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        f"deployment {name} does not take max_tokens; max_completion_tokens is sent in its place"
        for name in ("contoso-chat-prod", "spare")
    ]
    tries = len(host.asked)
    await answer(model, ask("hello", **ALL))
    assert len(host.asked) == tries + 1
    assert model.stats()["answers"] == 1


async def test_a_deployment_that_is_not_there_is_said_at_the_start(
    picky: tuple[Picky, OpenAiChatModel], caplog: pytest.LogCaptureFixture
) -> None:
    host, model = picky
    host.refuses = {"model": {"message": "The API deployment for this resource does not exist.", "code": "NotFound"}}
    await model.get_to_know(ask("hello", **ALL))
    assert "deployment contoso-chat-prod does not answer" in caplog.records[-1].getMessage()
