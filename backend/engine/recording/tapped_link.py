"""A media link whose both directions are heard by somebody else, too."""

from typing import Protocol

from backend.domain.audio import AudioFormat
from backend.ports import Delayed, MediaLink, MediaSink

__all__ = ["Listens", "TappedLink"]


class Listens(Protocol):
    """Who hears both sides of a call, frame by frame. Plain functions that neither wait nor raise."""

    def caller_sounds(self, pcm: bytes) -> None:
        """One frame of the caller has come."""
        ...

    def caller_presses(self) -> None:
        """The caller pressed a key."""
        ...

    def agent_sounds(self, pcm: bytes, late_s: float) -> None:
        """One frame is sent to the caller, who hears it after those before it, ``late_s`` after it is due."""
        ...

    def agent_stops(self) -> None:
        """What was sent and not yet heard will not be."""
        ...


class TappedLink:
    """``MediaLink`` that passes everything on. Whoever sends over it is heard: an agent, a tone, a colleague.

    Args:
        link: to the caller.
        listens: hears both sides.
    """

    def __init__(self, link: MediaLink, listens: Listens) -> None:
        self._link = link
        self._listens = listens
        self._delayed = link if isinstance(link, Delayed) else None

    @property
    def audio(self) -> AudioFormat:
        """Format of both directions."""
        return self._link.audio

    @property
    def delay_ms(self) -> float:
        """So many milliseconds after it was due, a voice is heard."""
        return self._delayed.delay_ms if self._delayed is not None else 0.0

    async def receive(self, sink: MediaSink) -> None:
        """Deliver to ``sink`` until the far end goes away, then return."""
        await self._link.receive(_TappedSink(sink, self._listens))

    async def send_audio(self, pcm: bytes) -> None:
        """Send one 20 ms frame."""
        await self._link.send_audio(pcm)
        self._listens.agent_sounds(pcm, self.delay_ms / 1000 if self._delayed is not None else 0.0)

    async def stop_audio(self) -> None:
        """Throw away what was sent but not yet heard."""
        self._listens.agent_stops()
        await self._link.stop_audio()

    async def close(self) -> None:
        """Close the link."""
        await self._link.close()


class _TappedSink:
    """Hears what a link delivers, behind whoever it is for: a caller's words wait for nothing."""

    def __init__(self, sink: MediaSink, listens: Listens) -> None:
        self._on_audio = sink.on_audio
        self._on_tone = sink.on_tone
        self._heard = listens.caller_sounds
        self._pressed = listens.caller_presses

    def on_audio(self, pcm: bytes) -> None:
        self._on_audio(pcm)
        self._heard(pcm)

    def on_tone(self, tone: str) -> None:
        self._pressed()
        self._on_tone(tone)
