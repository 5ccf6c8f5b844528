"""Whether a call's media is here, may be on its way, or is gone for good."""

import asyncio

from backend.errors import CallNotFound

__all__ = ["MediaPresence"]

_LINGER_S = 1.5
"""After the media went, the report that says why is given this long to arrive."""


class MediaPresence:
    """One link carries a call at a time. Another may knock while the first one's end has not been noticed."""

    def __init__(self) -> None:
        self._attached = asyncio.Event()
        self._disconnected = asyncio.Event()
        self._over = asyncio.Event()
        self._knock = asyncio.Event()
        self._free = asyncio.Event()
        self._free.set()
        self._carried = False

    @property
    def over(self) -> bool:
        """Has the call ended?"""
        return self._over.is_set()

    @property
    def disconnected(self) -> bool:
        """Is it known that there is nobody on the phone any more?"""
        return self._disconnected.is_set()

    @property
    def carried(self) -> bool:
        """Does a link carry it, or none ever again? If not, it waits for one."""
        return self._carried or self.over

    async def enter(self) -> None:
        """A link comes; returns when it carries the call.

        Raises:
            CallNotFound: another link was faster, or the call is over.
        """
        self._knock.set()
        await self._free.wait()
        if self.carried:
            raise CallNotFound("this call has its media already")
        self._carried = True
        self._free.clear()
        self._attached.set()
        self._knock.clear()

    def lost(self) -> None:
        """Nothing comes over the link any more, but what it carried is not tidied up yet."""
        self._carried = False

    def leave(self) -> None:
        """The link is done with."""
        self._carried = False
        self._attached.clear()
        self._free.set()

    def disconnect(self) -> None:
        """The far end is gone."""
        self._disconnected.set()

    def end(self) -> None:
        """The call is over."""
        self._over.set()

    async def vacated(self) -> None:
        """Have the link that carries the call let go, and wait for that."""
        self._knock.set()
        await self._free.wait()

    async def wait_attached(self, limit_s: float) -> bool:
        """Wait for a link; false when none came in time, or the far end went."""
        await _first(limit_s, self._attached, self._disconnected)
        return self._attached.is_set()

    async def linger(self) -> None:
        """Wait for the report that says why the media went, or for another link."""
        await _first(_LINGER_S, self._disconnected, self._knock)


async def _first(limit_s: float, *events: asyncio.Event) -> None:
    """Wait for one of these, or until the time is over."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
