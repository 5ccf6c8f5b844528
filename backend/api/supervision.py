"""Listening in on a live call, and taking it over, over one WebSocket each. docs/supervision.md has the protocol."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from fastapi import APIRouter, WebSocket

from backend.api.access import admit, services
from backend.api.audited import note_socket
from backend.api.call_socket import DONE, POLICY, CallSocket, Closed
from backend.api.known_live import known_live
from backend.api.request_limit import RequestLimit
from backend.api.scope import call_seen
from backend.domain.audio import FRAME_MS, AudioFormat
from backend.domain.overheard import Overheard
from backend.domain.principal import Principal
from backend.engine.desk.supervision import Supervision
from backend.engine.desk.taking_over import Seat
from backend.errors import CallRefused, RingmasterError

__all__ = ["router"]

_MOST_AHEAD = 100
"""Frames that a colleague may send ahead of time: what a network has held back for two seconds."""
_MOST_FRAMES = 10
"""Frames that may come in one binary message."""

router = APIRouter()


@router.websocket("/api/v1/calls/{call_id}/listen")
async def listen(websocket: WebSocket, call_id: str) -> None:
    """Hear a live call of any worker: its sound as binary messages, what there is to know of it as JSON."""
    person = await admit(websocket)  # the door has asked already, and refuses before this is reached
    await websocket.accept()
    socket = CallSocket(websocket)

    async def read() -> Closed:
        while await socket.receive() is not None:
            pass  # a page that listens has nothing to say
        return 0, ""

    try:
        async with (
            _let_in(websocket, socket, call_id, person) as supervision,
            supervision.listen(call_id, person.who) as ear,
        ):
            code, why = await socket.carry(ear, read, _about)
        if code:
            await socket.close(code, why)
    except RingmasterError as error:
        await socket.refuse(error)


@router.websocket("/api/v1/calls/{call_id}/take-over")
async def take_over(websocket: WebSocket, call_id: str) -> None:
    """Speak with the caller of a live call instead of its agent, from any worker."""
    person = await admit(websocket)
    await websocket.accept()
    socket = CallSocket(websocket)
    try:
        async with (
            _let_in(websocket, socket, call_id, person) as supervision,
            supervision.take_over(call_id, person.who) as seat,
        ):
            voice = _Voice(socket, seat)
            code, why = await socket.carry(seat.ear, voice.read, voice.about)
        if code:
            await socket.close(code, why)
    except RingmasterError as error:
        await socket.refuse(error)


@asynccontextmanager
async def _let_in(
    websocket: WebSocket, socket: CallSocket, call_id: str, person: Principal
) -> AsyncGenerator[Supervision]:
    """Once it is noted who it is."""
    found = services(websocket)
    limit: RequestLimit = websocket.app.state.request_limit
    limit.count(person.who)
    if found.supervision is None:
        raise CallRefused("this server lets nobody into its calls")
    socket.line = (await call_seen(found, person, call_id)).line
    await note_socket(websocket, person, call_id, socket.line)
    async with known_live(found, call_id):
        yield found.supervision


def _about(heard: Overheard) -> dict[str, Any]:
    return {"rate": heard.rate, "channels": 2, "hushed": heard.hushed, "colleague": bool(heard.colleague)}


class _Said(msgspec.Struct):
    """What a page of a colleague says: ``here``, ``give_back`` or ``hang_up``."""

    type: str


class _Voice:
    """What a colleague says and does in the page, and hears.

    Args:
        socket: of the page.
        seat: in the call.
    """

    def __init__(self, socket: CallSocket, seat: Seat) -> None:
        self._socket = socket
        self._seat = seat
        self._frame_bytes = 0
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._frames = 0

    def about(self, heard: Overheard) -> dict[str, Any] | None:
        """What the page is told: whether the caller hears them. A colleague hears the caller only, in both ears."""
        if self._seat.over(heard):
            return None
        self._frame_bytes = AudioFormat(heard.rate).frame_bytes
        return {"rate": heard.rate, "channels": 1, "hushed": heard.hushed, "speaking": self._seat.speaks(heard)}

    async def read(self) -> Closed:
        """Take what comes until they leave, by a button or by closing the page."""
        while (said := await self._socket.receive()) is not None:
            if isinstance(said, bytes):
                if not self._say(said):
                    return POLICY, "more came than time has passed for"
            elif (done := self._do(said)) is not None:
                return done
        return 0, ""

    def _say(self, pcm: bytes) -> bool:
        size = self._frame_bytes
        if not size or len(pcm) % size or not 0 < len(pcm) <= _MOST_FRAMES * size:
            return True  # before the first sound of the call nobody knows how it sounds
        self._frames += len(pcm) // size
        due = (self._loop.time() - self._began) * 1000 / FRAME_MS
        for at in range(0, len(pcm), size):
            self._seat.say(pcm[at : at + size])
        return self._frames <= due + _MOST_AHEAD

    def _do(self, text: str) -> Closed | None:
        try:
            said = msgspec.json.decode(text, type=_Said)
        except msgspec.DecodeError:
            return None
        match said.type:
            case "here":
                self._seat.here()
            case "give_back":
                self._seat.left_as = "given_back"
                return DONE, "the agent goes on with the caller"
            case "hang_up":
                self._seat.left_as = "hung_up"
                return DONE, "you ended the call"
            case _:
                return None
        return None
