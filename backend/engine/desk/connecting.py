"""Connecting: from asking the service for a call to its media socket, or to its being forgotten."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from backend.agents.store import AgentStore
from backend.domain.call import CallConnection, CallRecord, Direction, Way
from backend.domain.call_context import bound
from backend.domain.ending import Ending
from backend.domain.exchange import CallRoute
from backend.domain.line import LineSpec
from backend.domain.private import Private
from backend.domain.session import CallSession
from backend.domain.session_plan import SessionPlan
from backend.engine.call.call import Call, CallEnvironment, hang_up
from backend.engine.call.end_tasks import end_tasks
from backend.engine.call.new_session import new_session
from backend.engine.desk.recovery import Recovery
from backend.engine.desk.registry import CallRegistry
from backend.engine.desk.route_registry import RouteRegistry
from backend.engine.desk.rules import DeskRules
from backend.engine.turn.call_log import call_began
from backend.errors import TimedOut

__all__ = ["Connecting", "new_call_id"]

log = logging.getLogger(__name__)


def new_call_id() -> str:
    """An id that no other call has."""
    return secrets.token_hex(8)


class Connecting:
    """Makes calls, waits for what the service does about them, and forgets them.

    Args:
        routes: where other workers can see these calls.
        recovery: sees to those that wait for their media socket.
    """

    def __init__(
        self,
        environment: CallEnvironment,
        registry: CallRegistry,
        rules: DeskRules,
        routes: RouteRegistry,
        recovery: Recovery,
    ) -> None:
        self._environment = environment
        self._registry = registry
        self._rules = rules
        self._routes = routes
        self._recovery = recovery
        self._tasks: set[asyncio.Task[None]] = set()
        self.taken = self.tests = 0

    def open(
        self,
        line: LineSpec,
        store: AgentStore,
        direction: Direction,
        caller: Private,
        called: Private,
        way: Way = "acs",
        plan: SessionPlan | None = None,
        call_id: str = "",
    ) -> Call:
        """A call that begins here; as ``plan`` says, where an application asked for it.

        ``call_id`` is what its version of the store was drawn by.
        """
        planned = plan is not None and plan.test
        record = CallRecord(
            call_id=call_id or (plan and plan.call_id) or new_call_id(),
            line=line.name,
            direction=direction,
            caller=caller,
            called=called,
            way=way,
            store_version=store.version,
            started_at=datetime.now(UTC),
            test=planned or self._rules.marks.is_test(called if direction == "outbound" else caller),
        )
        return self.add(record, line, store, secrets.token_urlsafe(24), plan and new_session(record, line, store, plan))

    def add(
        self, record: CallRecord, line: LineSpec, store: AgentStore, token: str, session: CallSession | None = None
    ) -> Call:
        """A call that is here from now on; with its session where it began at another worker."""
        call = Call(
            record,
            line,
            store,
            self._environment,
            token=token,
            session=session,
            mine=lambda: self._routes.mine(record.call_id),
        )
        self._registry.add(call)
        return call

    async def begin(
        self, call: Call, asked: Awaitable[CallConnection], doubt_s: float | None = None, *, limit: bool = True
    ) -> None:
        """Wait for what comes of asking the service, and let the call begin.

        Args:
            asked: gives the connection.
            doubt_s: a call of which nobody knows may come about for so long.
            limit: the media socket must come soon; not where somebody's phone rings first.
        """
        await self._answered(call, await self._outcome(call, asked, doubt_s), limit=limit)

    async def _outcome(self, call: Call, asked: Awaitable[CallConnection], doubt_s: float | None) -> CallConnection:
        """What came of asking the service for a call. A call that did not come about is forgotten, sooner or later."""
        try:
            return await asked
        except TimedOut:
            if call.carried:  # its media socket was faster than the bad news
                return CallConnection(call.record.connection_id)
            self.spawn(self._doubt(call, doubt_s))
            raise
        except BaseException:
            await self._drop(call)
            raise

    async def _doubt(self, call: Call, limit_s: float | None) -> None:
        """The service may have done as it was asked without our knowing; the caller would hear nothing for ever."""
        if await call.wait_attached(limit_s) or (call.record.connection_id and not call.over):
            log.warning(
                "the call was connected although the call service had not confirmed it in time",
                extra={"event": "call.came_late", "call_id": call.record.call_id},
            )
            await self._answered(call, CallConnection(call.record.connection_id), limit=True)
        elif not call.over:
            await self._drop(call)

    async def _answered(self, call: Call, connection: CallConnection, *, limit: bool) -> None:
        self.taken += not call.record.test
        self.tests += call.record.test
        call_began(call.record)
        if call.token not in self._registry:
            if call.record.outcome is not None:  # it was ended before it was known by what it can be hung up
                call.record.connection_id = connection.connection_id
                await hang_up(self._environment.ways.control(call.record.way), call.record)
            return  # or else its media socket was faster, and another worker has it
        call.connected(connection.connection_id)
        call.begin()
        self.spawn(self._routes.note(CallRoute.of(call.record, call.token)))
        if limit:
            self.expect_media(call)

    def expect_media(self, call: Call) -> None:
        """Its media socket is on its way; a call to which it does not come is given up."""
        self.spawn(self._wait_for_media(call, self._recovery.expect_media))

    def bring_media_back(self, call: Call) -> None:
        """Have the service open its media socket again."""
        self.spawn(self._wait_for_media(call, self._recovery.bring_back))

    async def _wait_for_media(self, call: Call, wait: Callable[[Call], Awaitable[None]]) -> None:
        await wait(call)
        if call.over:
            self.forget(call)

    async def end_untalked(self, call: Call, ending: Ending) -> None:
        """End a call in which nobody speaks."""
        with bound(call.context):
            await call.finish(ending)
            self.forget(call)

    async def end(self, call: Call, ending: Ending) -> None:
        """End a call now, whether somebody speaks in it or not."""
        if call.talking:
            call.end(ending)
        else:
            await self.end_untalked(call, ending)

    async def _drop(self, call: Call) -> None:
        """Forget a call that never came about."""
        self.forget(call)
        await call.release()

    def forget(self, call: Call) -> None:
        """It is over."""
        if self._registry.remove(call):
            self.spawn(self._routes.forget(CallRoute.of(call.record, call.token)))

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Do something beside the calls; it is waited for at the end."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait for what is written down last."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """End what is under way."""
        await end_tasks(list(self._tasks))
