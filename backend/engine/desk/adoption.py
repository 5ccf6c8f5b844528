"""Calls that become this worker's: their owner is gone, or gives them up because the media socket is knocking here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from backend.domain.call import CallRecord
from backend.domain.call_context import CallContext, bound
from backend.domain.exchange import CallRoute, Request
from backend.domain.session import CallSession
from backend.engine.desk.call_desk import CallDesk
from backend.errors import CallNotFound, CallRefused, LeaseLost, RingmasterError, SessionLost
from backend.ports import CallRecords, Exchange, SessionStore

__all__ = ["Adoption", "context_of"]

log = logging.getLogger(__name__)

_VERSION_S = 1.5
"""So long a caller waits in silence for the version that their call began with to be made ready."""


class Adoption:
    """Takes a call's lease, loads what is known of it, and has the desk go on with it.

    Args:
        desk: the calls that are here.
        exchange: whose call is whose, and how to reach the others.
        sessions: the memory of calls.
        records: the lasting record of calls.
        prepare: has a version of the agent store ready; raises where it cannot be had.
    """

    def __init__(
        self,
        desk: CallDesk,
        exchange: Exchange,
        sessions: SessionStore,
        records: CallRecords,
        prepare: Callable[[str], Awaitable[object]],
    ) -> None:
        self._desk, self._exchange = desk, exchange
        self._sessions, self._records = sessions, records
        self._prepare = prepare
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.count = 0
        """So many calls were taken over."""

    async def ask_for(self, ring: CallRoute, *, ask_for_media: bool) -> None:
        """Have a call from its owner, or without asking when that worker is gone.

        Raises:
            CallNotFound: the owner keeps it, or it is over.
            CallRefused: as ``adopt``.
        """
        if ring.worker != self._exchange.worker:
            request = Request(do="release", token=ring.token, connection_id=ring.connection_id)
            reply = await self._exchange.ask(ring.worker, request)
            if reply is not None and not reply.ok:
                raise CallNotFound("another worker speaks with this caller")
        await self.adopt(ring, ask_for_media=ask_for_media)

    async def adopt(self, ring: CallRoute, *, ask_for_media: bool) -> None:
        """Become the owner of a call whose owner is gone or gives it up.

        Raises:
            CallNotFound: another worker was faster, or the call is over.
            CallRefused: it tries a version of the agent store that cannot be had here.
        """
        async with self.lock(ring.token):
            if not self._desk.has(ring.token):
                with bound(context_of(ring)):
                    await self._become_owner(ring, ask_for_media=ask_for_media)

    async def _become_owner(self, ring: CallRoute, *, ask_for_media: bool) -> None:
        former = ring.worker or "nobody"
        try:
            await self._exchange.own(ring, after=former)
        except LeaseLost as error:
            raise CallNotFound("another worker has this call now") from error
        try:
            record, session = await self._restored(ring)
            await self._ready_version(record)
            self._desk.adopt(record, ring.token, session, ask_for_media=ask_for_media)
        except BaseException:
            await self._exchange.forget(ring)
            raise
        self.count += 1
        log.info(
            "call taken over",
            extra={
                "event": "call.taken_over",
                "call_id": ring.call_id,
                "former": former,
                "turns": len(record.turns),
            },
        )

    def lock(self, token: str) -> asyncio.Lock:
        """Held while a call is taken over or given up here: never both at once."""
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

    async def _ready_version(self, record: CallRecord) -> None:
        """Have the version at hand that the call began with, although it may be a draft or live no more. A caller goes
        on with the live one rather than with none; whoever tries a draft by softphone would take that for the draft."""
        if not record.store_version:
            return
        try:
            async with asyncio.timeout(_VERSION_S):
                await self._prepare(record.store_version)
        except (RingmasterError, TimeoutError) as error:
            if record.way == "softphone":
                raise CallRefused(f"this call cannot go on with version {record.store_version[:12]} here") from error
            log.warning(
                "a call goes on with the live version of the agent store: the one it began with cannot be had here",
                extra={
                    "event": "call.other_version",
                    "call_id": record.call_id,
                    "version": record.store_version,
                    "code": error.code if isinstance(error, RingmasterError) else "timed_out",
                },
            )

    async def _record(self, ring: CallRoute) -> CallRecord:
        try:
            found = await self._records.get(ring.call_id)
        except RingmasterError as error:
            log.warning(
                "the record of a call cannot be read; going on without it",
                extra={"event": "record.unread", "code": error.code, "call_id": ring.call_id},
            )
            found = None
        record = found or ring.record()
        record.connection_id = record.connection_id or ring.connection_id
        record.way = ring.came_by
        return record

    async def _session(self, ring: CallRoute) -> CallSession | None:
        try:
            return await self._sessions.load(ring.call_id)
        except SessionLost as error:
            log.warning(
                "the session of a call cannot be read; the call begins anew",
                extra={"event": "session.unread", "code": error.code, "call_id": ring.call_id},
            )
            return None


def context_of(ring: CallRoute) -> CallContext:
    """What logs and spans name while a call is not here yet."""
    return CallContext(ring.call_id, ring.line)
