"""Softphones: clients that speak over a WebSocket of their own, and ring by it."""

from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from backend.domain.call import IncomingCall
from backend.domain.softphone_wish import SoftphoneWish
from backend.ports.media_link import MediaLink

__all__ = ["Softphone", "Softphones"]

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Softphone(Protocol):
    """One client, whose socket is open and who has said what it wants."""

    token: str
    """The secret of its call; empty until that is taken."""
    refused: str
    """Why its call was not taken, in words; empty: it was, or nobody has looked at it yet."""

    @property
    def wish(self) -> SoftphoneWish:
        """What it wants."""
        ...

    @property
    def link(self) -> MediaLink:
        """Its ear and mouth."""
        ...

    @property
    def connection_id(self) -> str:
        """The connection of its call; empty until that is taken."""
        ...

    def ring(self, line: str) -> AbstractContextManager[IncomingCall]:
        """It rings on this line while the block runs; gives its call, for the desk."""
        ...

    def go_on(self) -> None:
        """It is back, and carries the call of its wish again."""
        ...

    def tell_call(self, call_id: str, line: str, agent: str, version: str) -> None:
        """Let the client know its call, and by which secret it may come back to it."""
        ...

    async def refuse(self, code: str, why: str, *, status: int) -> None:
        """Say why not, and close the socket with this status of RFC 6455."""
        ...

    async def close(self) -> None:
        """Close the socket. Safe to call twice."""
        ...


class Softphones(Protocol):
    """All softphones of this worker."""

    async def open(self, receive: Receive, send: Send) -> Softphone:
        """Wait for what a client wants, over the ASGI callables of its accepted socket.

        Raises:
            TimedOut: it said nothing.
            ProtocolError: it said something else.
            Unavailable: it closed.
        """
        ...
