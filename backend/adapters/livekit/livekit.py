"""LiveKit as a way in: the worker, its rooms, and their call control, made and closed together."""

import asyncio
from collections.abc import Callable
from typing import Any

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.agent_rooms import LiveKitAgentRooms
from backend.adapters.livekit.call_control import LiveKitCallControl
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.lookout import Lookout
from backend.adapters.livekit.rooms import Desk, Rooms
from backend.adapters.livekit.sdk_audio import load_sdk
from backend.adapters.livekit.sdk_room import SdkRoom
from backend.adapters.livekit.server import LiveKitServer
from backend.adapters.livekit.waiting import WaitingRooms
from backend.adapters.livekit.worker import LiveKitWorker
from backend.domain.exchange import WorkerLoad
from backend.errors import ProviderError
from backend.ports import HealthPart

__all__ = ["LiveKit"]

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
        self._lookout = Lookout(WaitingRooms(self.server, agent_name), lambda: self._ready)
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
            on_registered=self._lookout.look,
        )
        self._worker.start()
        self._lookout.start()
        await self._worker.registered(_READY_S)

    @property
    def _ready(self) -> bool:
        return self._worker is not None and not self._worker.trouble

    async def _take(self, job: Job) -> None:
        """Do a job. A phone whose room we could not enter rings on: whoever can is asked for it once more."""
        try:
            await self._rooms.take(job)
        except ProviderError:
            asyncio.get_running_loop().call_later(_AGAIN_S, self._lookout.look)
            raise

    async def close(self) -> None:
        """Take no more jobs, leave the rooms, close the connections."""
        await self._lookout.close()
        if self._worker is not None:
            await self._worker.close()
        await self._rooms.close()
        await self.control.close()

    async def health(self) -> HealthPart:
        """Can calls come by it?"""
        why = self._worker.trouble if self._worker is not None else "not started"
        return HealthPart("livekit", "degraded" if why else "ok", why)

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {"rooms": self._rooms.count, **(self._worker.stats() if self._worker else {})}
