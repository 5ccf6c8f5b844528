"""Captions in a LiveKit room, as LiveKit's own components expect them (docs.livekit.io, "Text and transcriptions").

What the agent says is one text stream a segment, written on as it is heard; what the caller says is sent whole each
time, in their name. ``lk.agent.state`` says what the agent does. What the caller writes comes by the topic ``lk.chat``.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from backend.adapters.livekit.room import STANDARD, CallRoom
from backend.errors import ProviderError
from backend.ports.captions import AgentState

__all__ = ["CHAT", "STATE", "TRANSCRIPTION", "RoomCaptions", "TextRoom", "TextWriter"]

log = logging.getLogger(__name__)

TRANSCRIPTION, CHAT = "lk.transcription", "lk.chat"
STATE = "lk.agent.state"
_SEGMENT, _TRACK, _FINAL = "lk.segment_id", "lk.transcribed_track_id", "lk.transcription_final"
_MOST_WAITING = 50


class TextWriter(Protocol):
    """A text stream that is open."""

    async def write(self, text: str) -> None:
        """Some more."""
        ...

    async def aclose(self, *, attributes: dict[str, str] | None = None) -> None:
        """The end of it."""
        ...


@runtime_checkable
class TextRoom(Protocol):
    """A room in which text can be sent. Everything raises ``ProviderError`` where it cannot."""

    def voice(self) -> str:
        """Id of our own voice in the room; empty while there is none."""
        ...

    async def open_text(self, topic: str, attributes: Mapping[str, str], sender: str) -> TextWriter:
        """Begin a text stream in somebody's name; empty: in ours."""
        ...

    async def set_attribute(self, name: str, value: str) -> None:
        """Let everybody know something of us."""
        ...

    def on_text(self, topic: str, told: Callable[[str, str], None]) -> None:
        """Have what comes by a topic told, with the identity of who sent it."""
        ...


@dataclass(frozen=True, slots=True)
class _Caption:
    segment: str
    text: str = field(repr=False)
    final: bool
    sender: str = field(default="", repr=False)
    """Empty: the agent."""
    track: str = ""


class RoomCaptions:
    """``Captions`` in a room. What is new waits in order; of a segment only the latest does."""

    def __init__(self, room: CallRoom, texts: TextRoom) -> None:
        self._room = room
        self._texts = texts
        self._caller = ""
        self._track = ""
        self._told: Callable[[str], None] | None = None
        self._waiting: dict[str, _Caption | AgentState] = {}
        self._more = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._open: tuple[str, TextWriter, str] | None = None
        """The segment of the agent that is under way, its stream, and what was written."""

    def of(self, caller: str) -> None:
        """Who the caller is."""
        self._caller = caller

    def heard_by(self, track: str) -> None:
        """Which microphone they are heard by."""
        self._track = track

    @property
    def watched(self) -> bool:
        """Is there anybody but phones and agents?"""
        return any(who.kind == STANDARD for who in self._room.people)

    def state(self, state: AgentState) -> None:
        """The agent does something else now."""
        self._wait("state", state)

    def caller(self, segment: str, text: str, *, final: bool) -> None:
        """The caller is understood to have said this so far."""
        self._wait(segment, _Caption(segment, text, final, self._caller, self._track))

    def agent(self, segment: str, text: str, *, final: bool) -> None:
        """So much of what the agent says has been heard."""
        self._wait(segment, _Caption(segment, text, final))

    def on_written(self, told: Callable[[str], None]) -> None:
        """Have what the caller writes told from now on."""
        if self._told is None:
            self._texts.on_text(CHAT, self._written)
        self._told = told

    def close(self) -> None:
        """Send no more."""
        self._told = _nobody
        if self._task is not None:
            self._task.cancel()

    def _written(self, text: str, sender: str) -> None:
        """Only the caller speaks with the agent; others in the room are not listened to, and not read either."""
        if sender == self._caller and self._told is not None:
            self._told(text)

    def _wait(self, what: str, caption: "_Caption | AgentState") -> None:
        if len(self._waiting) >= _MOST_WAITING and what not in self._waiting:
            return
        self._waiting[what] = caption
        self._more.set()
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._send(), name="room-captions")

    async def _send(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                caption = self._waiting.pop(next(iter(self._waiting)))
                try:
                    await self._send_one(caption)
                except ProviderError as error:
                    self._open = None
                    log.info("a caption was lost", extra={"event": "livekit.caption_lost", "code": error.code})

    async def _send_one(self, caption: "_Caption | AgentState") -> None:
        if isinstance(caption, str):
            await self._texts.set_attribute(STATE, caption)
        elif caption.sender:
            stream = await self._texts.open_text(TRANSCRIPTION, _attributes(caption, caption.track), caption.sender)
            await stream.write(caption.text)
            await stream.aclose()
        else:
            await self._go_on(caption)

    async def _go_on(self, caption: _Caption) -> None:
        """Write what is new of the agent's words; a segment that a newer one has overtaken is ended."""
        if self._open is not None and self._open[0] != caption.segment:
            await self._open[1].aclose(attributes={_FINAL: "true"})
            self._open = None
        if self._open is None:
            begun = _Caption(caption.segment, "", final=False)
            attributes = _attributes(begun, self._texts.voice())
            self._open = caption.segment, await self._texts.open_text(TRANSCRIPTION, attributes, ""), ""
        segment, stream, written = self._open
        if caption.text.startswith(written) and (new := caption.text[len(written) :]):
            await stream.write(new)
            self._open = segment, stream, caption.text
        if caption.final:
            await stream.aclose(attributes={_FINAL: "true"})
            self._open = None


def _attributes(caption: _Caption, track: str) -> dict[str, str]:
    told = {_SEGMENT: caption.segment, _FINAL: str(caption.final).lower()}
    return told | ({_TRACK: track} if track else {})


def _nobody(_: str) -> None:
    """The call is over."""
