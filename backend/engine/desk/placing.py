"""Placing calls: somebody is called for a line."""

from collections.abc import Callable

from backend.agents.store import AgentStore
from backend.domain.call import CallRecord
from backend.domain.call_context import bound
from backend.domain.exchange import CallRoute
from backend.domain.private import Private
from backend.engine.call.ways_in import WaysIn
from backend.engine.desk.admission import Admission
from backend.engine.desk.connecting import Connecting
from backend.engine.desk.registry import CallRegistry
from backend.engine.desk.route_registry import RouteRegistry
from backend.errors import CallRefused

__all__ = ["Placing"]

_RINGS_S = 90.0
"""So long a placed call may ring before somebody picks up; networks give up sooner."""


class Placing:
    """Places calls by the usual way.

    Args:
        store: gives the agent store that new calls begin with.
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
    ) -> None:
        self._ways = ways
        self._store = store
        self._admission = admission
        self._registry = registry
        self._connecting = connecting
        self._routes = routes

    async def place(self, to: str, line: str | None) -> CallRecord:
        """Call somebody for a line (the first one where none is named).

        Raises:
            CallRefused: no capacity, no such line, or a number that may not be called.
            ProviderError: the call could not be placed, or nobody knows: after ``TimedOut`` it may yet come about.
        """
        store = self._store()
        if self._registry.full:
            raise CallRefused("this worker takes no more calls now")
        name = line or next(iter(store.lines), "")
        if name not in store.lines:
            raise CallRefused(f"no line named {name!r}; there are: {', '.join(store.lines)}")
        if self._registry.line_full(store.lines[name]):
            raise CallRefused(f"the line {name} takes no more calls now")
        await self._admission.may_call(to, store.lines[name])
        call = self._connecting.open(store.lines[name], store, "outbound", Private(""), Private(to))
        with bound(call.context):
            await self._routes.own(CallRoute.of(call.record, call.token))
            created = self._ways.usual.create(to=to, token=call.token)
            await self._connecting.begin(call, created, _RINGS_S, limit=False)
        return call.record
