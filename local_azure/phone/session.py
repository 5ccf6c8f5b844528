"""The phone's WebSocket ``/emulator/phone``: a persona is sent in, the call is watched, the recording fetched.

The client's first message is ``{"op": "dial", "to", "from", "persona": {...}, "wavs": {name: base64}, "limit"}``;
later ones may be ``{"op": "press", "tones"}``, ``{"op": "say", "text"}`` and ``{"op": "hang_up"}``. Without a persona
the client itself does the talking. Each event of the phone is sent as it happens; the last message is ``report``.
"""

import asyncio
import base64
import binascii
import contextlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from local_azure.background import Background
from local_azure.phone.caller import CallLimits, CallReport, PersonaCaller
from local_azure.phone.desk import Desk
from local_azure.phone.dialogue import PhoneEvent
from local_azure.phone.persona import Persona, PersonaError, persona_of
from local_azure.phone.phone import Phone

__all__ = ["PhoneSessions"]

_FIRST_SECONDS = 30.0
_QUEUE = 1000
_KEPT = 10


class _Dial(BaseModel):
    op: str
    to: str
    caller: str = Field(default="+12065550123", alias="from")
    persona: dict[str, Any] | None = None
    wavs: dict[str, str] = Field(default_factory=dict[str, str])
    limit: float = Field(default=300.0, gt=0, le=3600)
    headers: dict[str, str] = Field(default_factory=dict[str, str])
    ear: str = Field(default="book", pattern="^(book|sphinx)$")
    via: str = Field(default="acs", pattern="^(acs|livekit)$")


class PhoneSessions:
    """Serves the WebSocket and keeps the latest recordings."""

    def __init__(self, desk: Desk, background: Background) -> None:
        self._desk = desk
        self._background = background
        self._recordings: OrderedDict[str, bytes] = OrderedDict()

    def routes(self) -> list[BaseRoute]:
        """The socket, and where its recordings are."""
        return [
            WebSocketRoute("/emulator/phone", self._serve),
            Route("/emulator/phone/recordings/{recording_id}", self._recording),
        ]

    async def _recording(self, request: Request) -> Response:
        wav = self._recordings.get(request.path_params["recording_id"])
        if wav is None:
            return JSONResponse({"error": "no such recording"}, 404)
        return Response(wav, media_type="audio/wav")

    async def _serve(self, socket: WebSocket) -> None:
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            try:
                async with asyncio.timeout(_FIRST_SECONDS):
                    dial = _Dial.model_validate_json(await socket.receive_text())
                persona = _persona(dial)
                self._desk.require(dial.via)
            except (ValidationError, PersonaError, TimeoutError) as error:
                await socket.send_json({"event": "error", "message": str(error) or "nothing was dialled"})
                await socket.close(1008)
                return
            await self._call(socket, dial, persona)

    async def _call(self, socket: WebSocket, dial: _Dial, persona: Persona | None) -> None:
        events: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_QUEUE)

        def note(event: PhoneEvent) -> None:
            if not events.full():
                events.put_nowait(event.as_json())

        words = self._desk.by_ear if dial.ear == "sphinx" else None
        phone = self._desk.dial(dial.to, caller=dial.caller, headers=dial.headers, words=words, via=dial.via)
        phone.listeners.append(note)
        limits = CallLimits(call=dial.limit)
        talk = self._background.spawn(_talk(phone, persona, limits), "phone-session")
        obey = self._background.spawn(self._obey(socket, phone), "phone-commands")
        try:
            while not (talk.done() and events.empty()):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await socket.send_json(await events.get())
            if talk.cancelled():  # the local Azure ends
                await socket.close(1001)
                return
            report = await talk
            await socket.send_json({"event": "report", "recording": self._keep(phone), **report.as_json()})
            await socket.close()
        finally:
            obey.cancel()
            await phone.close()

    def _keep(self, phone: Phone) -> str:
        recording_id = uuid4().hex
        self._recordings[recording_id] = phone.recording()
        while len(self._recordings) > _KEPT:
            self._recordings.popitem(last=False)
        return recording_id

    async def _obey(self, socket: WebSocket, phone: Phone) -> None:
        try:
            while True:
                await _command(await socket.receive_json(), phone)
        except (WebSocketDisconnect, RuntimeError):
            phone.hang_up()
        except (ValueError, TypeError):
            phone.hang_up()


async def _command(message: Mapping[str, Any], phone: Phone) -> None:
    operation = message.get("op")
    if operation == "press":
        phone.press(str(message.get("tones", "")))
    elif operation == "say":
        await phone.say_text(str(message.get("text", "")))
    elif operation == "hang_up":
        phone.hang_up()


async def _talk(phone: Phone, persona: Persona | None, limits: CallLimits) -> CallReport:
    if persona is not None:
        return await PersonaCaller(phone, persona, limits).run()
    report = CallReport()
    try:
        await phone.until_ended(limits.call)
    except TimeoutError:
        report.ended_by = "limit"
        phone.hang_up()
    report.connection_id = phone.connection_id
    report.turns = [turn.as_json() for turn in phone.turns if turn.caller or turn.said]
    return report


def _persona(dial: _Dial) -> Persona | None:
    if dial.persona is None:
        return None
    try:
        sounds = {name: base64.b64decode(content, validate=True) for name, content in dial.wavs.items()}
    except binascii.Error as error:
        raise PersonaError(f"wavs: not base64: {error}") from error
    return persona_of(dial.persona, sounds)
