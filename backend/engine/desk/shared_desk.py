"""The calls of all workers, as one of them serves them.

A call lives at the worker where its media socket is. Anything about a call may arrive at any
worker: what is ours is done here at once, what is another's is asked of that worker. A call whose
worker is gone, or gives it up because the media socket is knocking here, becomes ours: we take
its lease, load its session and go on.
"""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from typing import Any
from weakref import WeakValueDictionary

import msgspec

from backend.domain.call import CallRecord, IncomingCall, WayOut
from backend.domain.call_context import CallContext, bound
from backend.domain.call_event import CallEvent
from backend.domain.exchange import CallRoute, Reply, Request
from backend.domain.session import CallSession
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.call_desk import CallDesk
from backend.errors import CallNotFound, CallRefused, LeaseLost, ProviderError, RingmasterError, SessionLost
from backend.ports import CallRecords, Exchange, MediaLink, SessionStore

__all__ = ["SharedDesk"]

log = logging.getLogger(__name__)

_TRANSFER_LIMIT_S = 50.0
_MISSED_BEATS = 2
_START_LIMIT_S = 2.0
_SETTLING_S = (0.0, 0.03, 0.07, 0.15, 0.3, 0.6)
"""A call that is going from one worker to another is nobody's for a moment: asked for again after these pauses."""


