"""What this worker writes down of its calls for the others. Without Redis, or while it is away, nothing."""

import logging
from collections.abc import Awaitable
from typing import TypeVar

from backend.domain.exchange import CallRoute
from backend.errors import LeaseLost, SessionLost
from backend.ports import Exchange

__all__ = ["RouteRegistry"]

log = logging.getLogger(__name__)

_T = TypeVar("_T")


class RouteRegistry:
    """The exchange as a call desk uses it: no call waits for it long, and none fails because of it.

    Args:
        exchange: where other workers look; ``None`` when this one is alone.
    """

    def __init__(self, exchange: Exchange | None = None) -> None:
        self._exchange = exchange

    async def claim(self, key: str) -> bool:
        """Is it this worker that answers a ringing call?"""
        return self._exchange is None or await self._try(self._exchange.claim(key), True)

    async def settle(self, key: str, *, answered: bool) -> None:
        """A claimed ring was answered, or another worker may try."""
        if self._exchange is not None:
            await self._try(self._exchange.settle(key, answered=answered), None)

    async def own(self, ring: CallRoute) -> None:
        """A call of ours begins."""
        if self._exchange is not None:
            await self._try(self._exchange.own(ring), None)

    async def note(self, ring: CallRoute) -> None:
        """More is known of a call."""
        if self._exchange is not None:
            ring.worker = self._exchange.worker
            await self._try(self._exchange.note(ring), None)

    def let_go(self, token: str) -> None:
        """Another worker takes a call over."""
        if self._exchange is not None:
            self._exchange.let_go(token)

    async def forget(self, ring: CallRoute) -> None:
        """A call is over."""
        if self._exchange is not None:
            await self._try(self._exchange.forget(ring), None)

    async def mine(self, call_id: str) -> bool:
        """Does this worker still own the call?"""
        if self._exchange is None:
            return True
        owner = await self._exchange.owner(call_id)
        return owner is None or owner == self._exchange.worker

    async def _try(self, operation: Awaitable[_T], otherwise: _T) -> _T:
        try:
            return await operation
        except (SessionLost, LeaseLost) as error:
            log.warning("other workers cannot see this call now", extra={"event": "call.unseen", "code": error.code})
            return otherwise
