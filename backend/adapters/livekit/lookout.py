"""Looks out for callers whom nobody answers: every few seconds, and at once where there is reason to."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from backend.adapters.livekit.waiting import WaitingRooms
from backend.errors import RingmasterError

__all__ = ["Lookout"]

log = logging.getLogger(__name__)

_ROUND_S = 2.5
"""From one round to the next. Who waits at two in a row is called for: after 2 to 6 seconds, and a call that is being
answered takes less than one. Each round is one request while nobody waits, and LiveKit's cloud allows a thousand a
minute."""


class Lookout:
    """One look at a time, so that nobody is called for twice at once.

    Args:
        ready: can calls come to this worker? While they cannot, nobody is called for.
    """

    def __init__(self, waiting: WaitingRooms, ready: Callable[[], bool]) -> None:
        self._waiting = waiting
        self._ready = ready
        self._looking: asyncio.Task[None] | None = None
        self._round: asyncio.TimerHandle | None = None
        self._blind = self._closed = False

    def start(self) -> None:
        """Look from now on."""
        if not self._closed:
            pause_s = _ROUND_S * random.uniform(0.8, 1.2)  # noqa: S311 so that workers do not look in step
            self._round = asyncio.get_running_loop().call_later(pause_s, self._look_round)

    def _look_round(self) -> None:
        self.start()
        if self._ready() and (self._looking is None or self._looking.done()):
            self._begin(self._waiting.call_overdue)

    def look(self) -> None:
        """Look at once: somebody may have come while no worker was there."""
        if not self._closed:
            self._begin(self._waiting.call_again)

    async def close(self) -> None:
        """Look no more."""
        self._closed = True
        if self._round is not None:
            self._round.cancel()
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    def _begin(self, search: Callable[[], Awaitable[int]]) -> None:
        looking = self._look(search, self._looking)
        self._looking = asyncio.get_running_loop().create_task(looking, name="livekit-waiting")

    async def _look(self, search: Callable[[], Awaitable[int]], before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait({before})
        try:
            found = await search()
        except RingmasterError as error:
            if not self._blind:
                log.warning(
                    "could not look for callers waiting in LiveKit rooms",
                    extra={"event": "livekit.not_looked", "code": error.code},
                )
            self._blind = True
            return
        self._blind = False
        if found:
            log.info(
                "callers were waiting in LiveKit rooms; an agent was requested again",
                extra={"event": "livekit.waited", "rooms": found},
            )
