"""Operations: calls of all workers as they go, as server-sent events for pages that stay open.

Each event has a number; a page that lost its connection names the last one and gets what has changed since. An event
holds calls whole, so that a page which was away for long is right again with one of them.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from backend.api.access import Person, Services, still
from backend.api.audited import admitted
from backend.api.faults import fault_of
from backend.api.parameters import known_parameters
from backend.console.files import console_files
from backend.domain.live_call import LiveCall
from backend.domain.principal import Principal
from backend.engine.desk.live_board import LiveBoard, LiveView
from backend.errors import AuthError, RingmasterError, Unavailable

__all__ = ["router"]

_QUIET_S = 15.0
"""After such a silence something is sent, so that no proxy takes the connection for dead; and who looks is asked anew
whether they may."""
_RETRY_MS = 2000
_ENCODER = msgspec.json.Encoder()
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"enum": ["hello", "board", "calls", "bye"]},
        "id": {"type": "string"},
        "data": {"type": "string", "description": "JSON"},
        "retry": {"type": "integer"},
    },
}
"""One event, as documents of OpenAPI have it."""

router = APIRouter(tags=["calls"], dependencies=[admitted, Depends(known_parameters)])


class Events(StreamingResponse):
    """A stream of server-sent events."""

    media_type = "text/event-stream"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. However it ends, nobody is left who is told of calls."""
        assert isinstance(self.body_iterator, AsyncGenerator)
        async with aclosing(self.body_iterator):
            await super().__call__(scope, receive, send)


@router.get(
    "/api/v1/events",
    summary="Calls as they go",
    response_class=Events,
    responses={
        200: {"description": "the stream", "content": {Events.media_type: {"schema": _EVENT}}},
        401: fault_of("no key, or the wrong one"),
        503: fault_of("too many look already, or this one with too many pages"),
    },
)
async def events(
    request: Request,
    found: Services,
    person: Person,
    last_event_id: Annotated[str, Header(max_length=128, description="The id of the last event that came.")] = "",
) -> Events:
    """Server-sent events. `hello`: the server's version, the build of its pages. `board`: all live calls. `calls`:
    those that have changed, whole. `bye`: the stream ends, for a reason in `data`. An event's `id` goes on from there.
    """
    if found.live_board is None:
        raise Unavailable("calls", "this server shows no live calls")
    stream = _stream(request, found.live_board, person, last_event_id)
    first = await anext(stream)  # what refuses it is answered as everywhere
    return Events(_after(first, stream), headers={"X-Accel-Buffering": "no"})


async def _after(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    async with aclosing(rest):
        yield first
        async for one in rest:
            yield one


async def _stream(request: Request, board: LiveBoard, person: Principal, last: str) -> AsyncGenerator[bytes]:
    async with board.view(person.who) as view:
        yield _event("hello", {"build": console_files().build}, retry=True)
        number = board.number_of(last)
        newest, calls = board.since(number or 0)
        yield _event("board" if number is None else "calls", _seen(person, calls), board.id_of(newest))
        async with aclosing(_news(request, board, view, person)) as news:
            async for event in news:
                yield event


async def _news(request: Request, board: LiveBoard, view: LiveView, person: Principal) -> AsyncGenerator[bytes]:
    loop = asyncio.get_running_loop()
    asked = loop.time()
    while not view.closed:
        try:
            async with asyncio.timeout(_QUIET_S):
                number, calls = await view.next()
        except TimeoutError:
            number, calls = 0, ()
        if loop.time() - asked >= _QUIET_S:
            try:
                person, asked = await still(request), loop.time()
            except AuthError:
                yield _event("bye", {"why": "access"})
                return
            except RingmasterError:
                asked = loop.time()  # nobody can tell now, as at every other route: soon
        shown = _seen(person, calls)
        yield _event("calls", shown, board.id_of(number)) if shown else b": still here\n\n"
    yield _event("bye", {"why": "stopping"})


def _seen(person: Principal, calls: Iterable[LiveCall]) -> Sequence[LiveCall]:
    return [call for call in calls if person.sees(call.line)]


def _event(name: str, data: object, at: str = "", *, retry: bool = False) -> bytes:
    head = (f"retry: {_RETRY_MS}\n" if retry else "") + (f"id: {at}\n" if at else "")
    return f"{head}event: {name}\ndata: ".encode() + _ENCODER.encode(data) + b"\n\n"
