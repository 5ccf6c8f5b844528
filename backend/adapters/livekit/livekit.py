"""LiveKit as a way in: the worker, its rooms, and their call control, made and closed together."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.agent_rooms import LiveKitAgentRooms
from backend.adapters.livekit.call_control import LiveKitCallControl
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.rooms import Desk, Rooms
from backend.adapters.livekit.sdk_audio import load_sdk
from backend.adapters.livekit.sdk_room import SdkRoom
from backend.adapters.livekit.server import LiveKitServer
from backend.adapters.livekit.waiting import WaitingRooms
from backend.adapters.livekit.worker import LiveKitWorker
from backend.domain.exchange import WorkerLoad
from backend.errors import ProviderError, RingmasterError
from backend.ports import HealthPart

__all__ = ["LiveKit"]

log = logging.getLogger(__name__)

_READY_S = 2.0
"""A start waits so long for jobs to be able to come, and goes on without: the server may be away."""
_AGAIN_S = 1.0
"""After a job that failed, before it is looked whether a phone rings on."""


class LiveKit:
    """One worker's part in a LiveKit server.

    Args:
        agent_name: jobs are dispatched to this name.
        default_line: of callers who dialled no number and for whom no line was named.
        trunk: outbound SIP trunk of calls whose line names none.
        public_url: where browsers and apps find the server.
    """

    def __init__(
        self, access: LiveKitAccess, agent_name: str, default_line: str, trunk: str = "", public_url: str = ""
    ) -> None:
        self._access = access
        self._agent_name = agent_name
        self.server = LiveKitServer(access)
        self._rooms = Rooms(access, SdkRoom, default_line, self.server.remove)
        self._worker: LiveKitWorker | None = None
        self._waiting = WaitingRooms(self.server, agent_name)
        self._looking: asyncio.Task[None] | None = None
        self._closed = False
        self.agent_rooms = LiveKitAgentRooms(access, self.server, agent_name, public_url)
        self.control = LiveKitCallControl(self.server, self._rooms, trunk=trunk)

    async def serve(self, desk: Desk, load: Callable[[], WorkerLoad], others_can: Callable[[], bool]) -> None:
        """Take jobs from now on, and bring them to ``desk``. A server that is away is tried again and again."""
        await load_sdk()
        self._rooms.serve(desk)
        self._worker = LiveKitWorker(
            self._access,
            self._agent_name,
            take=self._take,
            end=self._rooms.end,
            load=load,
            speaking=lambda: self._rooms.speaking,
            others_can=others_can,
            on_registered=self._call_again,
        )
        self._worker.start()
        await self._worker.registered(_READY_S)

    async def _take(self, job: Job) -> None:
        """Do a job. A phone whose room we could not enter rings on: whoever can is asked for it once more."""
        try:
            await self._rooms.take(job)
        except ProviderError:
            asyncio.get_running_loop().call_later(_AGAIN_S, self._call_again)
            raise

    def _call_again(self) -> None:
        if self._closed:
            return
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._look(), name="livekit-waiting")

    async def _look(self) -> None:
        """Nobody is left ringing who came while there was no worker."""
        try:
            found = await self._waiting.call_again()
        except RingmasterError as error:
            log.warning(
                "could not look for callers waiting in LiveKit rooms",
                extra={"event": "livekit.not_looked", "code": error.code},
            )
            return
        if found:
            log.info(
                "callers were waiting in LiveKit rooms; an agent was requested again",
                extra={"event": "livekit.waited", "rooms": found},
            )

    async def close(self) -> None:
        """Take no more jobs, leave the rooms, close the connections."""
        self._closed = True
        if self._worker is not None:
            await self._worker.close()
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self._rooms.close()
        await self.control.close()

    async def health(self) -> HealthPart:
        """Can calls come by it?"""
        why = self._worker.trouble if self._worker is not None else "not started"
        return HealthPart("livekit", "degraded" if why else "ok", why)

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {"rooms": self._rooms.count, **(self._worker.stats() if self._worker else {})}
