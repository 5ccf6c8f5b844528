"""A colleague's visit: a person speaks with the caller over the line, and the agent is silent meanwhile."""

import asyncio
from typing import Literal

from backend.engine.speaking.playout import Playout

__all__ = ["PRESENT_S", "Visit", "VisitEnd"]

VisitEnd = Literal[
    "given_back",  # the colleague leaves the caller to the agent again
    "hung_up",  # the colleague ends the call
    "lost",  # nothing is heard of the colleague any more
    "call_over",  # the caller hung up, or the call goes on elsewhere
]

PRESENT_S = 2.5
"""A colleague of whom nothing came for so long is lost: a line is heard by the caller within three seconds."""
_MOST_LATE_MS = 400.0
"""What would be heard later than this is not said: two clocks are never the same, and a network stutters."""


class Visit:
    """One visit. Everything but ``over`` is a plain function that is called on the loop.

    Args:
        name: tells it from others.
        by: who it is, as the audit names them.
    """

    def __init__(self, name: str, by: str) -> None:
        self.name = name
        self.by = by
        self._loop = asyncio.get_running_loop()
        self._over: asyncio.Future[VisitEnd] = self._loop.create_future()
        self._playout: Playout | None = None
        self._here_at = self._loop.time()

    @property
    def speaks(self) -> bool:
        """Does the caller hear the colleague now?"""
        return self._playout is not None and not self._over.done()

    @property
    def ended(self) -> bool:
        """Is it over?"""
        return self._over.done()

    def begin(self, playout: Playout) -> None:
        """The agent has said its last words: what the colleague says is heard from now on."""
        self._playout = playout

    def say(self, pcm: bytes) -> None:
        """Some of the colleague's voice, in the format of the call. Before the visit has begun it is lost."""
        self.here()
        playout = self._playout
        if self.speaks and playout is not None and playout.queued_ms < _MOST_LATE_MS:
            playout.play(pcm)

    def here(self) -> None:
        """A sign of life."""
        self._here_at = self._loop.time()

    def end(self, how: VisitEnd) -> None:
        """It is over. The first end counts."""
        if not self._over.done():
            self._over.set_result(how)

    async def wait(self) -> None:
        """Return when it is over."""
        await asyncio.wait([self._over])

    async def wait_over(self, limit_s: float) -> VisitEnd | None:
        """How it ended; ``None`` where it goes on after ``limit_s`` seconds."""
        await asyncio.wait([self._over], timeout=limit_s)
        if not self._over.done() and self._loop.time() - self._here_at > PRESENT_S:
            self.end("lost")
        return self._over.result() if self._over.done() else None
