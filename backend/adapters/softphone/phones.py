"""The softphones of this worker: those that ring, and those whose calls are under way."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

from backend.adapters.softphone.media_link import Message, SoftphoneLink
from backend.adapters.softphone.softphone import ConnectedSoftphone, read_hello
from backend.domain.call import CallConnection
from backend.domain.call_event import CallEvent
from backend.errors import CallNotFound

__all__ = ["ConnectedSoftphones"]

_CONNECTION = "SP_"


class ConnectedSoftphones:
    """``Softphones``: who is where.

    Args:
        returns_s: a client that lost its connection is waited for so long.
    """

    def __init__(self, *, returns_s: float = 10.0) -> None:
        self.returns_s = returns_s
        self.tell: Callable[[str, CallEvent], Awaitable[None]] = _nobody
        """Takes the report of a call by its token: the desk's ``callback``."""
        self._ringing: dict[str, ConnectedSoftphone] = {}
        self._carried: dict[str, list[SoftphoneLink]] = {}
        """By call, the links that are there for it; the newest counts, until it leaves."""
        self._awaited: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def count(self) -> int:
        """How many carry a call here."""
        return len(self._carried)

    async def open(
        self, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> ConnectedSoftphone:
        """Wait for what a client wants."""
        return ConnectedSoftphone(self, await read_hello(receive), receive, send)

    async def close(self) -> None:
        """Report nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # -- ringing --------------------------------------------------------------------------

    @contextlib.contextmanager
    def ring(self, name: str, phone: ConnectedSoftphone) -> Generator[None]:
        """A softphone rings by this name while the block runs."""
        self._ringing[name] = phone
        try:
            yield
        finally:
            self._ringing.pop(name, None)

    def ringing(self, name: str) -> ConnectedSoftphone:
        """A softphone that rings.

        Raises:
            CallNotFound: it does not.
        """
        phone = self._ringing.get(name)
        if phone is None:
            raise CallNotFound("the softphone does not ring any more")
        return phone

    def answer(self, name: str, token: str) -> CallConnection:
        """Take up a call. Raises like ``ringing``."""
        phone = self.ringing(name)
        phone.token, phone.connection_id = token, _CONNECTION + secrets.token_hex(16)
        self.carry(phone.connection_id, token, phone.link)
        return CallConnection(phone.connection_id)

    # -- under way ------------------------------------------------------------------------

    def carry(self, connection_id: str, token: str, link: SoftphoneLink) -> None:
        """This link carries the call from now on: it was taken, or its caller is back."""
        self._carried.setdefault(connection_id, []).append(link)
        link.on_bye = lambda: self.report_soon(token, connection_id, "CallDisconnected")
        if (awaited := self._awaited.get(connection_id)) is not None:
            awaited.set()

    def link_of(self, connection_id: str) -> SoftphoneLink:
        """Who carries a call.

        Raises:
            CallNotFound: nobody here.
        """
        links = self._carried.get(connection_id)
        if not links:
            raise CallNotFound("no softphone of this worker has this call")
        return links[-1]

    def leave(self, connection_id: str, link: SoftphoneLink) -> None:
        """This link carries nothing any more, or was not let in; another one of the same call goes on."""
        if left := [one for one in self._carried.pop(connection_id, ()) if one is not link]:
            self._carried[connection_id] = left

    def forget(self, connection_id: str) -> None:
        """The call is over."""
        self._carried.pop(connection_id, None)

    async def wait_back(self, connection_id: str) -> None:
        """Wait for a caller whose connection broke; who is back already is not waited for.

        Raises:
            CallNotFound: they did not come back, or it is no softphone's call.
        """
        if any(not one.gone for one in self._carried.get(connection_id, ())):
            return
        self.forget(connection_id)
        if not connection_id.startswith(_CONNECTION):
            raise CallNotFound("this is not the call of a softphone")
        awaited = self._awaited.setdefault(connection_id, asyncio.Event())
        try:
            async with asyncio.timeout(self.returns_s):
                await awaited.wait()
        except TimeoutError as error:
            raise CallNotFound("the softphone did not come back") from error
        finally:
            self._awaited.pop(connection_id, None)

    # -- what happens to calls ------------------------------------------------------------

    def report_soon(self, token: str, connection_id: str, kind: str, operation: str = "") -> None:
        """Tell a call what happened to it, or came of what it asked for, without waiting for that."""
        self._spawn(self._report(token, connection_id, kind, operation))

    async def _report(self, token: str, connection_id: str, kind: str, operation: str) -> None:
        with contextlib.suppress(CallNotFound):  # a call that is over is told nothing
            await self.tell(token, CallEvent(secrets.token_hex(8), kind, connection_id, operation=operation))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name="softphone")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _nobody(_token: str, _event: CallEvent) -> None:
    """Nobody is told before the parts are joined."""
