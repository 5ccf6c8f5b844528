"""Understands callers."""

from collections.abc import Callable
from typing import Protocol

from backend.domain.speech import RecognitionEvent, RecognitionOptions

__all__ = ["Recognition", "SpeechToText"]


class Recognition(Protocol):
    """One caller being listened to."""

    def write(self, pcm: bytes) -> None:
        """Hand over some audio. Never blocks; beyond a bound the oldest is dropped and counted."""
        ...

    async def close(self) -> None:
        """Stop listening; no event arrives after this returns. Safe to call twice."""
        ...


class SpeechToText(Protocol):
    """Understands callers."""

    async def open(self, options: RecognitionOptions, on_event: Callable[[RecognitionEvent], None]) -> Recognition:
        """Start listening. ``on_event`` is called on the event loop.

        Raises:
            PoolExhausted: nothing became free in time.
            ProviderError: the service did not come up within its limit.
        """
        ...
