"""The media socket of ACS and that of a softphone keep the same promises."""

import asyncio
import json
from base64 import b64decode, b64encode
from typing import Any

import pytest
from media_link_suite import MediaLinkSuite

from backend.adapters.acs.media_link import AcsMediaLink
from backend.adapters.softphone.media_link import SoftphoneLink
from backend.domain.audio import PCM_16K


class Socket:
    """The far end of a socket, as ASGI has it."""

    def __init__(self) -> None:
        self.incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    def text(self, message: dict[str, Any] | str) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        self.incoming.put_nowait({"type": "websocket.receive", "text": text})

    def leave(self) -> None:
        self.incoming.put_nowait({"type": "websocket.disconnect", "code": 1006})


class AcsStage(Socket):
    def __init__(self) -> None:
        super().__init__()
        self.link = AcsMediaLink(self.incoming.get, self.send, PCM_16K)

    def speak(self, pcm: bytes) -> None:
        data = {"data": b64encode(pcm).decode(), "timestamp": "2026-01-01T00:00:00Z", "silent": False}
        self.text({"kind": "AudioData", "audioData": data})

    def press(self, key: str) -> None:
        self.text({"kind": "DtmfData", "dtmfData": {"data": key}})

    def spoil(self) -> None:
        self.text("nonsense")

    def played(self) -> list[bytes | str]:
        frames = [json.loads(one["text"]) for one in self.sent]
        return [b64decode(one["audioData"]["data"]) if one["kind"] == "AudioData" else "stop" for one in frames]


class SoftphoneStage(Socket):
    def __init__(self) -> None:
        super().__init__()
        self.link = SoftphoneLink(self.incoming.get, self.send, PCM_16K)

    def speak(self, pcm: bytes) -> None:
        self.incoming.put_nowait({"type": "websocket.receive", "bytes": pcm})

    def press(self, key: str) -> None:
        self.text({"type": "key", "key": key})

    def spoil(self) -> None:
        self.text("nonsense")

    def played(self) -> list[bytes | str]:
        return [one.get("bytes", "stop") for one in self.sent]


class TestAcs(MediaLinkSuite):
    @pytest.fixture
    async def stage(self) -> AcsStage:
        return AcsStage()


class TestSoftphone(MediaLinkSuite):
    @pytest.fixture
    async def stage(self) -> SoftphoneStage:
        return SoftphoneStage()
