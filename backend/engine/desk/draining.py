"""Draining: a worker that must go lets its calls end, and leaves nobody without a word."""

import asyncio
import logging
import time

from backend.domain.ending import Ending
from backend.domain.tool import TransferToPerson
from backend.engine.desk.connecting import Connecting
from backend.engine.desk.registry import CallRegistry

__all__ = ["Draining"]

log = logging.getLogger(__name__)

_CLOSE_S = 3.0
_GOODBYE_S = 10.0
_TO_PERSON_S = 30.0
"""A person's phone rings for so long when this server must go."""
_WHY_PERSON = "the server has to go and the call was not over"
_GONE = Ending("failed", "the server went away")


class Draining:
    """Ends the calls of a worker, as gently as there is time for."""

    def __init__(self, registry: CallRegistry, connecting: Connecting) -> None:
        self._registry = registry
        self._connecting = connecting

    async def drain(self, limit_s: float) -> None:
        """Refuse new calls and wait for the live ones.

        Who still talks half a minute before the limit is connected with a person; where nobody takes them up by then,
        they are told that the call must end, and it is ended.
        """
        self._registry.draining = True
        began = time.monotonic()
        last_s = min(_TO_PERSON_S, limit_s / 2)
        if not await self._registry.emptied(limit_s - last_s):
            log.warning(
                "calls are still going on shortly before the end of DRAIN_SECONDS",
                extra={"event": "drain.limit", "live": len(self._registry)},
            )
            await self._give_to_people(last_s)
        log.info(
            "all calls have ended; the worker is drained",
            extra={"event": "drain.done", "seconds": round(time.monotonic() - began, 1)},
        )

    async def close(self) -> None:
        """End everything now."""
        self._registry.draining = True
        await self._end_all()
        try:
            async with asyncio.timeout(_CLOSE_S):
                await self._registry.emptied(_CLOSE_S)
                await self._connecting.settle()
        except TimeoutError:
            log.warning("calls did not end in time", extra={"event": "drain.unfinished", "live": len(self._registry)})
        await self._connecting.close()

    async def _give_to_people(self, limit_s: float) -> None:
        for call in self._registry.all():
            call.to_person(TransferToPerson(_WHY_PERSON))
        if await self._registry.emptied(limit_s * 2 / 3):
            return
        for call in self._registry.all():
            call.transfer_result(accepted=False)  # it rings no longer: there must be time to say so
        if not await self._registry.emptied(limit_s / 3):
            await self._take_leave()
            await self._end_all()

    async def _take_leave(self) -> None:
        for call in self._registry.all():
            if call.talking:
                call.take_leave(call.orchestrator.phrases.giving_up, _GONE)
            else:
                await self._connecting.end_untalked(call, _GONE)
        await self._registry.emptied(_GOODBYE_S)

    async def _end_all(self) -> None:
        calls = self._registry.all()
        await asyncio.gather(*(self._connecting.end(call, _GONE) for call in calls), return_exceptions=True)
