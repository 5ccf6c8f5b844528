"""One softphone: from the socket that it opens to the call that it carries."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from backend.adapters.softphone.media_link import Message, SoftphoneLink
from backend.domain.audio import PCM_16K, PCM_24K
from backend.domain.call import IncomingCall, Way
from backend.domain.private import Private
from backend.domain.session_plan import SessionPlan
from backend.domain.softphone_wish import SoftphoneWish
from backend.errors import ProtocolError, TimedOut, Unavailable
from backend.protocol.softphone import Hello, read_message

if TYPE_CHECKING:
    from backend.adapters.softphone.phones import ConnectedSoftphones

__all__ = ["SOFTPHONE", "ConnectedSoftphone", "read_hello", "wish_of"]

SOFTPHONE: Way = "softphone"
"""Name of this way in."""
_HELLO_S = 10.0
_FORMATS = {one.sample_rate: one for one in (PCM_16K, PCM_24K)}


async def read_hello(receive: Callable[[], Awaitable[Message]]) -> Hello:
    """Wait for ``hello``, the first message of every softphone.

    Raises:
        TimedOut: it did not come within ten seconds.
        ProtocolError: something else came.
        Unavailable: the socket closed.
    """
    try:
        async with asyncio.timeout(_HELLO_S):
            message = await receive()
    except TimeoutError as error:
        raise TimedOut("calls", "hello, the first message of a softphone, did not come in time") from error
    if message["type"] == "websocket.disconnect":
        raise Unavailable("calls", "the softphone closed before it began")
    text = message.get("text")
    hello = read_message(text) if isinstance(text, str) else None
    if not isinstance(hello, Hello):
        raise ProtocolError("expected hello as the first message")
    if hello.rate not in _FORMATS:
        raise ProtocolError(f"rate: expected 16000 or 24000, got {hello.rate}")
    return hello


def wish_of(hello: Hello) -> SoftphoneWish:
    """What a client wants; a ``resume`` that is none of ours is of no call."""
    connection_id, _, token = hello.resume.partition(".")
    if hello.resume and not (connection_id and token):
        raise ProtocolError("resume: expected what the server told")
    return SoftphoneWish(hello.line, hello.caller, hello.agent, hello.version, connection_id, token)


class ConnectedSoftphone:
    """``Softphone`` over its socket.

    Args:
        phones: where it is found while it rings, and while it carries a call.
        hello: what it said first.
        receive, send: the ASGI callables of its socket.
    """

    def __init__(
        self,
        phones: "ConnectedSoftphones",
        hello: Hello,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        self._phones = phones
        self.wish = wish_of(hello)
        self.link = SoftphoneLink(receive, send, _FORMATS[hello.rate], muted=not hello.microphone)
        self.token, self.connection_id = self.wish.token, self.wish.connection_id
        self.refused = ""

    @contextmanager
    def ring(self, line: str) -> Generator[IncomingCall]:
        """It rings on this line while the block runs; its call is a test."""
        name = secrets.token_hex(16)
        plan = SessionPlan(line=line, agent=self.wish.agent, version=self.wish.version, test=True)
        with self._phones.ring(name, self):
            yield IncomingCall(name, name, Private(self.wish.caller), Private(""), way=SOFTPHONE, plan=plan)

    def go_on(self) -> None:
        """It is back."""
        self._phones.carry(self.connection_id, self.token, self.link)

    def tell_call(self, call_id: str, line: str, agent: str, version: str) -> None:
        """Let the client know its call."""
        self.link.screen.show(
            "call",
            call_id=call_id,
            line=line,
            agent=agent,
            version=version,
            rate=self.link.audio.sample_rate,
            resume=f"{self.connection_id}.{self.token}",
            resume_seconds=self._phones.returns_s,
        )

    async def refuse(self, code: str, why: str, *, status: int) -> None:
        """Say why not, and close the socket."""
        self.link.screen.show("error", code=code, message=why)
        await self.link.close(status, why)

    async def close(self) -> None:
        """Close the socket."""
        try:
            await self.link.close()
        finally:
            self._phones.leave(self.connection_id, self.link)
