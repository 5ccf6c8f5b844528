"""A softphone without a browser whose owner is a recorded caller: it speaks docs/softphone.md, answers, and listens."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from local_azure.phone.choice import Chooser
from local_azure.phone.loudness import is_loud
from local_azure.phone.persona import Persona, Utterance

__all__ = ["Heard", "SoftphoneCaller"]

_FRAME_S = 0.02
_FRAME = 640
_HEARD_OUT_S, _PERHAPS_S = 0.7, 3.0
"""The caller answers when the agent has been silent for so long; where nothing was asked, later."""
_AFTER_GOODBYE_S = 8.0
_PLAYED_S = 0.2
_GAP_S, _PAUSE_S = 0.06, 0.4
"""A voice that comes so much too late has a gap; one that comes later still has begun anew."""


@dataclass(slots=True)
class Heard:
    """What one softphone has lived through."""

    persona: str
    outcome: str = ""
    """Empty: the call went on when the time was over."""
    filed: bool = False
    said: int = 0
    answers_ms: list[float] = field(default_factory=list[float])
    """From the caller's last sound to the first of the answer, as the softphone had it."""
    waits_ms: list[float] = field(default_factory=list[float])
    """The same as the server tells it."""
    late_ms: list[float] = field(default_factory=list[float])
    """How much later than it was due a message with voice came, within one stretch of it."""
    broke: str = ""

    @property
    def gaps(self) -> int:
        """How often the voice fell silent where it should not have."""
        return sum(late > _GAP_S * 1000 for late in self.late_ms)


class SoftphoneCaller:
    """One call.

    Args:
        socket: a connection to ``/api/v1/realtime``.
        persona: who speaks.
        announce: told what is about to be said, samples and words.
    """

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, persona: Persona, announce: Callable[[bytes, str], None]
    ) -> None:
        self._socket = socket
        self._announce = announce
        self._chooser = Chooser(persona)
        self._now = asyncio.get_running_loop().time
        self._speech = b""
        self._spoke_at = self._plays_until = 0.0
        self._waits = False
        """Has the caller spoken, and nothing been heard since?"""
        self._received_s = 0.0
        self._segments: dict[str, str] = {}
        self._settled = ""
        self._goodbye_at = 0.0
        self.heard = Heard(persona.name)

    async def run(self, seconds: float) -> Heard:
        """Call, answer, and hang up when the call or the time is over."""
        await self._send(type="hello", line="insurance", rate=16_000)
        tasks = [asyncio.create_task(work()) for work in (self._listen, self._speak, self._answer, self._tell_played)]
        try:
            async with asyncio.timeout(seconds):
                await tasks[0]
        except TimeoutError:
            await self._send(type="bye")
        except (aiohttp.ClientError, ConnectionError) as error:
            self.heard.broke = type(error).__name__
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return self.heard

    async def _send(self, **told: Any) -> None:
        if not self._socket.closed:
            await self._socket.send_str(json.dumps(told))

    # -- what is heard ----------------------------------------------------------------------

    async def _listen(self) -> None:
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self._voice(len(message.data))
            elif message.type is aiohttp.WSMsgType.TEXT and self._told(json.loads(message.data)):
                return

    def _voice(self, size: int) -> None:
        now, late = self._now(), self._now() - self._plays_until
        if self._waits:
            self._waits = False
            self.heard.answers_ms.append((now - self._spoke_at) * 1000)
        elif late < _PAUSE_S:
            self.heard.late_ms.append(max(0.0, late * 1000))
        lasts = size / _FRAME * _FRAME_S
        self._received_s += lasts
        self._plays_until = max(self._plays_until, now) + lasts

    def _told(self, event: dict[str, Any]) -> bool:
        """One event; is the call over?"""
        match event["type"]:
            case "agent":
                self._segments[event["segment"]] = event["text"]
            case "clear":
                self._plays_until = self._now()
            case "form":
                self.heard.filed = self.heard.filed or event["status"] == "filed"
            case "turn":
                if (wait := (event["waits"] or {}).get("first_frame_ms")) is not None:
                    self.heard.waits_ms.append(wait)
            case "end":
                self.heard.outcome = event["outcome"]
                return True
            case "error":
                self.heard.broke = event["code"]
            case _:
                pass
        return False

    async def _tell_played(self) -> None:
        while True:
            await asyncio.sleep(_PLAYED_S)
            ahead = max(0.0, self._plays_until - self._now())
            await self._send(type="played", ms=round((self._received_s - ahead) * 1000))

    # -- what is said -----------------------------------------------------------------------

    async def _speak(self) -> None:
        """A frame each 20 ms, silent ones as well: a microphone that is on sends without a pause."""
        due = self._now()
        while not self._socket.closed:
            frame, self._speech = self._speech[:_FRAME].ljust(_FRAME, b"\0"), self._speech[_FRAME:]
            await self._socket.send_bytes(frame)
            if is_loud(frame):
                self._spoke_at, self._waits = self._now(), True
            due += _FRAME_S
            await asyncio.sleep(max(0.0, due - self._now()))

    async def _answer(self) -> None:
        while not self._goodbye_at or self._now() < self._goodbye_at + _AFTER_GOODBYE_S:
            await asyncio.sleep(0.1)
            silent = self._now() - self._plays_until
            text = " ".join(self._segments.values()).strip()
            if self._speech or self._waits or silent < _HEARD_OUT_S or not text or text == self._settled:
                continue
            await self._reply(text, silent)
        await self._send(type="bye")

    async def _reply(self, text: str, silent: float) -> None:
        reply = self._chooser.choose(text)
        if (reply.want == "perhaps" or not text.endswith((".", "?", "!"))) and silent < _PERHAPS_S:
            return
        self._settled = text
        opening = reply.want == "wait" and not self.heard.said and not reply.farewell
        utterance = self._chooser.opening() if opening else reply.utterance
        if utterance is not None and reply.keys:
            self._chooser.said(utterance)
            for key in reply.keys:
                await self._send(type="key", key=key)
        elif utterance is not None:
            await self._say(utterance)
        if reply.farewell:
            self._goodbye_at = self._now()

    async def _say(self, utterance: Utterance) -> None:
        text, pcm = utterance.form(self._chooser.times(utterance))
        self._chooser.said(utterance)
        self._segments.clear()
        self._settled = ""
        self.heard.said += 1
        if pcm:
            self._announce(pcm, text)
            self._speech = pcm
        else:  # nobody has recorded it
            await self._send(type="text", text=text)
