"""The caller's ear and mouth: an ACS media socket, a LiveKit room, a browser, a test."""

from typing import Protocol, runtime_checkable

from backend.domain.audio import AudioFormat

__all__ = ["Delayed", "MediaLink", "MediaSink"]


class MediaSink(Protocol):
    """Where a link delivers what the caller does. Called 50 times a second, so plain functions."""

    def on_audio(self, pcm: bytes) -> None:
        """One frame of the caller's voice, silence included, in the link's format."""
        ...

    def on_tone(self, tone: str) -> None:
        """A key was pressed: one of ``0-9 * # A-D``."""
        ...


class MediaLink(Protocol):
    """The caller's ear and mouth: an ACS media socket, a LiveKit room, a browser, a test."""

    @property
    def audio(self) -> AudioFormat:
        """Format of both directions."""
        ...

    async def receive(self, sink: MediaSink) -> None:
        """Deliver to ``sink`` until the far end goes away, then return. One caller at a time."""
        ...

    async def send_audio(self, pcm: bytes) -> None:
        """Send one 20 ms frame. Up to its first wait there is no task: ``asyncio.timeout`` would not work.

        Raises:
            Unavailable: the link is gone.
        """
        ...

    async def stop_audio(self) -> None:
        """Throw away what was sent but not yet heard. Silent when the link is gone."""
        ...

    async def close(self) -> None:
        """Close the link; ``receive`` returns. Safe to call twice."""
        ...


@runtime_checkable
class Delayed(Protocol):
    """A media link whose far end tells how late it plays what it is sent."""

    @property
    def delay_ms(self) -> float:
        """So many milliseconds after it was due, a voice is heard."""
        ...
