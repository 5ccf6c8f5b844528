"""Taking a live call over: a colleague speaks with the caller from a browser, wherever the call is.

Whoever takes over also listens, and so hears the caller. Their voice goes straight into a call that is here; for one at
another worker it goes over the relay, a message every 60 ms, and a sign of life every second while they are silent.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec

from backend.domain.exchange import Request
from backend.domain.overheard import FRAMES, Overheard
from backend.engine.call.end_tasks import end_tasks
from backend.engine.conversation.visit import Visit, VisitEnd
from backend.engine.desk.call_owners import ask_owner
from backend.engine.desk.ear import Ear
from backend.engine.desk.listening_in import ListeningIn
from backend.engine.desk.registry import CallRegistry
from backend.errors import CallNotFound, RingmasterError
from backend.ports import Exchange, Relay

__all__ = ["Seat", "TakingOver"]

_LIMIT_S = 3.0


class _Voice(msgspec.Struct, array_like=True):
    """What goes over the relay."""

    visit: str
    pcm: bytes


class Seat:
    """A colleague's place in a call: what they hear, and what they say.

    Args:
        name: their visit.
        ear: what they hear.
        visit: the visit itself, where the call is here.
        relay: where it is not.
        topic: what their voice is said on there.
    """

    def __init__(self, name: str, ear: Ear, visit: Visit | None, relay: Relay | None, topic: str) -> None:
        self.name = name
        self.ear = ear
        self._visit, self._relay, self._topic = visit, relay, topic
        self._frames: list[bytes] = []
        self._spoke = False
        self.left_as: VisitEnd = "lost"
        """How it ends unless somebody says otherwise: the browser is gone."""

    def say(self, pcm: bytes) -> None:
        """20 ms of the colleague's voice."""
        if self._visit is not None:
            self._visit.say(pcm)
            return
        self._frames.append(pcm)
        if len(self._frames) >= FRAMES:
            self._tell(b"".join(self._frames))
            self._frames.clear()

    def here(self) -> None:
        """A sign of life."""
        if self._visit is not None:
            self._visit.here()
        else:
            self._tell(b"")

    def _tell(self, pcm: bytes) -> None:
        if self._relay is not None:
            self._relay.tell(self._topic, msgspec.msgpack.encode(_Voice(self.name, pcm)))

    def speaks(self, heard: Overheard) -> bool:
        """Does the caller hear them now?"""
        self._spoke = self._spoke or heard.colleague == self.name
        return heard.colleague == self.name

    def over(self, heard: Overheard) -> bool:
        """Has it ended, by whatever else than they?"""
        return self._spoke and heard.colleague != self.name


class TakingOver:
    """Colleagues at this worker who speak in calls, and those of others who speak in calls of this one.

    Args:
        calls: those that are here.
        listening: by which they hear the caller.
        exchange: reaches the workers that have the others; ``None``: there are none.
        relay: carries their voices.
    """

    def __init__(
        self, calls: CallRegistry, listening: ListeningIn, exchange: Exchange | None, relay: Relay | None
    ) -> None:
        self._calls = calls
        self._listening = listening
        self._exchange = exchange
        self._relay = relay
        self._visits: dict[str, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def take_over(self, call_id: str, by: str) -> AsyncGenerator[Seat]:
        """Speak with a caller while the block runs; how the visit ends stands in the seat.

        Raises:
            CallNotFound: the call is not live.
            CallRefused: the line forbids it, a colleague speaks already, or the call is ending or being connected.
            PoolExhausted: as many listen as may.
            ProviderError, SessionLost: it is at another worker, which cannot be asked now.
        """
        name = secrets.token_hex(8)
        async with self._listening.listen(call_id, by) as ear:
            seat = Seat(name, ear, await self._sit(call_id, name, by), self._relay, _topic(call_id))
            try:
                yield seat
            finally:
                await self._leave(call_id, seat)

    async def _sit(self, call_id: str, name: str, by: str) -> Visit | None:
        if (call := self._calls.find(call_id)) is not None:
            visit = Visit(name, by)
            call.attending.take_over(visit)
            return visit
        if self._exchange is None:
            raise CallNotFound(f"no live call {call_id}")
        await ask_owner(self._exchange, Request(do="take_over", call_id=call_id, token=name, by=by), _LIMIT_S)
        return None

    async def _leave(self, call_id: str, seat: Seat) -> None:
        if self._calls.find(call_id) is not None:
            self.give_back(call_id, seat.name, seat.left_as)
        elif self._exchange is not None:
            request = Request(do="give_back", call_id=call_id, token=seat.name, to=seat.left_as)
            with contextlib.suppress(RingmasterError):  # then it is lost within three seconds
                await ask_owner(self._exchange, request, _LIMIT_S)

    # -- for the others -------------------------------------------------------------------

    def admit(self, call_id: str, name: str, by: str) -> None:
        """A colleague at another worker takes a call of ours over. Raises like ``take_over``."""
        call = self._calls.by_id(call_id)
        visit = Visit(name, by)
        call.attending.take_over(visit)
        task = asyncio.get_running_loop().create_task(self._hear(call_id, visit), name="visit")
        self._visits[name] = task
        task.add_done_callback(lambda _: self._visits.pop(name, None))

    async def _hear(self, call_id: str, visit: Visit) -> None:
        """Take what they say off the relay, until the visit is over."""
        if self._relay is None:
            return
        hearing = asyncio.get_running_loop().create_task(self._take(self._relay, call_id, visit), name="visitor")
        try:
            await visit.wait()
        finally:
            await end_tasks([hearing])

    async def _take(self, relay: Relay, call_id: str, visit: Visit) -> None:
        async with contextlib.aclosing(relay.told(_topic(call_id))) as told:
            async for body in told:
                with contextlib.suppress(msgspec.DecodeError):  # of a worker of another version
                    voice = msgspec.msgpack.decode(body, type=_Voice)
                    if voice.visit == visit.name:
                        visit.say(voice.pcm) if voice.pcm else visit.here()

    def give_back(self, call_id: str, name: str, how: str) -> None:
        """A visit ends; one that is not the call's any more changes nothing."""
        call = self._calls.find(call_id)
        visit = call.attending.visit if call is not None else None
        if visit is not None and visit.name == name:
            visit.end("hung_up" if how == "hung_up" else "given_back" if how == "given_back" else "lost")

    async def close(self) -> None:
        """Hear nobody any more."""
        await end_tasks(list(self._visits.values()))


def _topic(call_id: str) -> str:
    return f"said:{{{call_id}}}"
