"""Listening in on live calls, wherever they are.

A call that is here is heard at once. For one that is at another worker, that worker is asked to say on the relay what
is heard in it, and goes on for as long as it is asked again: whoever listens may die without a word. A call that moves
meanwhile is followed.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec

from backend.domain.exchange import Request
from backend.domain.overheard import Overheard
from backend.engine.call.call import Call
from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.call_owners import ask_owner
from backend.engine.desk.ear import Ear
from backend.engine.desk.registry import CallRegistry
from backend.errors import CallNotFound, CallRefused, PoolExhausted, RingmasterError
from backend.ports import Exchange, Relay

__all__ = ["ListeningIn", "heard_topic"]

_MOST = 20
"""People who listen through one worker."""
_MOST_OF_ONE = 6
"""Calls that one person hears at once, or a key that several share: the rest is there for others."""
_AGAIN_S = 3.0
_FORGOTTEN_S = 10.0
"""Who has not asked again for so long listens no more."""
_LOOK_S = 0.5
_LOST_S = 6.0
"""A call that goes to another worker is looked for so long."""
_LIMIT_S = 3.0


def heard_topic(call_id: str) -> str:
    """The topic of the relay on which a call's voices are said."""
    return f"heard:{{{call_id}}}"


class ListeningIn:
    """Everybody who listens through this worker, and those of other workers who listen to calls of this one.

    Args:
        calls: those that are here.
        exchange: reaches the workers that have the others; ``None``: there are none.
        relay: carries their voices.
    """

    def __init__(self, calls: CallRegistry, exchange: Exchange | None = None, relay: Relay | None = None) -> None:
        self._calls = calls
        self._exchange = exchange
        self._relay = relay
        self._here: list[str] = []
        """Whoever listens, once for each call."""
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Overheard)

    @asynccontextmanager
    async def listen(self, call_id: str, who: str = "") -> AsyncGenerator[Ear]:
        """Hear a call while the block runs.

        Args:
            call_id: the call.
            who: whoever hears it.

        Raises:
            CallNotFound: it is not live.
            CallRefused: its line does not let anybody listen.
            PoolExhausted: as many listen as may, to this call or through this worker, or this person to as many calls.
            ProviderError, SessionLost: it is at another worker, which cannot be asked now.
        """
        if len(self._here) >= _MOST:
            raise PoolExhausted(f"{_MOST} people listen through this worker already; try again")
        if self._here.count(who) >= _MOST_OF_ONE:
            raise PoolExhausted(f"you listen to {_MOST_OF_ONE} calls already; leave one of them")
        name, ear = secrets.token_hex(8), Ear()
        self._here.append(who)
        try:
            await self._begin(call_id, name, ear)
            following = asyncio.get_running_loop().create_task(self._follow(call_id, name, ear), name="listening-in")
            try:
                yield ear
            finally:
                await end_tasks([following])
                await self._leave(call_id, name)
        finally:
            self._here.remove(who)

    async def _begin(self, call_id: str, name: str, ear: Ear) -> None:
        if (call := self._calls.find(call_id)) is not None:
            call.attending.listen(name, ear.put)
        else:
            await self._ask(call_id, name)

    async def _follow(self, call_id: str, name: str, ear: Ear) -> None:
        """Stay with it until it is over, wherever it goes."""
        lost_s = 0.0
        while not ear.over:
            try:
                if (call := self._calls.find(call_id)) is not None:
                    await self._stay_here(call, name, ear)
                else:
                    await self._stay_there(call_id, name, ear)
                lost_s = 0.0
            except CallRefused as error:
                ear.end(str(error))
            except CallNotFound:
                lost_s += _LOOK_S
                if lost_s >= _LOST_S or self._exchange is None:
                    ear.end("the call is over")
            except RingmasterError:
                pass  # its worker, or Redis, cannot be asked now: soon
            await asyncio.sleep(_LOOK_S)

    async def _stay_here(self, call: Call, name: str, ear: Ear) -> None:
        call.attending.listen(name, ear.put)
        while True:
            await asyncio.sleep(_LOOK_S)
            if call.over or self._calls.find(call.record.call_id) is not call:
                break
        call.attending.overhearing.remove(name)

    async def _stay_there(self, call_id: str, name: str, ear: Ear) -> None:
        if self._relay is None:
            raise CallNotFound(f"no live call {call_id}")
        hearing = asyncio.get_running_loop().create_task(self._hear(self._relay, call_id, ear), name="relay")
        try:
            while self._calls.find(call_id) is None:
                await self._ask(call_id, name)
                await asyncio.sleep(_AGAIN_S)
        finally:
            await end_tasks([hearing])

    async def _hear(self, relay: Relay, call_id: str, ear: Ear) -> None:
        async with contextlib.aclosing(relay.told(heard_topic(call_id))) as told:
            async for body in told:
                with contextlib.suppress(msgspec.DecodeError):  # of a worker of another version
                    ear.put(self._decoder.decode(body))

    async def _ask(self, call_id: str, name: str) -> None:
        if self._exchange is None:
            raise CallNotFound(f"no live call {call_id}")
        await ask_owner(self._exchange, Request(do="listen", call_id=call_id, token=name), _LIMIT_S)

    async def _leave(self, call_id: str, name: str) -> None:
        if (call := self._calls.find(call_id)) is not None:
            call.attending.overhearing.remove(name)
        elif self._exchange is not None:
            with contextlib.suppress(RingmasterError):  # it forgets us by itself
                await ask_owner(self._exchange, Request(do="unlisten", call_id=call_id, token=name), _LIMIT_S)

    # -- for the others -------------------------------------------------------------------

    def relay_to(self, call_id: str, name: str) -> None:
        """Somebody at another worker listens to a call of ours, and has said so now.

        Raises:
            CallNotFound: it is not here.
            CallRefused, PoolExhausted: as ``listen``.
        """
        call = self._calls.by_id(call_id)
        if self._relay is None:
            raise CallRefused("this server has no way to carry sound to another worker")
        relay, until = self._relay, asyncio.get_running_loop().time() + _FORGOTTEN_S

        def tell(heard: Overheard) -> None:
            if asyncio.get_running_loop().time() > until:
                call.attending.overhearing.remove(name)
            elif call.attending.overhearing.speaks_for(name):
                relay.tell(heard_topic(call_id), self._encoder.encode(heard))

        call.attending.listen(name, tell, relayed=True)

    def no_more(self, call_id: str, name: str) -> None:
        """They listen no more."""
        if (call := self._calls.find(call_id)) is not None:
            call.attending.overhearing.remove(name)
