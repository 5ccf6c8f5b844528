"""Bad frames on a media socket: a call goes on over fifty of them, and one that sends nothing else is closed."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import pytest

from backend.adapters.acs.media_link import AcsMediaLink
from backend.domain.audio import AudioFormat
from backend.protocol.acs_media import audio_frame

METADATA = {
    "kind": "AudioMetadata",
    "audioMetadata": {"subscriptionId": "s", "encoding": "PCM", "sampleRate": 16000, "channels": 1, "length": 640},
}
BAD: dict[str, Any] = {
    "no json": "{",
    "not an object": "[]",
    "no data": json.dumps({"kind": "AudioData"}),
    "no base64": json.dumps({"kind": "AudioData", "audioData": {"data": "%%%"}}),
    "639 bytes": audio_frame(bytes(639)).decode(),
    "642 bytes": audio_frame(bytes(642)).decode(),
    "a frame of 24 kHz": audio_frame(bytes(960)).decode(),
    "10,000 levels": "[" * 10_000,
    "a huge number": '{"kind": ' + "9" * 5000 + "}",
    "half of a character": '{"kind": "\\ud800"}',
    "binary": None,
}


class Ear:
    """A sink."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []

    def on_audio(self, pcm: bytes) -> None:
        self.heard.append(pcm)

    def on_tone(self, tone: str) -> None:
        raise AssertionError(tone)


async def spoken_to(*texts: Any) -> tuple[list[bytes], list[MutableMapping[str, Any]]]:
    """What is heard of these frames, and what the service is sent."""
    coming = iter(texts)

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.sleep(0)  # as a real socket does between frames
        try:
            return {"type": "websocket.receive", "text": next(coming)}
        except StopIteration:
            return {"type": "websocket.disconnect"}

    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    ear = Ear()
    await AcsMediaLink(receive, send, AudioFormat(16_000)).receive(ear)
    return ear.heard, sent


@pytest.mark.parametrize("name", BAD)
async def test_a_call_goes_on_over_fifty_bad_frames_and_no_further(name: str) -> None:
    good = audio_frame(b"\x01" * 640).decode()
    heard, sent = await spoken_to(*[BAD[name]] * 50, good)
    assert (heard, sent) == ([b"\x01" * 640], [])
    _, sent = await spoken_to(*[BAD[name]] * 51)
    assert sent == [{"type": "websocket.close", "code": 1007}]


async def test_metadata_twice_changes_nothing() -> None:
    heard, sent = await spoken_to(json.dumps(METADATA), audio_frame(bytes(640)).decode(), json.dumps(METADATA))
    assert (len(heard), sent) == (1, [])
