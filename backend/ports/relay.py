"""Carries sound from worker to worker while somebody listens in or takes over (Redis)."""

from collections.abc import AsyncGenerator
from typing import Protocol

__all__ = ["Relay"]


class Relay(Protocol):
    """Carries sound from worker to worker. What comes too late is lost: it is a voice, and not a record.

    A topic is one call and one direction. Bodies are sealed on their way, and kept nowhere.
    """

    def tell(self, topic: str, body: bytes) -> None:
        """Say something to whoever listens. Never waits and never raises; of what cannot go out the oldest is lost."""
        ...

    def told(self, topic: str) -> AsyncGenerator[bytes, None]:
        """What is said on a topic, until it is closed; goes on by itself where the way to Redis was away."""
        ...
