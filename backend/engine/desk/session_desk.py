"""Sessions that applications ask for: an agent and somebody in a room. A session is a call, with the call's id.

It waits from the moment that it is asked for, by name or by a pass, until somebody enters the room.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from weakref import WeakValueDictionary

import msgspec

from backend.agents.store import AgentStore
from backend.domain.call import CallOutcome, CallRecord, Way
from backend.domain.call_marks import CallMarks
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.seen_keys import SeenKeys
from backend.engine.desk.session_keys import SessionKeys, id_of
from backend.engine.desk.session_rooms import BY_PASS, SessionRooms, room_of, session_in
from backend.errors import CallNotFound, CallRefused
from backend.ports import AgentRooms, CallRecords

__all__ = ["MOST_WAITING_S", "SessionDesk", "SessionWish", "StartedSession"]

log = logging.getLogger(__name__)

_NOBODY_S = 75.0
"""An agent waits a minute for somebody to come; a session that has not begun after this never will."""
MOST_WAITING_S = 3600.0
"""So long a pass may be good for at most."""
_WAY: Way = "livekit"


class _Desk(Protocol):
    async def hang_up(self, call_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SessionWish:
    """What an application asks for.

    Args:
        plan: how it begins.
        room: the room; empty: one for this session alone.
        key: the application's own name for it: the same one gives the same session; empty: a new one each time.
        test: is it a try, which totals leave out?
    """

    plan: SessionPlan
    room: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    test: bool = False


@dataclass(frozen=True, slots=True)
class StartedSession:
    """A session and its room; ``new`` where this is the first time that it was asked for."""

    record: CallRecord
    room: str = field(repr=False)
    new: bool = True


class SessionDesk:
    """Begins and ends sessions, and forgets those to which nobody comes.

    Args:
        rooms: where they take place.
        desk: ends those that are under way, at whichever worker.
        records: keeps them, as calls.
        routes: tells workers which of them begins a session that is asked for twice at once.
        store: gives the agents that they begin with.
        marks: knows whose calls are tests.
    """

    def __init__(
        self,
        rooms: AgentRooms,
        desk: _Desk,
        records: CallRecords,
        routes: RouteRegistry,
        store: Callable[[], AgentStore],
        marks: CallMarks,
    ) -> None:
        self.rooms = rooms
        self.places = SessionRooms(rooms)
        """In which room a session is."""
        self._desk = desk
        self._records = records
        self._keys = SessionKeys(records)
        self._routes = routes
        self._store = store
        self._marks = marks
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._rooms_of: dict[str, str] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """One for each key, as long as anybody has it or waits for it."""
        self._reports = SeenKeys()
        self.begun = self.nobody_came = 0

    def stats(self) -> dict[str, int]:
        """Figures for /stats."""
        return {"begun": self.begun, "waiting": len(self._waiting), "nobody_came": self.nobody_came}

    async def close(self) -> None:
        """Wait for nobody any more; another worker closes what nobody has."""
        await end_tasks(list(self._waiting.values()))

    # -- beginning ------------------------------------------------------------------------

    async def start(self, wish: SessionWish, owner: str) -> StartedSession:
        """Begin a session: a room is made, and an agent sent into it.

        Args:
            wish: what is asked for.
            owner: whose keys these are; two applications may use the same.

        Raises:
            CallRefused: there is no such line or agent, or the key is of a session that has ended, on another line, in
                another room, or for somebody else.
            ProviderError: the room or the agent could not be had.
        """
        plan = self.checked(wish.plan)
        if not wish.key:
            call_id = secrets.token_hex(8)
            return await self._begun(plan, wish, call_id)
        key = id_of(owner, wish.key)
        async with self._locks.setdefault(key, asyncio.Lock()):
            call_id, known = await self._keys.find(owner, wish.key, plan)
            if known is not None:
                return StartedSession(known, self.places.again(known, wish.room), new=False)
            return await self._begun(plan, wish, call_id)

    def checked(self, plan: SessionPlan) -> SessionPlan:
        """The plan with a line: where none is named, the agent's, or else the first one.

        Raises:
            CallRefused: there is no such line, the agent is none of it, or it is on several.
        """
        store = self._store()
        name = plan.line or _line_with(plan.agent, store)
        if name not in store.lines:
            raise CallRefused(f"no line named {name!r}; there are: {', '.join(store.lines)}")
        agents = store.lines[name].agents
        if plan.agent and plan.agent not in agents:
            raise CallRefused(f"the line {name} has no agent {plan.agent!r}; it has: {', '.join(agents)}")
        return msgspec.structs.replace(plan, line=name)

    async def _begun(self, plan: SessionPlan, wish: SessionWish, call_id: str) -> StartedSession:
        room = wish.room or room_of(call_id)
        record = await self._begin(msgspec.structs.replace(plan, call_id=call_id), room, test=wish.test)
        return StartedSession(record, room)

    async def _begin(self, plan: SessionPlan, room: str, *, test: bool) -> CallRecord:
        key = f"session {plan.call_id}"
        if not await self._routes.claim(key):
            raise CallRefused("this session is being started by another request; ask again in a second")
        record = await self._noted(plan, test=test, detail=self.places.noted(plan.call_id, room))
        plan = msgspec.structs.replace(plan, test=record.test)
        try:
            await self.rooms.send_agent(room, plan)
        except BaseException:
            await self._close(record, "failed", "no agent could be sent into the room")
            await self._routes.settle(key, answered=False)
            raise
        await self._routes.settle(key, answered=True)
        self.begun += 1
        self._rooms_of[room] = plan.call_id
        self._watch(record, room, _NOBODY_S)
        return record

    async def expect(self, plan: SessionPlan, room: str, lives_s: float) -> CallRecord:
        """Note a session that begins when somebody enters with a pass, which brings the agent.

        Args:
            plan: how it begins, with its line and its id.
            room: where.
            lives_s: so long the pass is good for; a session that has not begun soon after never will.
        """
        record = await self._noted(plan, test=False, detail=BY_PASS)
        self._watch(record, room, lives_s + _NOBODY_S)
        return record

    async def _noted(self, plan: SessionPlan, *, test: bool, detail: str) -> CallRecord:
        record = CallRecord(
            call_id=plan.call_id,
            line=plan.line,
            direction="browser",
            way=_WAY,
            store_version=self._store().version,
            caller=Private(plan.caller),
            called=Private(self._store().lines[plan.line].numbers[0]),
            started_at=datetime.now(UTC),
            test=test or self._marks.is_test(Private(plan.caller)),
            detail=detail,
        )
        await self._records.started(record)
        return record

    def _watch(self, record: CallRecord, room: str, lasts_s: float) -> None:
        waiting = asyncio.get_running_loop().create_task(self._wait(record, room, lasts_s), name="session")
        self._waiting[record.call_id] = waiting
        waiting.add_done_callback(lambda _: self._forget(record.call_id, room))

    # -- ending ---------------------------------------------------------------------------

    async def end(self, record: CallRecord) -> None:
        """End a session, whether it has begun or not. One that is over is no error.

        Raises:
            ProviderError: its room could not be ended.
        """
        if record.outcome is not None:
            return
        try:
            await self._desk.hang_up(record.call_id)
        except CallNotFound:
            await self._end_unbegun(record)

    async def _end_unbegun(self, record: CallRecord) -> None:
        current = await self._records.get(record.call_id) or record
        if current.outcome is not None or current.connection_id:
            return  # it has ended meanwhile, or its worker is about to say so
        await self._close(current, "completed", "ended before it began")
        if waiting := self._waiting.get(record.call_id):
            waiting.cancel()
        await self.rooms.end(room_of(record.call_id))

    async def told(self, report_id: str, kind: str, room: str) -> bool:
        """The server reports of a room; false where it did so before. A session whose room is over has ended."""
        if not self._reports.add(report_id):
            return False
        try:
            await self._room_told(kind, room)
        except BaseException:
            self._reports.drop(report_id)  # the server sends it again, and it counts then
            raise
        return True

    async def _room_told(self, kind: str, room: str) -> None:
        """Reports go to any worker. A room of ours says whose it is; one that was named is known where it began."""
        call_id = self._rooms_of.get(room) or session_in(room)
        if kind == "room_finished" and call_id is not None:
            record = await self._records.get(call_id)
            if record is not None and record.detail != BY_PASS:  # a pass that is good still makes the room anew
                await self._nobody(record)

    async def _wait(self, record: CallRecord, room: str, lasts_s: float) -> None:
        await asyncio.sleep(lasts_s)
        current = await self._records.get(record.call_id)
        if current is not None and await self._nobody(current) and room == room_of(record.call_id):
            await self.rooms.end(room)

    async def _nobody(self, record: CallRecord) -> bool:
        """Close a session that has not begun; false where it has."""
        if not record.waits:
            return False
        self.nobody_came += 1
        log.info("nobody joined a session; it was closed", extra={"event": "session.nobody", "call_id": record.call_id})
        await self._close(record, "idle", "nobody came")
        return True

    async def _close(self, record: CallRecord, outcome: CallOutcome, detail: str) -> None:
        record.ended_at, record.outcome, record.detail = datetime.now(UTC), outcome, detail
        await self._records.ended(record)

    def _forget(self, call_id: str, room: str) -> None:
        self._waiting.pop(call_id, None)
        if self._rooms_of.get(room) == call_id:
            del self._rooms_of[room]


def _line_with(agent: str, store: AgentStore) -> str:
    """The line on which this agent speaks; the first one of all where it does, or where no agent is named.

    Raises:
        CallRefused: it is on several others.
    """
    first = next(iter(store.lines), "")
    having = [name for name, line in store.lines.items() if agent in line.agents]
    if not having or first in having:
        return first
    if len(having) > 1:
        raise CallRefused(f"name the line: the agent {agent!r} is on {', '.join(having)}")
    return having[0]
