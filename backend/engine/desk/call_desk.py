"""The call desk: all calls of this worker. Takes them, places them, and gives each what concerns it."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from backend.agents.store import AgentStore
from backend.domain.agent import LineSpec
from backend.domain.call import CallConnection, CallRecord, Direction, IncomingCall
from backend.domain.call_context import bound
from backend.domain.call_marks import CallMarks
from backend.domain.ending import Ending
from backend.domain.exchange import Ring, WorkerLoad
from backend.domain.phrases import Phrases
from backend.domain.private import Private
from backend.domain.session import CallSession
from backend.domain.tool import TransferToPerson
from backend.engine.call.call import Call, CallEnvironment
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.call_events import take_event
from backend.engine.desk.gate import CallGate
from backend.engine.desk.ledger import Ledger
from backend.engine.desk.recently import Recently
from backend.engine.desk.recovery import Recovery
from backend.engine.turn.call_log import call_began
from backend.errors import CallNotFound, CallRefused, ProviderError, RingmasterError, TimedOut
from backend.ports import MediaLink
from backend.protocol.cloud_events import CallEvent

__all__ = ["CallDesk", "DeskRules"]

log = logging.getLogger(__name__)

_CLOSE_S = 3.0
_GOODBYE_S = 10.0
_TO_PERSON_S = 30.0
"""A person's phone rings for so long when this server must go."""
_WHY_PERSON = "the server has to go and the call was not over"
_RINGS_S = 90.0
"""So long a placed call may ring before somebody picks up; networks give up sooner."""

_GONE = Ending("failed", "the server went away")


@dataclass(frozen=True, slots=True)
class DeskRules:
    """Where calls are answered and how many."""

    base_url: str
    """Public address of this server, without a slash at the end."""
    max_calls: int = 100
    drain_s: float = 600.0
    marks: CallMarks = CallMarks()
    """Which calls are tests."""


