"""Placing calls: somebody is called for a line."""

from collections.abc import Callable
from dataclasses import replace

from backend.agents.store import AgentStore
from backend.domain.call import CallRecord, Way, WayOut
from backend.domain.call_context import bound
from backend.domain.callback import CallingBack
from backend.domain.exchange import CallRoute
from backend.domain.line import LineSpec
from backend.domain.private import Private
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.admission import Admission
from backend.engine.desk.connecting import Connecting, new_call_id
from backend.engine.desk.registry import CallRegistry
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.thinking.called_back import note_calling_back
from backend.errors import CallNotFound, CallRefused
from backend.ports import CallControl

__all__ = ["Placing", "way_out"]

_RINGS_S = 90.0
"""So long a placed call may ring before somebody picks up; networks give up sooner."""


class Placing:
    """Places calls by the way that is asked for, or that their line has.

    Args:
        store: gives the agent store that new calls begin with.
        drawn: gives it by the call's id, where not all begin with the same.
        admission: knows which numbers may be called.
    """

    def __init__(
        self,
        ways: WaysIn,
        store: Callable[[], AgentStore],
        admission: Admission,
        registry: CallRegistry,
        connecting: Connecting,
        routes: RouteRegistry,
        drawn: Callable[[str], AgentStore] | None = None,
    ) -> None:
        self._drawn: Callable[[str], AgentStore] = drawn or (lambda call_id: store())
        self._ways = ways
        self._admission = admission
        self._registry = registry
        self._connecting = connecting
        self._routes = routes

    async def place(
        self, to: str, line: str | None, out: WayOut | None = None, back: CallingBack | None = None
    ) -> CallRecord:
        """Call somebody for a line (the first one where none is named).

        Args:
            to: the number.
            line: the line's name.
            out: by which way; ``None``: the line's own.
            back: what they are called back about; ``None``: they are called anew.

        Raises:
            CallRefused: no capacity, no such line, no such way out, or a number that may not be called.
            ProviderError: the call could not be placed, or nobody knows: after ``TimedOut`` it may yet come about.
        """
        call_id = (back and back.placed) or new_call_id()
        store = self._drawn(call_id)
        if self._registry.full:
            raise CallRefused("this worker takes no more calls now")
        name = line or next(iter(store.lines), "")
        if name not in store.lines:
            raise CallRefused(f"no line named {name!r}; there are: {', '.join(store.lines)}")
        if self._registry.line_full(store.lines[name]):
            raise CallRefused(f"the line {name} takes no more calls now")
        await self._admission.may_call(to, store.lines[name])
        out = way_out(store.lines[name], out)
        control = self._control(out.way)
        if back is not None:
            self._nobody_rings_at(to)  # nothing is awaited from here until the call is among the others
        line_spec, nobody = store.lines[name], Private("")
        call = self._connecting.open(line_spec, store, "outbound", nobody, Private(to), out.way, call_id=call_id)
        if back is not None:
            note_calling_back(call.session, back)
        with bound(call.context):
            await self._routes.own(CallRoute.of(call.record, call.token))
            created = control.create(to=to, token=call.token, out=out)
            await self._connecting.begin(call, created, _RINGS_S, limit=False)
        return call.record

    def _nobody_rings_at(self, number: str) -> None:
        """Whom this worker is calling, for whatever reason, is not called back beside it."""
        placed = (call.record for call in self._registry.all() if call.record.direction == "outbound")
        if any(record.called.reveal() == number for record in placed):
            raise CallRefused("this number is being called already")

    def _control(self, way: Way) -> CallControl:
        try:
            return self._ways.control(way)
        except CallNotFound as error:
            there = ", ".join(self._ways.names)
            raise CallRefused(
                f"calls cannot be placed through {way}: it is not set up on this server; there is: {there}"
            ) from error


def way_out(line: LineSpec, asked: WayOut | None) -> WayOut:
    """By which way a line calls; what is left open of ``asked`` is the line's, where it calls by the same way.

    Raises:
        CallRefused: the number to be shown is none of the line's.
    """
    placing = line.placing
    own = WayOut(placing.via, placing.trunk, placing.number or "")
    if asked is None:
        return own
    if asked.number and asked.number not in {*line.numbers, own.number}:
        raise CallRefused(f"a call of the line {line.name} can come from its own numbers only")
    if asked.way != own.way:
        return asked
    return replace(asked, trunk=asked.trunk or own.trunk, number=asked.number or own.number)
