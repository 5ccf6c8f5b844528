"""What a phone's owner says, frame by frame."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from local_azure.phone.loudness import is_loud

__all__ = ["Mouth", "Speech"]


@dataclass(slots=True)
class Speech:
    """Something to say. ``done`` is set when the last frame is on its way, or it was given up."""

    text: str = field(repr=False)
    pcm: bytes = field(repr=False)
    name: str = ""
    position: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)
    started_ms: float | None = None
    last_sound_ms: float = 0.0
    """When the last frame that can be heard ended; trailing silence does not count."""


class Mouth:
    """Says one thing after the other."""

    def __init__(self) -> None:
        self._waiting: deque[Speech] = deque()

    @property
    def speaking(self) -> Speech | None:
        """What is being said, or about to be."""
        return self._waiting[0] if self._waiting else None

    def say(self, speech: Speech) -> None:
        """Say it after what waits already."""
        self._waiting.append(speech)

    def hush(self) -> None:
        """Stop in the middle of the word."""
        while self._waiting:
            self._waiting.popleft().done.set()

    def next(self, frame_bytes: int, now_ms: float) -> tuple[bytes | None, Speech | None]:
        """The frame that begins at ``now_ms``, and the speech that ends with it, if one does."""
        if not self._waiting:
            return None, None
        speech = self._waiting[0]
        if speech.started_ms is None:
            speech.started_ms = now_ms
        frame = speech.pcm[speech.position : speech.position + frame_bytes].ljust(frame_bytes, b"\0")
        speech.position += frame_bytes
        if is_loud(frame):
            speech.last_sound_ms = now_ms + 20.0
        if speech.position < len(speech.pcm):
            return frame, None
        self._waiting.popleft()
        speech.done.set()
        return frame, speech