class CallDesk:
    """Every live call of one worker.

    Args:
        environment: what calls work with.
        store: gives the agent store that new calls begin with.
        earlier: gives a version of it that was live before, for calls that another worker began with it.
        gate: says which calls are taken and placed; ``None``: all.
        rules: address and capacity.
        ledger: where other workers can see these calls.
    """

    def __init__(
        self,
        environment: CallEnvironment,
        store: Callable[[], AgentStore],
        rules: DeskRules,
        ledger: Ledger | None = None,
        *,
        earlier: Callable[[str], AgentStore | None] = lambda _: None,
        gate: CallGate | None = None,
    ) -> None:
        self._environment = environment
        self._store = store
        self._earlier = earlier
        self._gate = gate
        self._rules = rules
        self._ledger = ledger or Ledger()
        self._recovery = Recovery(environment.control)
        self.elsewhere: Mapping[str, WorkerLoad] = {}
        """The other workers; the limit on calls is that of all together, since a call may move to any of them."""
        self.able: Callable[[], bool] = lambda: True
        """Can callers be heard and answered here?"""
        self._calls: dict[str, Call] = {}  # by token
        self._seen = Recently()
        self._events = Recently()
        self._tasks: set[asyncio.Task[None]] = set()
        self._draining = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._taken = self._tests = self._refused = 0

    # -- taking and placing ---------------------------------------------------------------

    async def incoming(self, call: IncomingCall) -> None:
        """Answer a ringing call, or refuse it as its line says. A repeated event changes nothing.

        Raises:
            ProviderError: it could not be answered now; the event should be delivered again.
        """
        keys = _names_of(call)
        fresh = [self._seen.add(key) for key in keys]  # each is noted, whatever is known of the others
        if not all(fresh):
            return
        for (
            key
        ) in keys:  # one after the other: two workers that each got one of them would both leave the caller ringing
            if not await self._ledger.claim(key):
                return
        try:
            await self._take(call)
        except CallNotFound:
            log.info("the caller hung up before the call was taken", extra={"event": "call.gone"})
        except ProviderError:
            for key in keys:
                self._seen.drop(key)
                await self._ledger.settle(key, answered=False)
            raise
        for key in keys:
            self._spawn(self._ledger.settle(key, answered=True))

    async def _take(self, incoming: IncomingCall) -> None:
        store, control = self._store(), self._environment.control
        line = store.line_for_number(incoming.called.reveal())
        if line is None:
            ending = incoming.called.reveal()[-2:]
            log.warning("no line for the called number", extra={"event": "line.unknown", "ends_in": ending})
            self._refused += 1
            self._environment.telemetry.refused("", "no line")
            await control.reject(incoming, busy=False)
            return
        words = await self._turned_away(incoming, line, store.phrases.of(line, store.agents[line.entry]))
        if words is None:
            return
        if self._full or self._line_full(line):
            await self._overflow(incoming, line)
            return
        call = self._open(line, store, "inbound", incoming.caller, incoming.called)
        call.turned_away = words
        with bound(call.context):
            await self._ledger.own(Ring.of(call.record, call.token))
            answer = control.answer(incoming, callback_url=self._callback_url(call), media_url=self._media_url(call))
            await self._answered(call, await self._outcome(call, answer))

    async def _turned_away(self, incoming: IncomingCall, line: LineSpec, says: Phrases) -> str | None:
        """What a caller is told whose call is not taken; empty for those who are welcome, ``None``: seen to already."""
        if self._gate is None:
            return ""
        test = self._rules.marks.is_test(incoming.caller)
        refusal = await self._gate.incoming(incoming.caller, line.name, test=test)
        if refusal is None:
            return ""
        self._refused += 1
        log.warning(
            "a caller is turned away", extra={"event": "call.turned_away", "why": refusal.why, "line": line.name}
        )
        self._environment.telemetry.refused(line.name, refusal.why)
        blocked, control = refusal.why == "blocked", self._environment.control
        if not blocked and line.refusals.capped == "person":
            await control.redirect(incoming, to=line.person.number)
        elif (blocked and line.refusals.blocked == "reject") or not refusal.told:
            await control.reject(incoming, busy=True)
        else:
            return says.blocked if blocked else says.capped
        return None

    async def _overflow(self, incoming: IncomingCall, line: LineSpec) -> None:
        self._refused += 1
        why = "draining" if self._draining else "full" if self._full else "line full"
        log.warning("a call was refused", extra={"event": "line.refused", "line": line.name, "reason": why})
        self._environment.telemetry.refused(line.name, why)
        if line.overflow.action == "redirect" and line.overflow.number:
            await self._environment.control.redirect(incoming, to=line.overflow.number)
        else:
            await self._environment.control.reject(incoming, busy=True)

    async def place(self, to: str, line: str | None = None) -> CallRecord:
        """Call somebody for a line (the first one where none is named).

        Raises:
            CallRefused: no capacity, no such line, or a number that may not be called.
            ProviderError: the call could not be placed, or nobody knows: after ``TimedOut`` it may yet come about.
        """
        store = self._store()
        if self._full:
            raise CallRefused("this worker takes no more calls now")
        name = line or next(iter(store.lines), "")
        if name not in store.lines:
            raise CallRefused(f"no line named {name!r}; there are: {', '.join(store.lines)}")
        if self._line_full(store.lines[name]):
            raise CallRefused(f"the line {name} takes no more calls now")
        await self._allow(to, store.lines[name])
        call = self._open(store.lines[name], store, "outbound", Private(""), Private(to))
        with bound(call.context):
            await self._ledger.own(Ring.of(call.record, call.token))
            create = self._environment.control.create(
                to=to, callback_url=self._callback_url(call), media_url=self._media_url(call)
            )
            await self._answered(call, await self._outcome(call, create, _RINGS_S), limit=False)
        return call.record

    async def _allow(self, to: str, line: LineSpec) -> None:
        """May people have this number called on this line? Raises ``CallRefused`` where not."""
        if self._gate is not None:
            await self._gate.placed(to, line, test=self._rules.marks.is_test(Private(to)))

    async def _outcome(
        self, call: Call, asked: Awaitable[CallConnection], doubt_s: float | None = None
    ) -> CallConnection:
        """What came of asking the service for a call. A call that did not come about is forgotten, sooner or later."""
        try:
            return await asked
        except TimedOut:
            if call.carried:  # its media socket was faster than the bad news
                return CallConnection(call.record.connection_id)
            self._spawn(self._doubt(call, doubt_s))
            raise
        except RingmasterError:
            await self._drop(call)
            raise

    async def _doubt(self, call: Call, limit_s: float | None) -> None:
        """The service may have done as it was asked without our knowing; the caller would hear nothing for ever."""
        if await call.wait_attached(limit_s) or (call.record.connection_id and not call.over):
            log.warning(
                "the call came about all the same", extra={"event": "call.came_late", "call_id": call.record.call_id}
            )
            await self._answered(call, CallConnection(call.record.connection_id))
        elif not call.over:
            await self._drop(call)

    async def _answered(self, call: Call, connection: CallConnection, *, limit: bool = True) -> None:
        self._taken += not call.record.test
        self._tests += call.record.test
        call_began(call.record)
        if call.token not in self._calls:
            return  # its media socket was faster, and another worker has it
        call.connected(connection.connection_id)
        call.begin()
        self._spawn(self._ledger.note(Ring.of(call.record, call.token)))
        if limit:
            self._spawn(self._wait_for_media(call, self._recovery.expect_media))

    async def _wait_for_media(self, call: Call, wait: Callable[[Call], Awaitable[None]]) -> None:
        await wait(call)
        if call.over:
            self._forget(call)

    def _open(self, line: LineSpec, store: AgentStore, direction: Direction, caller: Private, called: Private) -> Call:
        token = secrets.token_urlsafe(24)
        record = CallRecord(
            call_id=secrets.token_hex(8),
            line=line.name,
            direction=direction,
            caller=caller,
            called=called,
            store_version=store.version,
            started_at=datetime.now(UTC),
            test=self._rules.marks.is_test(caller if direction == "inbound" else called),
        )
        return self._add(record, line, store, token)

    def _add(
        self, record: CallRecord, line: LineSpec, store: AgentStore, token: str, session: CallSession | None = None
    ) -> Call:
        call = Call(
            record,
            line,
            store,
            self._environment,
            token=token,
            callback_url=f"{self._rules.base_url}/api/v1/calls/callbacks/{token}",
            session=session,
            mine=lambda: self._ledger.mine(record.call_id),
        )
        self._calls[token] = call
        self._idle.clear()
        return call

    # -- calls that go from worker to worker ----------------------------------------------

    def has(self, token: str) -> bool:
        """Is this call here?"""
        return token in self._calls

    def adopt(self, record: CallRecord, token: str, session: CallSession | None, *, ask_for_media: bool) -> None:
        """Go on with a call that another worker began.

        Args:
            record: what is known of it, turns included.
            token: its secret.
            session: its memory; ``None`` when nobody has spoken yet.
            ask_for_media: have the service open the media socket; it comes by itself otherwise.

        Raises:
            CallNotFound: its line is not in the store any more.
        """
        store = self._earlier(record.store_version) or self._store()
        line = store.lines.get(record.line)
        if line is None:
            self._spawn(self._let_drop(record))
            raise CallNotFound(f"the call is on line {record.line!r}, which is not in the agent store any more")
        if session is not None and session.active_agent not in line.agents:
            session.active_agent = line.entry
        call = self._add(record, line, store, token, session)
        with bound(call.context):
            call.begin()
            wait = self._recovery.bring_back if ask_for_media else self._recovery.expect_media
            self._spawn(self._wait_for_media(call, wait))

    async def _let_drop(self, record: CallRecord) -> None:
        record.ended_at, record.outcome, record.detail = datetime.now(UTC), "failed", "its line is gone"
        try:
            await self._environment.control.hang_up(record.connection_id)
        finally:
            await self._environment.records.ended(record)

    async def release(self, token: str, connection_id: str = "") -> bool:
        """Give a call to another worker, unless a media socket carries it here or it is of another connection."""
        call = self._calls.get(token)
        if call is None:
            return True
        if not self._wants(call, connection_id):
            return False
        await self._give_away(call)
        return True

    async def lose(self, token: str) -> None:
        """Another worker has taken a call of ours, because we could not be heard of."""
        if call := self._calls.get(token):
            log.error(
                "call was taken over by another worker",
                extra={"event": "call.given_up", "call_id": call.record.call_id},
            )
            await self._give_away(call)

    async def _give_away(self, call: Call) -> None:
        with bound(call.context):
            self._calls.pop(call.token, None)
            self._ledger.let_go(call.token)
            await call.release()
            self._rest()

    # -- what the service reports ---------------------------------------------------------

    async def callback(self, token: str, event: CallEvent) -> None:
        """One callback event. Duplicates, late ones and unknown types change nothing.

        Raises:
            CallNotFound: no such call here.
        """
        call = self._by_token(token)
        known = call.record.connection_id
        if known and event.connection_id and event.connection_id != known:
            log.warning("event of another connection", extra={"event": "call.not_its_event", "type": event.type})
            return
        if event.id and not self._events.add(f"{token}/{event.id}"):
            return
        with bound(call.context):
            ending = take_event(call, event)
            if ending is not None:
                await self._end_untalked(call, ending)
            elif event.type == "CallConnected" and call.record.direction == "outbound" and not call.carried:
                self._spawn(self._wait_for_media(call, self._recovery.expect_media))

    async def _end_untalked(self, call: Call, ending: Ending) -> None:
        with bound(call.context):
            await call.finish(ending)
            self._forget(call)

    async def expects_media(self, token: str, connection_id: str | None) -> bool:
        """May a media socket with this token, for this call connection, be let in?"""
        call = self._calls.get(token)
        return call is not None and self._wants(call, connection_id)

    def _wants(self, call: Call, connection_id: str | None) -> bool:
        known = call.record.connection_id
        return not call.carried and (not known or not connection_id or connection_id == known)

    async def attach(self, token: str, link: MediaLink) -> None:
        """Let a call speak over its media socket; returns when the call is over.

        Raises:
            CallNotFound: no call waits for this socket.
        """
        call = self._by_token(token)
        with bound(call.context):
            await self._carry(call, link)

    async def _carry(self, call: Call, link: MediaLink) -> None:
        try:
            await call.converse(link)
        except CallNotFound:
            raise  # another socket carries it, or waits for it
        except BaseException:
            await asyncio.shield(self._end_untalked(call, Ending("failed", "the call broke")))
            raise
        if call.over:
            self._forget(call)
        elif not call.carried:
            self._spawn(self._wait_for_media(call, self._recovery.bring_back))

    # -- operations -----------------------------------------------------------------------

    async def hang_up(self, call_id: str) -> None:
        """End a live call.

        Raises:
            CallNotFound: it is not live here.
        """
        call = self._by_id(call_id)
        await self._end(call, Ending("completed", "ended by an operator"))

    async def _end(self, call: Call, ending: Ending) -> None:
        if call.talking:
            call.end(ending)
        else:
            await self._end_untalked(call, ending)

    async def transfer(self, call_id: str, to: str) -> None:
        """Connect a live call to another number.

        Raises:
            CallNotFound: it is not live here, or the service does not know it any more.
            CallRefused: the other number did not take it or may not be called, another transfer is under way, or the
                call is not up yet.
            ProviderError: the service would not even try.
        """
        call = self._by_id(call_id)
        await self._allow(to, call.line)
        with bound(call.context):
            await self._transfer(call, to)

    async def _transfer(self, call: Call, to: str) -> None:
        if not await call.transfer(to, {"Call-Id": call.record.call_id, "Reason": "transferred by an operator"}):
            raise CallRefused("the other number did not take the call")
        call.end(Ending("transferred", "transferred by an operator"))

    def live(self) -> Sequence[CallRecord]:
        """Calls under way, the newest first."""
        return [call.record for call in reversed(self._calls.values())]

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        return {
            "live": len(self._calls),
            "talking": sum(call.talking for call in self._calls.values()),
            "capacity": self._rules.max_calls,
            "taken": self._taken,
            "tests": self._tests,
            "refused": self._refused,
            "draining": self._draining,
            "brought_back": self._recovery.brought_back,
            "given_up": self._recovery.given_up,
            "not_stored": sum(not call.stored for call in self._calls.values()),
        }

    def load(self) -> WorkerLoad:
        """How busy this worker is."""
        return WorkerLoad(
            live=len(self._calls), capacity=self._rules.max_calls, draining=self._draining, able=self.able()
        )

    @property
    def others_able(self) -> bool:
        """Is there another worker that takes calls and can hear callers?"""
        return any(other.able and not other.draining for other in self.elsewhere.values())

    def everywhere(self) -> dict[str, int]:
        """Calls and capacity of this worker and of all that it has heard of within the last seconds."""
        loads = [self.load(), *self.elsewhere.values()]
        return {
            "live": sum(load.live for load in loads),
            "capacity": sum(load.capacity for load in loads if not load.draining),
            "workers": len(loads),
        }

    @property
    def draining(self) -> bool:
        """Are new calls refused because the worker is going away?"""
        return self._draining

    async def drain(self) -> None:
        """Refuse new calls and wait for the live ones.

        Who still talks half a minute before the limit is connected with a person; where nobody takes them up by then,
        they are told that the call must end, and it is ended.
        """
        self._draining = True
        began = time.monotonic()
        last_s = min(_TO_PERSON_S, self._rules.drain_s / 2)
        if not await self._emptied(self._rules.drain_s - last_s):
            log.warning("drain limit is near", extra={"event": "drain.limit", "live": len(self._calls)})
            await self._give_to_people(last_s)
        log.info("drained", extra={"event": "drain.done", "seconds": round(time.monotonic() - began, 1)})

    async def _give_to_people(self, limit_s: float) -> None:
        for call in list(self._calls.values()):
            call.to_person(TransferToPerson(_WHY_PERSON))
        if await self._emptied(limit_s * 2 / 3):
            return
        for call in list(self._calls.values()):
            call.transfer_result(accepted=False)  # it rings no longer: there must be time to say so
        if not await self._emptied(limit_s / 3):
            await self._take_leave()
            await self._end_all()

    async def _emptied(self, limit_s: float) -> bool:
        """Wait until there are no calls; not for longer."""
        try:
            await asyncio.wait_for(self._idle.wait(), limit_s)
        except TimeoutError:
            return False
        return True

    async def _take_leave(self) -> None:
        for call in list(self._calls.values()):
            if call.talking:
                call.take_leave(call.orchestrator.phrases.giving_up, _GONE)
            else:
                await self._end_untalked(call, _GONE)
        await self._emptied(_GOODBYE_S)

    async def close(self) -> None:
        """End everything now."""
        self._draining = True
        await self._end_all()
        try:
            async with asyncio.timeout(_CLOSE_S):
                await self._idle.wait()
                while self._tasks:  # what is written down last
                    await asyncio.wait(self._tasks)
        except TimeoutError:
            log.warning("calls did not end in time", extra={"event": "drain.unfinished", "live": len(self._calls)})
        await end_tasks(list(self._tasks))

    async def _end_all(self) -> None:
        await asyncio.gather(*(self._end(call, _GONE) for call in list(self._calls.values())), return_exceptions=True)

    # -- bookkeeping ----------------------------------------------------------------------

    @property
    def _full(self) -> bool:
        serving = [load for load in self.elsewhere.values() if not load.draining]
        live = len(self._calls) + sum(load.live for load in serving)
        return self._draining or live >= self._rules.max_calls + sum(load.capacity for load in serving)

    def _line_full(self, line: LineSpec) -> bool:
        return line.max_calls is not None and line.max_calls <= sum(
            call.line.name == line.name for call in self._calls.values()
        )

    def _by_token(self, token: str) -> Call:
        call = self._calls.get(token)
        if call is None:
            raise CallNotFound("no live call has this token")
        return call

    def _by_id(self, call_id: str) -> Call:
        for call in self._calls.values():
            if call.record.call_id == call_id:
                return call
        raise CallNotFound(f"no live call {call_id}")

    def _callback_url(self, call: Call) -> str:
        return f"{self._rules.base_url}/api/v1/calls/callbacks/{call.token}"

    def _media_url(self, call: Call) -> str:
        base = self._rules.base_url.replace("http://", "ws://", 1).replace("https://", "wss://", 1)
        return f"{base}/api/v1/media/stream/{call.token}"

    async def _drop(self, call: Call) -> None:
        """Forget a call that never came about."""
        self._forget(call)
        await call.release()

    def _forget(self, call: Call) -> None:
        if self._calls.pop(call.token, None) is not None:
            self._spawn(self._ledger.forget(Ring.of(call.record, call.token)))
        self._rest()

    def _rest(self) -> None:
        if not self._calls:
            self._idle.set()

    def _spawn(self, coroutine: Any) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _names_of(call: IncomingCall) -> tuple[str, ...]:
    """What makes two events one ring: the call's id, and what it is answered with, whatever id comes with that."""
    context = sha256(call.context.encode()).hexdigest()[:32] if call.context else ""
    return tuple(name for name in (call.correlation_id or call.server_call_id, context) if name)