class SharedDesk:
    """One worker's desk, joined with those of the others.

    Args:
        desk: the calls that are here.
        exchange: whose call is whose, and how to reach the others.
        sessions: the memory of calls.
        records: the lasting record of calls.
        beat_s: how often this worker says that it lives and looks for calls whose owner does not.
    """

    def __init__(
        self,
        desk: CallDesk,
        exchange: Exchange,
        sessions: SessionStore,
        records: CallRecords,
        *,
        beat_s: float = 1.0,
    ) -> None:
        self._desk = desk
        self._exchange = exchange
        self._sessions = sessions
        self._records = records
        self._beat_s = beat_s
        self._tasks: list[asyncio.Task[None]] = []
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._recovering: dict[str, asyncio.Task[None]] = {}
        self._away = False
        self._missed = 0
        self.adopted = 0

    async def start(self) -> None:
        """Be there for the others. Without Redis this worker serves alone until it comes."""
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self._exchange.listen(self._handle), name="exchange"),
            loop.create_task(self._keep_beating(), name="beat"),
        ]
        if not await self._exchange.listening(_START_LIMIT_S):
            log.warning("Redis is away; other workers cannot reach this one", extra={"event": "redis.away"})

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        others = {name: msgspec.to_builtins(load) for name, load in self._desk.calls.elsewhere.items()}
        return {"this": self._exchange.worker, "others": others, "taken_over": self.adopted, "redis_away": self._away}

    async def close(self) -> None:
        """Be gone for the others."""
        await end_tasks([*self._tasks, *self._recovering.values()])
        with contextlib.suppress(SessionLost):
            await self._exchange.leave()

    # -- what needs no other worker -------------------------------------------------------

    async def incoming(self, call: IncomingCall) -> None:
        """Answer a ringing call, if no other worker does."""
        await self._desk.incoming(call)

    async def place(self, to: str, line: str | None = None, out: WayOut | None = None) -> CallRecord:
        """Call somebody."""
        return await self._desk.place(to, line, out)

    def live(self) -> Sequence[CallRecord]:
        """Calls under way here."""
        return self._desk.live()

    @property
    def draining(self) -> bool:
        """Is this worker going away?"""
        return self._desk.draining

    # -- what may concern another's call --------------------------------------------------

    async def callback(self, token: str, event: CallEvent) -> None:
        """One callback event, brought to its call wherever that is.

        Raises:
            CallNotFound: no such call anywhere.
            SessionLost: it is not here, and where it is cannot be found out now.
        """
        for pause in _SETTLING_S:
            await asyncio.sleep(pause)
            if self._desk.has(token):
                await self._desk.callback(token, event)
                return
            ring = await self._find(token)
            if ring.worker == self._exchange.worker:
                continue  # on its way to another worker, or over in a moment
            reply = await self._exchange.ask(ring.worker, Request(do="callback", token=token, event=event.as_told()))
            if reply is None:
                await self._adopt(ring, ask_for_media=event.type != "CallDisconnected")
                await self._desk.callback(token, event)
                return
            if reply.code != CallNotFound.code:
                return
        raise CallNotFound("no worker has this call")

    async def expects_media(self, token: str, connection_id: str | None) -> bool:
        """May a media socket be let in? The call becomes this worker's by it.

        Raises:
            SessionLost: it is not here, and where it is cannot be found out now.
        """
        try:
            for pause in _SETTLING_S:
                await asyncio.sleep(pause)
                if self._desk.has(token):
                    break
                ring = await self._find(token)
                if ring.connection_id and connection_id and ring.connection_id != connection_id:
                    return False
                if ring.worker != self._exchange.worker:
                    ring.connection_id = ring.connection_id or connection_id or ""
                    await self._take_over(ring, ask_for_media=False)
                    break
        except CallNotFound:
            return False
        return await self._desk.expects_media(token, connection_id)

    async def attach(self, token: str, link: MediaLink) -> None:
        """Let a call speak over its media socket."""
        await self._desk.attach(token, link)

    async def hang_up(self, call_id: str) -> None:
        """End a live call, wherever it is."""
        if any(call.call_id == call_id for call in self._desk.live()):
            await self._desk.hang_up(call_id)
        else:
            await self._ask_owner(call_id, Request(do="hang_up", call_id=call_id), 5.0)

    async def transfer(self, call_id: str, to: str) -> None:
        """Connect a live call to another number, wherever it is."""
        if any(call.call_id == call_id for call in self._desk.live()):
            await self._desk.transfer(call_id, to)
        else:
            await self._ask_owner(call_id, Request(do="transfer", call_id=call_id, to=to), _TRANSFER_LIMIT_S)

    async def _ask_owner(self, call_id: str, request: Request, limit_s: float) -> None:
        owner = await self._exchange.owner(call_id)
        if owner is None or owner == self._exchange.worker:
            raise CallNotFound(f"no live call {call_id}")
        reply = await self._exchange.ask(owner, request, limit_s)
        if reply is None:
            raise ProviderError("workers", f"the worker that has call {call_id} does not answer; try again shortly")
        _raise(reply)

    # -- taking over ----------------------------------------------------------------------

    async def _find(self, token: str) -> CallRoute:
        ring = await self._exchange.find(token)
        if ring is None:
            raise CallNotFound("no live call has this token")
        return ring

    async def _take_over(self, ring: CallRoute, *, ask_for_media: bool) -> None:
        """Have a call from its owner, or without asking when that worker is gone.

        Raises:
            CallNotFound: the owner keeps it, or it is over.
        """
        if ring.worker != self._exchange.worker:
            request = Request(do="release", token=ring.token, connection_id=ring.connection_id)
            reply = await self._exchange.ask(ring.worker, request)
            if reply is not None and not reply.ok:
                raise CallNotFound("another worker speaks with this caller")
        await self._adopt(ring, ask_for_media=ask_for_media)

    async def _adopt(self, ring: CallRoute, *, ask_for_media: bool) -> None:
        """Become the owner of a call whose owner is gone or gives it up.

        Raises:
            CallNotFound: another worker was faster, or the call is over.
        """
        async with self._lock(ring.token):
            if not self._desk.has(ring.token):
                with bound(_context(ring)):
                    await self._become_owner(ring, ask_for_media=ask_for_media)

    async def _become_owner(self, ring: CallRoute, *, ask_for_media: bool) -> None:
        former = ring.worker or "nobody"
        try:
            await self._exchange.own(ring, after=former)
        except LeaseLost as error:
            raise CallNotFound("another worker has this call now") from error
        try:
            record, session = await self._restored(ring)
            self._desk.adopt(record, ring.token, session, ask_for_media=ask_for_media)
        except BaseException:
            await self._exchange.forget(ring)
            raise
        self.adopted += 1
        log.info(
            "call taken over",
            extra={
                "event": "call.taken_over",
                "call_id": ring.call_id,
                "former": former,
                "turns": len(record.turns),
            },
        )

    def _lock(self, token: str) -> asyncio.Lock:
        lock = self._locks.get(token)
        if lock is None:
            lock = self._locks[token] = asyncio.Lock()
        return lock

    async def _restored(self, ring: CallRoute) -> tuple[CallRecord, CallSession | None]:
        """What is known of a call, and its memory; none when nobody has spoken yet, or Redis is away."""
        record = await self._record(ring)
        if record.outcome is not None:
            raise CallNotFound("this call is over")
        session = await self._session(ring)
        if session is not None:
            record.connection_id = record.connection_id or session.connection_id
            session.connection_id = record.connection_id
        return record, session

    async def _record(self, ring: CallRoute) -> CallRecord:
        try:
            found = await self._records.get(ring.call_id)
        except RingmasterError as error:
            log.warning(
                "record cannot be read", extra={"event": "record.unread", "code": error.code, "call_id": ring.call_id}
            )
            found = None
        record = found or ring.record()
        record.connection_id = record.connection_id or ring.connection_id
        record.way = ring.way
        return record

    async def _session(self, ring: CallRoute) -> CallSession | None:
        try:
            return await self._sessions.load(ring.call_id)
        except SessionLost as error:
            log.warning(
                "session cannot be read", extra={"event": "session.unread", "code": error.code, "call_id": ring.call_id}
            )
            return None

    # -- for the others -------------------------------------------------------------------

    async def _handle(self, request: Request) -> Reply:
        match request.do:
            case "callback":
                await self._desk.callback(request.token, CallEvent.told(request.event))
            case "release":
                async with self._lock(request.token):  # not while it is being taken over here
                    if not await self._desk.release(request.token, request.connection_id):
                        raise CallRefused("this call stays here")
            case "hang_up":
                await self._desk.hang_up(request.call_id)
            case "transfer":
                await self._desk.transfer(request.call_id, request.to)
        return Reply()

    async def _keep_beating(self) -> None:
        while True:
            try:
                await self._beat_once()
                if self._away:
                    log.info("Redis is back", extra={"event": "redis.back"})
                self._away, self._missed = False, 0
            except SessionLost as error:
                self._miss(error)
            except Exception:
                log.exception("worker heartbeat failed", extra={"event": "worker.beat_broke"})
            await asyncio.sleep(self._beat_s)

    def _miss(self, error: SessionLost) -> None:
        """One beat may be late where a process has just begun and is busy; with the next one Redis is away."""
        self._missed += 1
        if self._missed == _MISSED_BEATS:
            log.error("Redis is away; calls go on from memory", extra={"event": "redis.away", "code": error.code})
            self._away = True

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
        with bound(_context(ring)):
            await self._try_to_take(ring)

    async def _try_to_take(self, ring: CallRoute) -> None:
        try:
            await self._take_over(ring, ask_for_media=True)
        except (CallNotFound, SessionLost) as error:
            log.info(
                "abandoned call was not taken over",
                extra={"event": "call.not_taken_over", "call_id": ring.call_id, "why": str(error)},
            )
        except Exception:
            log.exception(
                "call recovery failed unexpectedly", extra={"event": "call.recovery_broke", "call_id": ring.call_id}
            )


def _context(ring: CallRoute) -> CallContext:
    return CallContext(ring.call_id, ring.line)


def _raise(reply: Reply) -> None:
    """Raise what went wrong at the other worker."""
    if reply.ok:
        return
    for kind in (CallNotFound, CallRefused, SessionLost):
        if reply.code == kind.code:
            raise kind(reply.message)
    raise ProviderError("calls", reply.message.removeprefix("calls: "))
