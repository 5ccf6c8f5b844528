"""The browser's end of a socket, as ASGI has it."""

import asyncio
import json
from typing import Any

from backend.adapters.softphone.media_link import SoftphoneLink
from backend.domain.audio import PCM_16K, AudioFormat

VOICE, SILENCE = b"\x01\x02" * 320, bytes(640)


class BrowserSocket:
    """What the browser sends is put in; what it is sent is kept."""

    def __init__(self) -> None:
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []
        self.broken = False

    def link(self, audio: AudioFormat = PCM_16K, *, muted: bool = False) -> SoftphoneLink:
        return SoftphoneLink(self._in.get, self.send, audio, muted=muted)

    async def receive(self) -> dict[str, Any]:
        return await self._in.get()

    async def send(self, message: Any) -> None:
        if self.broken:
            raise OSError("gone")
        self.sent.append(message)

    def says(self, kind: str, **told: Any) -> None:
        self._in.put_nowait({"type": "websocket.receive", "text": json.dumps({"type": kind} | told)})

    def speaks(self, pcm: bytes) -> None:
        self._in.put_nowait({"type": "websocket.receive", "bytes": pcm})

    def goes(self) -> None:
        self._in.put_nowait({"type": "websocket.disconnect", "code": 1006})

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(one["text"]) for one in self.sent if one.get("text")]

    @property
    def closed(self) -> tuple[int, str] | None:
        return next(((one["code"], one["reason"]) for one in self.sent if one["type"] == "websocket.close"), None)


class Sink:
    """Keeps what a caller does."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.tones: list[str] = []

    def on_audio(self, pcm: bytes) -> None:
        self.frames.append(pcm)

    def on_tone(self, tone: str) -> None:
        self.tones.append(tone)
