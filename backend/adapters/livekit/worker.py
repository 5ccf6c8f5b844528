"""A worker of a LiveKit server: registers, says how busy it is, and takes the jobs for which it has room.

The server asks one worker after the other, by their load, whether they take a job; who says yes gets the token for the
room. It never gives a job twice: the calls of a worker that dies are taken over by the others through Redis, as on ACS.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any

from livekit.protocol import agent as wire

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.worker_socket import WorkerSocket, worker_socket
from backend.domain.exchange import WorkerLoad
from backend.errors import AuthError, ProtocolError, RingmasterError, TimedOut

__all__ = ["LiveKitWorker"]

log = logging.getLogger(__name__)

_REGISTER_S = 5.0
_REPORT_S = 1.0
_PROMISE_S = 10.0
"""A job that was said yes to comes by then, or another worker has it. The server waits 7 s (agent/worker.go)."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 10.0
_FULL = 0.65
"""The load of a worker whose calls are all taken. A server asks only those below its ``target_load``, which is 0.7
(agent/config.go; JobRequestAffinity of service/agentservice.go), so the whole capacity lies below: at 7 calls of 10 a
caller would ring on for nobody, and at 10 nobody could be turned away in words."""


class LiveKitWorker:
    """One worker.

    Args:
        name: jobs are dispatched to this name; workers of the same name share them.
        take: does a job, and returns when it is done. It raises what the job fails of.
        end: ends a job that the server wants ended.
        load: how busy this worker is.
        speaking: how many of its jobs are among the live calls of ``load`` already.
        others_can: could another worker take a call now? True also where that is not known.
        on_registered: called each time that the server has registered it.
    """

    def __init__(
        self,
        access: LiveKitAccess,
        name: str,
        *,
        take: Callable[[Job], Awaitable[None]],
        end: Callable[[str], None],
        load: Callable[[], WorkerLoad],
        speaking: Callable[[], int],
        others_can: Callable[[], bool],
        on_registered: Callable[[], None] = lambda: None,
    ) -> None:
        self._access = access
        self._name = name
        self._take = take
        self._end = end
        self._load = load
        self._speaking = speaking
        self._others_can = others_can
        self._on_registered = on_registered
        self._socket: WorkerSocket | None = None
        self._promised: dict[str, asyncio.TimerHandle] = {}
        self._jobs: dict[str, asyncio.Task[None]] = {}
        self._task: asyncio.Task[None] | None = None
        self._told: tuple[Any, ...] = ()
        self._registered = asyncio.Event()
        self.id = ""
        self.trouble = "not registered yet"
        """Why it takes no jobs; empty: it does."""
        self.taken = self.refused = self.failed = 0

    def start(self) -> None:
        """Register, and stay registered."""
        self._task = asyncio.get_running_loop().create_task(self._stay(), name="livekit-worker")

    async def registered(self, limit_s: float) -> bool:
        """Wait until jobs can come; false when that takes longer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                await self._registered.wait()
        return self._registered.is_set()

    async def close(self) -> None:
        """Take no more jobs, and let go of those that are left."""
        tasks = [*self._jobs.values(), *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for promise in self._promised.values():
            promise.cancel()

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {
            "worker": self.id,
            "registered": not self.trouble,
            "jobs": len(self._jobs),
            "taken": self.taken,
            "refused": self.refused,
            "failed": self.failed,
        }

    # -- the connection -------------------------------------------------------------------

    async def _stay(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                await self._serve()
            except (RingmasterError, TimeoutError) as error:
                self._lost(error)
            except Exception as error:  # the edge of the task: without it no call comes in again
                log.exception("LiveKit worker failed unexpectedly", extra={"event": "livekit.worker_broke"})
                self._lost(error)
            if self._registered.is_set():
                pause_s = _FIRST_PAUSE_S
            self._registered.clear()
            await asyncio.sleep(pause_s * random.uniform(0.5, 1.0))  # noqa: S311 so that workers do not come in step
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    def _lost(self, error: Exception) -> None:
        self._socket = None
        self.trouble = str(error) or type(error).__name__
        level = logging.ERROR if isinstance(error, AuthError) else logging.WARNING
        log.log(
            level,
            "no connection to the LiveKit server; trying again",
            extra={"event": "livekit.away", "why": self.trouble[:120]},
        )

    async def _serve(self) -> None:
        async with worker_socket(self._access.url, self._access.worker_token()) as socket:
            await self._register(socket)
            reports = asyncio.get_running_loop().create_task(self._keep_reporting(socket), name="livekit-load")
            try:
                while True:
                    await self._heed(socket, await socket.receive())
            finally:
                reports.cancel()
                await asyncio.gather(reports, return_exceptions=True)

    async def _register(self, socket: WorkerSocket) -> None:
        request = wire.RegisterWorkerRequest(type=wire.JT_ROOM, agent_name=self._name, version="1")
        await socket.send(wire.WorkerMessage(register=request))
        try:
            async with asyncio.timeout(_REGISTER_S):
                answer = await socket.receive()
        except TimeoutError as error:
            raise TimedOut("calls", "the LiveKit server did not register this worker in time") from error
        if answer.WhichOneof("message") != "register":
            raise ProtocolError("the LiveKit server did not answer that this worker is registered")
        self.id, self.trouble, self._socket, self._told = answer.register.worker_id, "", socket, ()
        await self._report(socket)
        self._registered.set()
        log.info("registered with the LiveKit server", extra={"event": "livekit.registered", "worker_id": self.id})
        self._on_registered()

    async def _heed(self, socket: WorkerSocket, message: wire.ServerMessage) -> None:
        match message.WhichOneof("message"):
            case "availability":
                await self._asked(socket, message.availability.job)
            case "assignment":
                self._assigned(message.assignment)
            case "termination":
                self._end(message.termination.job_id)
            case _:
                pass

    # -- jobs -----------------------------------------------------------------------------

    def _may_take(self) -> bool:
        """Is there room here? If not, a job is left to others; where there are none, the desk turns the caller away."""
        load = self._load()
        coming = len(self._promised) + len(self._jobs) - self._speaking()
        roomy = load.able and not load.draining and load.live + coming < load.capacity
        return roomy or not self._others_can()

    async def _asked(self, socket: WorkerSocket, job: wire.Job) -> None:
        takes = self._may_take()
        if takes:
            expired = asyncio.get_running_loop().call_later(_PROMISE_S, self._promised.pop, job.id, None)
            self._promised[job.id] = expired
        else:
            self.refused += 1
            log.info("LiveKit job was left to other workers", extra={"event": "livekit.job_refused", "job": job.id})
        answer = wire.AvailabilityResponse(
            job_id=job.id, available=takes, participant_identity=f"agent-{job.id}", participant_name=self._name
        )
        await socket.send(wire.WorkerMessage(availability=answer))

    def _assigned(self, assignment: wire.JobAssignment) -> None:
        given = assignment.job
        if (promise := self._promised.pop(given.id, None)) is not None:
            promise.cancel()
        if given.id in self._jobs:
            return
        made = given.room.creation_time
        job = Job(given.id, given.room.name, given.metadata, assignment.url, assignment.token, made)
        self.taken += 1
        self._jobs[job.id] = asyncio.get_running_loop().create_task(self._do(job), name="livekit-job")

    async def _do(self, job: Job) -> None:
        status, why = wire.JS_FAILED, ""
        try:
            await self._tell(job.id, wire.JS_RUNNING)
            await self._take(job)
            status = wire.JS_SUCCESS
        except RingmasterError as error:
            self.failed += 1
            why = error.code
            log.error("LiveKit job failed", extra={"event": "livekit.job_failed", "code": error.code, "job": job.id})
        except Exception:  # the edge of the task: the server is told how the job ended
            self.failed += 1
            log.exception("LiveKit job failed unexpectedly", extra={"event": "livekit.job_broke", "job": job.id})
        finally:
            self._jobs.pop(job.id, None)
        await self._tell(job.id, status, why)

    async def _tell(self, job_id: str, status: wire.JobStatus, why: str = "") -> None:
        """How a job stands. A server that is away, or another one by now, does without."""
        if (socket := self._socket) is not None:
            with contextlib.suppress(RingmasterError):
                update = wire.UpdateJobStatus(job_id=job_id, status=status, error=why)
                await socket.send(wire.WorkerMessage(update_job=update))

    # -- load -----------------------------------------------------------------------------

    async def _keep_reporting(self, socket: WorkerSocket) -> None:
        with contextlib.suppress(RingmasterError):
            while True:
                await asyncio.sleep(_REPORT_S)
                await self._report(socket)

    async def _report(self, socket: WorkerSocket) -> None:
        load = self._load()
        busy = _FULL * min(load.live / load.capacity, 1.0) if load.capacity else _FULL
        status = wire.WS_AVAILABLE if self._may_take() else wire.WS_FULL
        told = (status, round(busy, 2), len(self._jobs))
        if told == self._told:
            return
        self._told = told
        update = wire.UpdateWorkerStatus(status=status, load=busy, job_count=len(self._jobs), draining=load.draining)
        await socket.send(wire.WorkerMessage(update_worker=update))
