"""What every media link over a socket promises, whatever its wire."""

import asyncio
from typing import Protocol

import pytest

from backend.errors import Unavailable
from backend.ports import MediaLink

__all__ = ["FRAME", "Heard", "LinkStage", "MediaLinkSuite"]

FRAME = bytes(range(1, 129)) * 5


class Heard:
    """Keeps what a caller does."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.tones: list[str] = []

    def on_audio(self, pcm: bytes) -> None:
        self.frames.append(pcm)

    def on_tone(self, tone: str) -> None:
        self.tones.append(tone)


class LinkStage(Protocol):
    """A link, and the far end of it."""

    link: MediaLink

    def speak(self, pcm: bytes) -> None:
        """The caller is heard."""
        ...

    def press(self, key: str) -> None:
        """The caller presses a key."""
        ...

    def spoil(self) -> None:
        """The far end sends what is no frame of the protocol."""
        ...

    def leave(self) -> None:
        """The far end is gone."""
        ...

    def played(self) -> list[bytes | str]:
        """What the far end was sent: frames, and ``stop``."""
        ...


class MediaLinkSuite:
    """The contract; subclasses give a ``stage`` at 16 kHz."""

    async def test_what_the_caller_does_is_delivered_in_order_and_only_once(self, stage: LinkStage) -> None:
        heard = Heard()
        receiving = asyncio.create_task(stage.link.receive(heard))
        stage.speak(FRAME)
        stage.press("5")
        stage.spoil()
        stage.speak(FRAME[::-1])
        stage.leave()
        await asyncio.wait_for(receiving, 5)
        assert heard.frames == [FRAME, FRAME[::-1]] and heard.tones == ["5"]

    async def test_frames_go_out_in_order_and_are_called_back(self, stage: LinkStage) -> None:
        await stage.link.send_audio(FRAME)
        await stage.link.send_audio(FRAME[::-1])
        await stage.link.stop_audio()
        assert stage.played() == [FRAME, FRAME[::-1], "stop"]

    async def test_receive_returns_when_the_link_is_closed_here(self, stage: LinkStage) -> None:
        receiving = asyncio.create_task(stage.link.receive(Heard()))
        await asyncio.sleep(0)
        await stage.link.close()
        await stage.link.close()
        stage.leave()  # as the far end answers a close
        await asyncio.wait_for(receiving, 5)

    async def test_nothing_can_be_sent_when_the_far_end_is_gone(self, stage: LinkStage) -> None:
        stage.leave()
        await asyncio.wait_for(stage.link.receive(Heard()), 5)
        with pytest.raises(Unavailable):
            await stage.link.send_audio(FRAME)
        await stage.link.stop_audio()
        await stage.link.close()

    async def test_frames_are_those_of_its_format(self, stage: LinkStage) -> None:
        assert stage.link.audio.frame_bytes == len(FRAME) == 640
