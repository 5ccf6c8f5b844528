"""This worker's heartbeat: it says that it lives, and looks for calls whose owner does not."""

import asyncio
import logging

from backend.domain.call_context import bound
from backend.domain.exchange import CallRoute
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.adoption import Adoption, context_of
from backend.engine.desk.call_desk import CallDesk
from backend.errors import CallNotFound, CallRefused, SessionLost
from backend.ports import Exchange

__all__ = ["Heartbeat"]

log = logging.getLogger(__name__)

_MISSED_BEATS = 2


class Heartbeat:
    """Beats until it is closed; without Redis it goes on trying.

    Args:
        desk: the calls that are here; is told of the other workers, and of calls that it has lost.
        exchange: knows the other workers.
        adoption: takes calls that nobody has.
        every_s: pause between two beats.
    """

    def __init__(self, desk: CallDesk, exchange: Exchange, adoption: Adoption, every_s: float) -> None:
        self._desk, self._exchange, self._adoption = desk, exchange, adoption
        self._every_s = every_s
        self._task: asyncio.Task[None] | None = None
        self._recovering: dict[str, asyncio.Task[None]] = {}
        self._missed = 0
        self.away = False
        """Is Redis away?"""

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._keep_beating(), name="beat")

    async def close(self) -> None:
        """Stop; what is being taken over is left to the others."""
        await end_tasks([*([self._task] if self._task else []), *self._recovering.values()])

    async def _keep_beating(self) -> None:
        while True:
            try:
                await self._beat_once()
                if self.away:
                    log.info("Redis answers again", extra={"event": "redis.back"})
                self.away, self._missed = False, 0
            except SessionLost as error:
                self._miss(error)
            except Exception:  # the edge of the task: a worker without a beat loses its calls
                log.exception("worker heartbeat failed", extra={"event": "worker.beat_broke"})
            await asyncio.sleep(self._every_s)

    def _miss(self, error: SessionLost) -> None:
        """One beat may be late where a process has just begun and is busy; with the next one Redis is away."""
        self._missed += 1
        if self._missed == _MISSED_BEATS:
            log.error(
                "Redis does not answer; calls continue from memory", extra={"event": "redis.away", "code": error.code}
            )
            self.away = True

    async def _beat_once(self) -> None:
        beat = await self._exchange.beat(self._desk.load())
        self._desk.calls.elsewhere = beat.others
        for ring in beat.lost:
            await self._desk.lose(ring.token)
        if self._desk.draining and any(not load.draining for load in beat.others.values()):
            return  # those who stay take them
        for ring in beat.abandoned:
            self._recover(ring)

    def _recover(self, ring: CallRoute) -> None:
        """Take over a call that nobody has; the beat does not wait for it."""
        if ring.token in self._recovering:
            return
        task = self._recovering[ring.token] = asyncio.create_task(self._take_abandoned(ring), name="recover")
        task.add_done_callback(lambda _: self._recovering.pop(ring.token, None))

    async def _take_abandoned(self, ring: CallRoute) -> None:
        with bound(context_of(ring)):
            await self._try_to_take(ring)

    async def _try_to_take(self, ring: CallRoute) -> None:
        try:
            await self._adoption.ask_for(ring, ask_for_media=True)
        except (CallNotFound, CallRefused, SessionLost) as error:
            log.info(
                "abandoned call was not taken over",
                extra={"event": "call.not_taken_over", "call_id": ring.call_id, "why": str(error)},
            )
        except Exception:  # the edge of the task: one lost call takes no other with it
            log.exception(
                "call recovery failed unexpectedly", extra={"event": "call.recovery_broke", "call_id": ring.call_id}
            )
