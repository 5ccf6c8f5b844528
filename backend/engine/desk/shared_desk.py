"""The calls of all workers, as one of them serves them.

A call lives at the worker where its media socket is. Anything about a call may arrive at any
worker: what is ours is done here at once, what is another's is asked of that worker. A call whose
worker is gone, or gives it up because the media socket is knocking here, becomes ours: we take
its lease, load its session and go on.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from backend.domain.call import CallRecord, IncomingCall, WayOut
from backend.domain.call_event import CallEvent
from backend.domain.callback import CallingBack
from backend.domain.exchange import CallRoute, Reply, Request
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.adoption import Adoption
from backend.engine.desk.call_desk import CallDesk
from backend.engine.desk.call_owners import ask_owner
from backend.engine.desk.heartbeat import Heartbeat
from backend.engine.desk.supervision import Supervision
from backend.errors import CallNotFound, CallRefused, SessionLost
from backend.ports import CallRecords, Exchange, MediaLink, SessionStore

__all__ = ["SharedDesk"]

log = logging.getLogger(__name__)

_TRANSFER_LIMIT_S = 50.0
_PRESS_LIMIT_S = 12.0
_START_LIMIT_S = 2.0
_SETTLING_S = (0.0, 0.03, 0.07, 0.15, 0.3, 0.6)
"""A call that is going from one worker to another is nobody's for a moment: asked for again after these pauses."""


async def _as_it_is(_version: str) -> None:
    """Every worker has the one version that there is."""


class SharedDesk:
    """One worker's desk, joined with those of the others.

    Args:
        desk: the calls that are here.
        exchange: whose call is whose, and how to reach the others.
        sessions: the memory of calls.
        records: the lasting record of calls.
        supervision: what people do who listen to calls and help, here and at other workers.
        prepare: has a version of the agent store ready for a call that comes from another worker.
        beat_s: how often this worker says that it lives and looks for calls whose owner does not.
    """

    def __init__(
        self,
        desk: CallDesk,
        exchange: Exchange,
        sessions: SessionStore,
        records: CallRecords,
        *,
        supervision: Supervision | None = None,
        prepare: Callable[[str], Awaitable[object]] = _as_it_is,
        beat_s: float = 1.0,
    ) -> None:
        self._desk = desk
        self._exchange = exchange
        self._supervision = supervision or Supervision(desk.calls, exchange)
        self._adoption = Adoption(desk, exchange, sessions, records, prepare)
        self._heartbeat = Heartbeat(desk, exchange, self._adoption, beat_s)
        self._listening: asyncio.Task[None] | None = None

    @property
    def adopted(self) -> int:
        """So many calls were taken over from other workers."""
        return self._adoption.count

    async def start(self) -> None:
        """Be there for the others. Without Redis this worker serves alone until it comes."""
        listen = self._exchange.listen(self._handle)
        self._listening = asyncio.get_running_loop().create_task(listen, name="exchange")
        self._heartbeat.start()
        if not await self._exchange.listening(_START_LIMIT_S):
            log.warning("Redis does not answer; other workers cannot reach this one", extra={"event": "redis.away"})

    @property
    def alone(self) -> bool:
        """Does Redis not take what this worker says of itself to the others?"""
        return self._heartbeat.away

    def stats(self) -> dict[str, Any]:
        """Figures for /stats."""
        others = {name: msgspec.to_builtins(load) for name, load in self._desk.calls.elsewhere.items()}
        return {"this": self._exchange.worker, "others": others, "taken_over": self.adopted, "redis_away": self.alone}

    async def close(self) -> None:
        """Be gone for the others."""
        await end_tasks([self._listening] if self._listening else [])
        await self._heartbeat.close()
        with contextlib.suppress(SessionLost):
            await self._exchange.leave()

    # -- what needs no other worker -------------------------------------------------------

    async def incoming(self, call: IncomingCall) -> None:
        """Answer a ringing call, if no other worker does."""
        await self._desk.incoming(call)

    async def place(
        self, to: str, line: str | None = None, out: WayOut | None = None, back: CallingBack | None = None
    ) -> CallRecord:
        """Call somebody, or call them back."""
        return await self._desk.place(to, line, out, back)

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
                await self._adoption.adopt(ring, ask_for_media=event.type != "CallDisconnected")
                await self._desk.callback(token, event)
                return
            if reply.code != CallNotFound.code:
                return
        raise CallNotFound("no worker has this call")

    async def expects_media(self, token: str, connection_id: str | None) -> bool:
        """May a media socket be let in? The call becomes this worker's by it.

        Raises:
            SessionLost: it is not here, and where it is cannot be found out now.
            CallRefused: it tries a version of the agent store that cannot be had here.
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
                    await self._adoption.ask_for(ring, ask_for_media=False)
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
            await ask_owner(self._exchange, Request(do="hang_up", call_id=call_id), 5.0)

    async def transfer(self, call_id: str, to: str) -> None:
        """Connect a live call to another number, wherever it is."""
        if any(call.call_id == call_id for call in self._desk.live()):
            await self._desk.transfer(call_id, to)
        else:
            await ask_owner(self._exchange, Request(do="transfer", call_id=call_id, to=to), _TRANSFER_LIMIT_S)

    async def press(self, call_id: str, keys: str) -> None:
        """Press keys in a live call, wherever it is."""
        if any(call.call_id == call_id for call in self._desk.live()):
            await self._desk.press(call_id, keys)
        else:
            await ask_owner(self._exchange, Request(do="press", call_id=call_id, to=keys), _PRESS_LIMIT_S)

    async def _find(self, token: str) -> CallRoute:
        ring = await self._exchange.find(token)
        if ring is None:
            raise CallNotFound("no live call has this token")
        return ring

    # -- for the others -------------------------------------------------------------------

    async def _handle(self, request: Request) -> Reply:
        match request.do:
            case "callback":
                await self._desk.callback(request.token, CallEvent.told(request.event))
            case "release":
                async with self._adoption.lock(request.token):  # not while it is being taken over here
                    if not await self._desk.release(request.token, request.connection_id):
                        raise CallRefused("this call stays with its worker")
            case "hang_up":
                await self._desk.hang_up(request.call_id)
            case "transfer":
                await self._desk.transfer(request.call_id, request.to)
            case "press":
                await self._desk.press(request.call_id, request.to)
            case _:
                await self._supervision.handle(request)
        return Reply()
