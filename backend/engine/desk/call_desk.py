"""The call desk: all calls of this worker. Takes them, places them, and gives each what concerns it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from backend.agents.store import AgentStore
from backend.domain.call import CallRecord, IncomingCall, WayOut
from backend.domain.call_context import bound
from backend.domain.call_event import CallEvent
from backend.domain.callback import CallingBack
from backend.domain.ending import Ending
from backend.domain.exchange import WorkerLoad
from backend.domain.session import CallSession
from backend.engine.call.call import Call, CallEnvironment
from backend.engine.desk.admission import Admission
from backend.engine.desk.begun_calls import BegunCalls
from backend.engine.desk.connecting import Connecting
from backend.engine.desk.draining import Draining
from backend.engine.desk.gate import CallGate
from backend.engine.desk.handling_call_events import take_event
from backend.engine.desk.incoming_calls import IncomingCalls
from backend.engine.desk.placing import Placing
from backend.engine.desk.recovery import Recovery
from backend.engine.desk.registry import CallRegistry
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.rules import DeskRules
from backend.engine.desk.seen_keys import SeenKeys
from backend.errors import CallNotFound, CallRefused
from backend.ports import MediaLink

__all__ = ["CallDesk", "DeskRules"]

log = logging.getLogger(__name__)


class CallDesk:
    """Every live call of one worker.

    Args:
        environment: what calls work with.
        store: gives the agent store that new calls begin with.
        earlier: gives another version of it, for calls that another worker began with it, or that ask for it.
        drawn: gives the version that a new call begins with, by its id; ``None``: ``store`` does.
        gate: says which calls are taken and placed; ``None``: all.
        rules: capacity, and the time that calls have to end.
        routes: where other workers can see these calls.
    """

    def __init__(
        self,
        environment: CallEnvironment,
        store: Callable[[], AgentStore],
        rules: DeskRules,
        routes: RouteRegistry | None = None,
        *,
        earlier: Callable[[str], AgentStore | None] = lambda _: None,
        drawn: Callable[[str], AgentStore] | None = None,
        gate: CallGate | None = None,
    ) -> None:
        self._environment = environment
        self._store = store
        self._earlier = earlier
        self._rules = rules
        self._routes = routes = routes or RouteRegistry()
        self._events = SeenKeys()
        self.calls = calls = CallRegistry(rules.max_calls)
        """Those that are here."""
        self.able: Callable[[], bool] = lambda: True
        """Can callers be heard and answered here?"""
        ways = environment.ways
        self._recovery = Recovery(ways, environment.media_connect_s)
        self._admission = admission = Admission(ways, calls, rules, gate, environment.telemetry)
        self._connecting = connecting = Connecting(environment, calls, rules, routes, self._recovery)
        begun = BegunCalls(calls, environment.records)
        self._incoming = IncomingCalls(ways, store, admission, connecting, routes, begun, earlier, drawn)
        self._placing = Placing(ways, store, admission, calls, connecting, routes, drawn)
        self._draining = Draining(calls, connecting)

    async def incoming(self, call: IncomingCall) -> None:
        """Answer a ringing call, or refuse it as its line says. A repeated event changes nothing.

        Raises:
            ProviderError: it could not be answered now; the event should be delivered again.
        """
        await self._incoming.incoming(call)

    async def place(
        self, to: str, line: str | None = None, out: WayOut | None = None, back: CallingBack | None = None
    ) -> CallRecord:
        """Call somebody for a line (the first one where none is named), by its way or the one given.

        ``back`` says what they are called back about.

        Raises:
            CallRefused: no capacity, no such line or way out, or a number that may not be called.
            ProviderError: the call could not be placed, or nobody knows: after ``TimedOut`` it may yet come about.
        """
        return await self._placing.place(to, line, out, back)

    # -- calls that go from worker to worker ----------------------------------------------

    def has(self, token: str) -> bool:
        """Is this call here?"""
        return token in self.calls

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
            self._connecting.spawn(self._let_drop(record))
            raise CallNotFound(f"the call is on line {record.line!r}, which is not in the agent store any more")
        if session is not None and session.active_agent not in line.agents:
            session.active_agent = line.entry
        call = self._connecting.add(record, line, store, token, session)
        with bound(call.context):
            call.begin()
            if ask_for_media:
                self._connecting.bring_media_back(call)
            else:
                self._connecting.expect_media(call)

    async def _let_drop(self, record: CallRecord) -> None:
        record.ended_at, record.outcome, record.detail = datetime.now(UTC), "failed", "its line is gone"
        try:
            await self._environment.ways.control(record.way).hang_up(record.connection_id)
        finally:
            await self._environment.records.ended(record)

    async def release(self, token: str, connection_id: str = "") -> bool:
        """Give a call to another worker, unless a media socket carries it here or it is of another connection."""
        call = self.calls.get(token)
        if call is None:
            return True
        if not call.wants_media(connection_id):
            return False
        await self._give_away(call)
        return True

    async def lose(self, token: str) -> None:
        """Another worker has taken a call of ours, because we could not be heard of."""
        if call := self.calls.get(token):
            log.error(
                "call was taken over by another worker",
                extra={"event": "call.given_up", "call_id": call.record.call_id},
            )
            await self._give_away(call)

    async def _give_away(self, call: Call) -> None:
        with bound(call.context):
            self.calls.remove(call)
            self._routes.let_go(call.token)
            await call.release()

    # -- what the service reports ---------------------------------------------------------

    async def callback(self, token: str, event: CallEvent) -> None:
        """One callback event. Duplicates, late ones and unknown types change nothing.

        Raises:
            CallNotFound: no such call here.
        """
        call = self.calls.by_token(token)
        known = call.record.connection_id
        if known and event.connection_id and event.connection_id != known:
            log.warning(
                "event belongs to another call connection; ignored",
                extra={"event": "call.not_its_event", "type": event.type},
            )
            return
        if event.id and not self._events.add(f"{token}/{event.id}"):
            return
        with bound(call.context):
            ending = take_event(call, event)
            if ending is not None:
                await self._connecting.end_untalked(call, ending)
            elif event.type == "CallConnected" and call.record.direction == "outbound" and not call.carried:
                self._connecting.expect_media(call)

    async def expects_media(self, token: str, connection_id: str | None) -> bool:
        """May a media socket with this token, for this call connection, be let in?"""
        call = self.calls.get(token)
        return call is not None and call.wants_media(connection_id)

    async def attach(self, token: str, link: MediaLink) -> None:
        """Let a call speak over its media socket; returns when the call is over.

        Raises:
            CallNotFound: no call waits for this socket.
        """
        call = self.calls.by_token(token)
        with bound(call.context):
            await self._carry(call, link)

    async def _carry(self, call: Call, link: MediaLink) -> None:
        try:
            await call.converse(link)
        except CallNotFound:
            raise  # another socket carries it, or waits for it
        except BaseException:
            await asyncio.shield(self._connecting.end_untalked(call, Ending("failed", "the call broke")))
            raise
        if call.over:
            self._connecting.forget(call)
        elif not call.carried:
            self._connecting.bring_media_back(call)

    # -- operations -----------------------------------------------------------------------

    async def hang_up(self, call_id: str) -> None:
        """End a live call.

        Raises:
            CallNotFound: it is not live here.
        """
        await self._connecting.end(self.calls.by_id(call_id), Ending("completed", "ended by an operator"))

    async def transfer(self, call_id: str, to: str) -> None:
        """Connect a live call to another number.

        Raises:
            CallNotFound: it is not live here, or the service does not know it any more.
            CallRefused: the other number did not take it or may not be called, another transfer is under way, or the
                call is not up yet.
            ProviderError: the service would not even try.
        """
        call = self.calls.by_id(call_id)
        await self._admission.may_call(to, call.line)
        with bound(call.context):
            if not await call.transfer(to, {"Call-Id": call.record.call_id, "Reason": "transferred by an operator"}):
                raise CallRefused("the other number did not take the call")
            call.end(Ending("transferred", "transferred by an operator"))

    async def press(self, call_id: str, keys: str) -> None:
        """Press keys in a live call, as for the menu of whoever was called. Raises like ``CallControl.press``."""
        record = self.calls.by_id(call_id).record
        control = self._environment.ways.control(record.way)
        await control.press(record.connection_id, keys, to=record.other_side.reveal())

    def live(self) -> Sequence[CallRecord]:
        """Calls under way, the newest first."""
        return [call.record for call in reversed(self.calls.all())]

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        calls = self.calls.all()
        return {
            "live": len(calls),
            "talking": sum(call.talking for call in calls),
            "capacity": self._rules.max_calls,
            "taken": self._connecting.taken,
            "tests": self._connecting.tests,
            "refused": self._admission.refused,
            "draining": self.draining,
            "brought_back": self._recovery.brought_back,
            "given_up": self._recovery.given_up,
            "not_stored": sum(not call.stored for call in calls),
        }

    def load(self) -> WorkerLoad:
        """How busy this worker is."""
        return self.calls.load(able=self.able())

    @property
    def draining(self) -> bool:
        """Are new calls refused because the worker is going away?"""
        return self.calls.draining

    async def drain(self) -> None:
        """Refuse new calls and wait for the live ones; see ``Draining``."""
        await self._draining.drain(self._rules.drain_s)

    async def close(self) -> None:
        """End everything now."""
        await self._draining.close()
