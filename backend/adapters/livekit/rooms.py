"""The rooms in which this worker speaks: each job, placed call or call that is taken over is one of the desk."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from hashlib import sha256
from typing import Any, Protocol

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.caller import incoming_call
from backend.adapters.livekit.job import Job
from backend.adapters.livekit.place import RoomPlace
from backend.adapters.livekit.reports import Reports
from backend.adapters.livekit.room import CallRoom
from backend.adapters.livekit.room_call import RoomCall
from backend.domain.call import CallConnection, IncomingCall
from backend.domain.call_event import CallEvent
from backend.domain.session_plan import SessionPlan
from backend.errors import CallNotFound, ProviderError, RingmasterError
from backend.ports import MediaLink

__all__ = ["Desk", "Rooms"]

log = logging.getLogger(__name__)

_CALLER_S = 60.0
"""An app may ask for an agent before the person is there; after this the agent goes again."""
_AGAIN_S = 5.0
"""Who is to be spoken with again is in the room, or comes at once."""


class Desk(Protocol):
    """What of the call desk is needed here."""

    async def incoming(self, call: IncomingCall) -> None:
        """Take a call, or refuse it."""
        ...

    async def attach(self, token: str, link: MediaLink) -> None:
        """Let a call speak; returns when it is over, or its media is lost."""
        ...

    async def callback(self, token: str, event: CallEvent) -> None:
        """Be told of a call."""
        ...


class Rooms:
    """Enters rooms, and brings together what is in them and the desk.

    Args:
        new_room: makes a room that can be entered.
        default_line: of callers who dialled no number and for whom no line was named; empty: they are refused.
        put_out: puts a caller out of their room, whose call cannot be taken: a phone would ring on for nobody.
    """

    def __init__(
        self,
        access: LiveKitAccess,
        new_room: Callable[[], CallRoom],
        default_line: str = "",
        put_out: Callable[[RoomPlace], Awaitable[None]] | None = None,
    ) -> None:
        self._access = access
        self._new_room = new_room
        self._default_line = default_line
        self._put_out = put_out
        self._desk: Desk | None = None
        self.reports = Reports()
        """Tell calls what happens to them."""
        self._ringing: dict[str, RoomCall] = {}
        self._jobs: dict[str, RoomCall] = {}
        self._carried: dict[str, RoomCall] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def serve(self, desk: Desk) -> None:
        """Bring calls to this desk from now on."""
        self._desk = desk
        self.reports.tell = desk.callback

    @property
    def count(self) -> int:
        """How many rooms this worker is in."""
        return len({*self._carried.values(), *self._ringing.values()})

    @property
    def speaking(self) -> int:
        """How many jobs are calls that were taken."""
        return sum(call.answered for call in self._jobs.values())

    async def close(self) -> None:
        """Leave all of them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- jobs -----------------------------------------------------------------------------

    async def take(self, job: Job) -> None:
        """Do a job: enter its room, and speak with the caller until the call is over, or goes on elsewhere.

        Raises:
            ProviderError: the room cannot be entered, or the call cannot be taken.
        """
        plan = SessionPlan.told(job.metadata)
        if plan.over(job.room_made):
            return await self._refuse_late(RoomPlace(job.room, plan.caller), job)
        call = await self._entered(job, plan)
        try:
            if call.caller is None or call.hung_up.is_set():
                log.info("nobody joined the LiveKit room", extra={"event": "livekit.no_caller", "job": job.id})
                return
            self._ringing[job.id] = call
            await self._desk_of().incoming(incoming_call(job.id, call.caller, plan, self._default_line))
            if call.answered:
                log.info(
                    "a caller in a LiveKit room can be spoken with",
                    extra={"event": "livekit.answered", "job": job.id, **call.steps.told},
                )
                await call.left.wait()
        except RingmasterError:
            await self._turn_away(call)
            raise
        finally:
            self._ringing.pop(job.id, None)
            self._jobs.pop(job.id, None)
            if not call.answered:
                await call.leave()

    async def _entered(self, job: Job, plan: SessionPlan) -> RoomCall:
        """The room of a job. LiveKit gives a job once, and the caller is in that room; so where its token has run out,
        or the connection breaks, one of our own opens it once more."""
        call = RoomCall(self._new_room(), job.room, plan.caller)
        try:
            return await self._join(job, call, job.url or self._access.url, job.token)
        except ProviderError as error:
            if call.hung_up.is_set():
                raise
            log.info(
                "a LiveKit room could not be entered; trying once more",
                extra={"event": "livekit.not_entered", "job": job.id, "code": error.code},
            )
        again = RoomCall(self._new_room(), job.room, plan.caller)
        return await self._join(job, again, self._access.url, self._access.agent_token(job.room, f"agent-{job.id}"))

    async def _join(self, job: Job, call: RoomCall, url: str, token: str) -> RoomCall:
        self._jobs[job.id] = call
        try:
            await call.join(url, token, _CALLER_S)
        except BaseException:
            try:
                await call.leave()  # until it has, the server may still end the job
            finally:
                self._jobs.pop(job.id, None)
            raise
        return call

    async def _refuse_late(self, place: RoomPlace, job: Job) -> None:
        """Whoever was in a room can come back by the passes that LiveKit renews, as often as they like."""
        log.info(
            "the pass that brought an agent had ended; its holder is put out of the LiveKit room",
            extra={"event": "livekit.late_pass", "job": job.id},
        )
        if self._put_out is not None:
            with contextlib.suppress(RingmasterError):
                await self._put_out(place)

    async def _turn_away(self, call: RoomCall) -> None:
        if call.caller is not None and self._put_out is not None and not (call.hung_up.is_set() or call.attended):
            with contextlib.suppress(RingmasterError):
                await self._put_out(call.place)

    def end(self, job_id: str) -> None:
        """The server wants a job ended: somebody has taken the agent out of the room."""
        if (call := self._jobs.get(job_id)) is not None:
            call.hung_up.set()

    # -- for call control -----------------------------------------------------------------

    def ringing(self, context: str) -> RoomCall:
        """The room of a call that has not been answered.

        Raises:
            CallNotFound: the caller has gone.
        """
        call = self._ringing.get(context)
        if call is None or call.hung_up.is_set():
            raise CallNotFound("the caller has left the LiveKit room")
        return call

    async def answer(self, context: str, token: str) -> CallConnection:
        """Take up a call that rings here.

        Raises:
            CallNotFound: the caller has gone.
            ProviderError: our voice cannot be had.
        """
        call = self.ringing(context)
        await call.answer()
        return self._carry(call, token)

    async def enter(self, place: RoomPlace, token: str, wait_s: float = _AGAIN_S) -> CallConnection:
        """Enter a room of our own accord, and speak with somebody there: a call that is placed, or goes on here.

        Raises:
            CallNotFound: they are not there, and did not come in time.
            ProviderError: the room cannot be entered, or our voice cannot be had.
        """
        call = RoomCall(self._new_room(), place.room, place.identity)
        try:
            entry = self._access.agent_token(place.room, _identity(token))
            if await call.join(self._access.url, entry, wait_s) is None:
                raise CallNotFound("the caller is not in the LiveKit room any more")
            await call.answer()
        except BaseException:
            await call.leave()
            raise
        return self._carry(call, token)

    async def prepare(self, place: RoomPlace) -> RoomCall:
        """Be in a room, with our voice, before the caller is called into it: so not even a hello is missed.

        Raises:
            ProviderError: the room cannot be entered, or our voice cannot be had.
        """
        call = RoomCall(self._new_room(), place.room, place.identity)
        try:
            await call.join(self._access.url, self._access.agent_token(place.room, "agent"), 0.0)
            await call.answer(0.0)
        except BaseException:
            await call.leave()
            raise
        return call

    async def connect(self, call: RoomCall, token: str, limit_s: float) -> None:
        """Speak with somebody who was called, as soon as they have answered. Whoever does not is left alone."""
        await call.wait_up(limit_s)
        if call.up:
            self._carry(call, token)
            await self.reports.answered(token, call.place.id)

    def call_of(self, connection_id: str) -> RoomCall | None:
        """The call with this connection, if this worker carries it."""
        return next((call for call in self._carried.values() if call.place.id == connection_id), None)

    # -- a call under way -----------------------------------------------------------------

    def _carry(self, call: RoomCall, token: str) -> CallConnection:
        connection_id = call.place.id
        self._carried[token] = call
        self._spawn(self._speak(call, token))
        self._spawn(self._watch(call, token, connection_id))
        return CallConnection(connection_id)

    async def _speak(self, call: RoomCall, token: str) -> None:
        try:
            await self._desk_of().attach(token, call.link)
        except RingmasterError as error:
            log.warning("LiveKit room belongs to no call", extra={"event": "livekit.no_call", "code": error.code})
        finally:
            if self._carried.get(token) is call:
                del self._carried[token]
            await call.leave()

    async def _watch(self, call: RoomCall, token: str, connection_id: str) -> None:
        """Tell the desk when the caller has gone, before it finds out from the silence."""
        if not await call.until_over():
            return
        try:
            await self.reports.left(token, connection_id)
        except RingmasterError as error:
            log.info(
                "a caller left a LiveKit room after their call had ended",
                extra={"event": "livekit.untold", "code": error.code},
            )
        call.link.end()

    def _desk_of(self) -> Desk:
        if self._desk is None:
            raise CallNotFound("this worker takes no calls yet")
        return self._desk

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _identity(token: str) -> str:
    """A name for this worker in a room: another one for each call, and nothing of the secret can be read from it."""
    return f"agent-{sha256(token.encode()).hexdigest()[:16]}"
