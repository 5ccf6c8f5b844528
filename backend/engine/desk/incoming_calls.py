"""Taking calls: a ring is answered once, whatever comes of it twice, and at whichever worker it comes."""

import logging
from collections.abc import Callable
from hashlib import sha256

import msgspec

from backend.agents.store import AgentStore
from backend.domain.call import IncomingCall
from backend.domain.call_context import bound
from backend.domain.exchange import CallRoute
from backend.domain.line import LineSpec
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.admission import Admission
from backend.engine.desk.begun_calls import BegunCalls
from backend.engine.desk.connecting import Connecting, new_call_id
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.seen_keys import SeenKeys
from backend.errors import CallNotFound, CallRefused

__all__ = ["IncomingCalls"]

log = logging.getLogger(__name__)


class IncomingCalls:
    """Answers ringing calls.

    Args:
        store: gives the agent store that new calls begin with.
        named: gives another version of it, for a call that is to begin with that.
        drawn: gives it by the call's id, where not all begin with the same.
        admission: sees to those that are not taken.
        begun: knows which calls have begun already.
    """

    def __init__(
        self,
        ways: WaysIn,
        store: Callable[[], AgentStore],
        admission: Admission,
        connecting: Connecting,
        routes: RouteRegistry,
        begun: BegunCalls,
        named: Callable[[str], AgentStore | None] = lambda _: None,
        drawn: Callable[[str], AgentStore] | None = None,
    ) -> None:
        self._drawn: Callable[[str], AgentStore] = drawn or (lambda call_id: store())
        self._begun = begun
        self._named = named
        self._ways = ways
        self._admission = admission
        self._connecting = connecting
        self._routes = routes
        self._seen = SeenKeys()

    async def incoming(self, call: IncomingCall) -> None:
        """Answer a ringing call, or refuse it as its line says. A repeated event changes nothing.

        Raises:
            ProviderError: it could not be answered now; the event should be delivered again.
            CallRefused: the version of the store that was asked for is not here.
        """
        keys = _names_of(call)
        fresh = [self._seen.add(key) for key in keys]  # each is noted, whatever is known of the others
        if not all(fresh):
            return
        for key in keys:  # one after the other: two workers with one each would both leave the caller ringing
            if not await self._routes.claim(key):
                for seen in keys:  # another worker has it; should that die first, the ring comes here once more
                    self._seen.drop(seen)
                return
        try:
            await self._take(call)
        except CallNotFound:
            log.info("the caller hung up before the call was taken", extra={"event": "call.gone"})
        except BaseException:  # of whatever it failed, the caller still rings, and may come again or elsewhere
            for key in keys:
                self._seen.drop(key)
                await self._routes.settle(key, answered=False)
            raise
        for key in keys:
            self._connecting.spawn(self._routes.settle(key, answered=True))

    async def _take(self, incoming: IncomingCall) -> None:
        plan = incoming.plan and await self._once(incoming.plan)
        call_id = (plan and plan.call_id) or new_call_id()
        store = self._store_of(plan, call_id)
        line = _line_of(incoming, store)
        if line is None:
            await self._admission.no_line(incoming)
            return
        says = store.phrases.of(line, store.agents[line.entry])
        words = await self._admission.turned_away(incoming, line, says)
        if words is None or await self._admission.closed(incoming, line):
            return
        room = await self._admission.room(incoming, line)
        if room == "none":
            return
        dialed = incoming.called.reveal()
        called, direction = Private(dialed or line.numbers[0]), "inbound" if dialed else "browser"
        call = self._connecting.open(line, store, direction, incoming.caller, called, incoming.way, plan, call_id)
        call.opening.turned_away = words
        call.opening.full = room == "told"
        with bound(call.context):
            await self._routes.own(CallRoute.of(call.record, call.token))
            await self._connecting.begin(call, self._ways.control(incoming.way).answer(incoming, token=call.token))

    def _store_of(self, plan: SessionPlan | None, call_id: str) -> AgentStore:
        """The version that a call begins with.

        Raises:
            CallRefused: the one that was asked for is not here.
        """
        if plan is None or not plan.version:
            return self._drawn(call_id)
        if (store := self._named(plan.version)) is None:
            raise CallRefused(f"this worker has no version {plan.version} of the agent store ready")
        return store

    async def _once(self, plan: SessionPlan) -> SessionPlan:
        """The plan, without its id where a call had that already: a room that is made again begins another call."""
        if plan.call_id and await self._begun.has(plan.call_id):
            return msgspec.structs.replace(plan, call_id="")
        return plan


def _line_of(call: IncomingCall, store: AgentStore) -> LineSpec | None:
    named = call.plan.line if call.plan else ""
    return store.lines.get(named) if named else store.line_for_number(call.called.reveal())


def _names_of(call: IncomingCall) -> tuple[str, ...]:
    """What makes two events one ring: the call's id, and what it is answered with, whatever id comes with that."""
    context = sha256(call.context.encode()).hexdigest()[:32] if call.context else ""
    return tuple(name for name in (call.correlation_id or call.server_call_id, context) if name)
