"""The call desk: all calls of this worker. Takes them, places them, and gives each what concerns it."""

import asyncio
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from backend.agents.store import AgentStore
from backend.domain.agent import LineSpec
from backend.domain.call import CallConnection, CallRecord, Direction, IncomingCall
from backend.domain.private import Private
from backend.engine.call import Call, CallEnvironment
from backend.engine.conversation import Ending
from backend.errors import CallNotFound, CallRefused, ProviderError
from backend.ports import MediaLink
from backend.protocol.cloud_events import CallEvent

__all__ = ["CallDesk", "DeskRules"]

log = logging.getLogger(__name__)

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class DeskRules:
    """Where calls are answered and how many."""

    base_url: str
    """Public address of this server, without a slash at the end."""
    max_calls: int = 100
    drain_s: float = 600.0


class CallDesk:
    """Every live call of one worker.

    Args:
        environment: what calls work with.
        store: gives the agent store that new calls begin with.
        rules: address and capacity.
    """

    def __init__(self, environment: CallEnvironment, store: Callable[[], AgentStore], rules: DeskRules) -> None:
        self._environment = environment
        self._store = store
        self._rules = rules
        self._calls: dict[str, Call] = {}  # by token
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._draining = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._taken = self._refused = 0

    # -- taking and placing ---------------------------------------------------------------

    async def incoming(self, call: IncomingCall) -> None:
        """Answer a ringing call, or refuse it as its line says. A repeated event changes nothing.

        Raises:
            ProviderError: it could not be answered now; the event should be delivered again.
        """
        key = call.correlation_id or call.server_call_id or call.context
        if key in self._seen:
            return
        self._remember(key)
        try:
            await self._take(call)
        except ProviderError:
            self._seen.pop(key, None)
            raise

    async def _take(self, incoming: IncomingCall) -> None:
        store, control = self._store(), self._environment.control
        line = store.line_for_number(incoming.called.reveal())
        if line is None:
            log.warning("no line for the called number")
            self._refused += 1
            await control.reject(incoming, busy=False)
            return
        if self._full or self._line_full(line):
            await self._overflow(incoming, line)
            return
        call = self._open(line, store, "inbound", incoming.caller, incoming.called)
        try:
            connection = await control.answer(
                incoming, callback_url=self._callback_url(call), media_url=self._media_url(call)
            )
        except ProviderError:
            self._forget(call)
            raise
        await self._answered(call, connection)

    async def _overflow(self, incoming: IncomingCall, line: LineSpec) -> None:
        self._refused += 1
        if line.overflow.action == "redirect" and line.overflow.number:
            await self._environment.control.redirect(incoming, to=line.overflow.number)
        else:
            await self._environment.control.reject(incoming, busy=True)

    async def place(self, to: str, line: str | None = None) -> CallRecord:
        """Call somebody for a line (the first one where none is named).

        Raises:
            CallRefused: no capacity, or no such line.
            ProviderError: the call could not be placed.
        """
        store = self._store()
        if self._full:
            raise CallRefused("this worker takes no more calls now")
        name = line or next(iter(store.lines), "")
        if name not in store.lines:
            raise CallRefused(f"no line named {name!r}; there are: {', '.join(store.lines)}")
        if self._line_full(store.lines[name]):
            raise CallRefused(f"the line {name} takes no more calls now")
        call = self._open(store.lines[name], store, "outbound", Private(""), Private(to))
        try:
            connection = await self._environment.control.create(
                to=to, callback_url=self._callback_url(call), media_url=self._media_url(call)
            )
        except ProviderError:
            self._forget(call)
            raise
        await self._answered(call, connection, limit=False)
        return call.record

    async def _answered(self, call: Call, connection: CallConnection, *, limit: bool = True) -> None:
        call.connected(connection.connection_id)
        self._taken += 1
        await call.begin()
        if limit:
            self._spawn(self._expect_media(call))

    async def _expect_media(self, call: Call) -> None:
        if await call.wait_attached() or call.over:
            return
        log.error("media socket did not come", extra={"call_id": call.record.call_id})
        await call.finish(Ending("failed", "media socket did not come"))
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
        )
        url = f"{self._rules.base_url}/api/v1/calls/callbacks/{token}"
        call = Call(record, line, store, self._environment, token=token, callback_url=url)
        self._calls[token] = call
        self._idle.clear()
        return call

    # -- what the service reports ---------------------------------------------------------

    async def callback(self, token: str, event: CallEvent) -> None:
        """One callback event. Duplicates, late ones and unknown types change nothing.

        Raises:
            CallNotFound: no such call here.
        """
        call = self._by_token(token)
        match event.type:
            case "CallConnected":
                if event.connection_id and not call.record.connection_id:
                    call.connected(event.connection_id)
            case "CallDisconnected":
                call.disconnected()
                if not call.talking:
                    await self._end_untalked(call, Ending("caller_hung_up", "before a word was said"))
            case "CallTransferAccepted":
                call.transfer_result(True)
            case "CallTransferFailed":
                call.transfer_result(False)
            case "CreateCallFailed" | "AnswerFailed" | "ConnectFailed":
                await self._end_untalked(call, Ending("failed", f"{event.type} {event.code}/{event.sub_code}"))
            case "MediaStreamingFailed":
                log.error("media streaming failed", extra={"call_id": call.record.call_id, "code": event.sub_code})
            case _:
                pass

    async def _end_untalked(self, call: Call, ending: Ending) -> None:
        await call.finish(ending)
        self._forget(call)

    def expects_media(self, token: str, connection_id: str | None) -> bool:
        """May a media socket with this token, for this call connection, be let in?"""
        call = self._calls.get(token)
        if call is None or call.over or call.talking:
            return False
        known = call.record.connection_id
        return not known or connection_id is None or connection_id == known

    async def attach(self, token: str, link: MediaLink) -> None:
        """Let a call speak over its media socket; returns when the call is over.

        Raises:
            CallNotFound: no call waits for this socket.
        """
        call = self._by_token(token)
        if call.talking or call.over:
            raise CallNotFound("this call has its media already")
        try:
            await call.converse(link)
        finally:
            if not call.over:
                await asyncio.shield(call.finish(Ending("failed", "the call broke")))
            self._forget(call)

    # -- operations -----------------------------------------------------------------------

    async def hang_up(self, call_id: str) -> None:
        """End a live call.

        Raises:
            CallNotFound: it is not live here.
        """
        call = self._by_id(call_id)
        if call.talking:
            call.end(Ending("completed", "ended by an operator"))
        else:
            await self._end_untalked(call, Ending("completed", "ended by an operator"))

    async def transfer(self, call_id: str, to: str) -> None:
        """Connect a live call to another number.

        Raises:
            CallNotFound: it is not live here.
            CallRefused: the other number did not take it.
        """
        call = self._by_id(call_id)
        if not await call.transfer(to, {"Call-Id": call_id, "Reason": "transferred by an operator"}):
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
            "refused": self._refused,
            "draining": self._draining,
        }

    @property
    def draining(self) -> bool:
        """Are new calls refused because the worker is going away?"""
        return self._draining

    async def drain(self) -> None:
        """Refuse new calls and wait for the live ones; what still talks at the limit is ended."""
        self._draining = True
        began = time.monotonic()
        try:
            await asyncio.wait_for(self._idle.wait(), self._rules.drain_s)
        except TimeoutError:
            log.warning("drain limit reached", extra={"live": len(self._calls)})
            for call in list(self._calls.values()):
                call.end(Ending("failed", "the server went away"))
            await asyncio.sleep(0)
        log.info("drained", extra={"seconds": round(time.monotonic() - began, 1)})

    async def close(self) -> None:
        """End everything now."""
        self._draining = True
        for call in list(self._calls.values()):
            call.end(Ending("failed", "the server went away"))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- bookkeeping ----------------------------------------------------------------------

    @property
    def _full(self) -> bool:
        return self._draining or len(self._calls) >= self._rules.max_calls

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

    def _remember(self, key: str) -> None:
        self._seen[key] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    def _forget(self, call: Call) -> None:
        self._calls.pop(call.token, None)
        if not self._calls:
            self._idle.set()

    def _spawn(self, coroutine: Any) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
