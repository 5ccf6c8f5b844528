"""What LiveKit lets us know of calls, as the reports that the call desk takes."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable

from backend.adapters.livekit.server import ANSWERED, NO_ANSWER
from backend.domain.call_event import CallEvent
from backend.errors import CallNotFound

__all__ = ["Reports"]

_SETTLES_S = 2.0
"""A phone whose transfer went well leaves a second after we are told so (seen on livekit/sip)."""


class Reports:
    """Tells calls what happens to them outside. A call that is over is told nothing, and that is no error."""

    def __init__(self) -> None:
        self.tell: Callable[[str, CallEvent], Awaitable[None]] = _nobody
        """Takes the report of a call by its token: the desk's ``callback``."""
        self._moving: dict[str, tuple[str, asyncio.Event]] = {}
        """By connection, the transfer that is under way, and when it is over."""

    async def answered(self, token: str, connection_id: str) -> None:
        """Whom we called has answered."""
        await self._report(token, "CallConnected", connection_id)

    async def not_reached(self, token: str, connection_id: str, status: int) -> None:
        """Whom we called has not, with this SIP status."""
        await self._report(token, "CreateCallFailed", connection_id, status)

    def moving(self, connection_id: str, operation: str) -> bool:
        """A transfer begins; false where one is under way."""
        if connection_id in self._moving:
            return False
        self._moving[connection_id] = operation, asyncio.Event()
        return True

    def not_tried(self, connection_id: str, operation: str) -> None:
        """It cannot even be tried; whoever asked for it knows."""
        if (over := self._ended(connection_id, operation)) is not None:
            over.set()

    async def moved(self, token: str, connection_id: str, operation: str, status: int) -> None:
        """A transfer has come to an end, with this SIP status."""
        over = self._ended(connection_id, operation)
        if over is None:
            return  # the caller left, and it counts as failed already
        kind = "CallTransferAccepted" if status == ANSWERED else "CallTransferFailed"
        await self._report(token, kind, connection_id, status, operation)
        over.set()

    def _ended(self, connection_id: str, operation: str) -> asyncio.Event | None:
        """What is to be set when all know that it has ended; ``None`` where it is not under way any more."""
        if self._moving.get(connection_id, ("", None))[0] != operation:
            return None
        return self._moving.pop(connection_id)[1]

    async def left(self, token: str, connection_id: str) -> None:
        """The caller is gone.

        While a transfer is under way that does not say how it went: a phone that nobody takes over is dropped by its
        network 15 s before LiveKit says that the transfer failed. It is waited for a little, and has failed then.
        """
        if (under_way := self._moving.get(connection_id)) is not None:
            operation, over = under_way
            try:
                async with asyncio.timeout(_SETTLES_S):
                    await over.wait()
            except TimeoutError:
                await self.moved(token, connection_id, operation, NO_ANSWER)
        await self._report(token, "CallDisconnected", connection_id)

    async def _report(self, token: str, kind: str, connection_id: str, code: int = 0, operation: str = "") -> None:
        with contextlib.suppress(CallNotFound):
            await self.tell(token, CallEvent(secrets.token_hex(8), kind, connection_id, code, operation=operation))


async def _nobody(_token: str, _event: CallEvent) -> None:
    """Nobody is told before the parts are joined."""
