"""Entering a room by LiveKit's SDK, so that whoever gives up leaves nothing behind.

``Room.connect`` must not be cancelled: the native code has entered, waits 10 s for the SDK to say that it is ready for
events, and then panics, upon which the SDK ends the process with all of its calls (``livekit`` 1.2). So it always runs
to its end, and who has given up meanwhile is taken out of the room again.
"""

import asyncio
import contextlib

from livekit import rtc

__all__ = ["SdkEntry"]

_OUT_S = 5.0
_kept = set[asyncio.Task[None]]()
"""Those that nobody waits for any more; a task that nothing holds may vanish."""


class SdkEntry:
    """One room's entry, which may be given up at any time."""

    def __init__(self, room: rtc.Room) -> None:
        self._room = room
        self._entering: asyncio.Task[None] | None = None
        self._undoing: asyncio.Task[None] | None = None

    async def enter(self, url: str, token: str, options: rtc.RoomOptions, limit_s: float) -> None:
        """Enter.

        Raises:
            TimeoutError: it took longer.
            rtc.ConnectError: the server does not let us in.
        """
        self._entering = asyncio.get_running_loop().create_task(self._room.connect(url, token, options))
        try:
            async with asyncio.timeout(limit_s):
                await asyncio.shield(self._entering)
        except BaseException:
            self._undoing = asyncio.get_running_loop().create_task(self._undo(self._entering), name="livekit-undo")
            _kept.add(self._undoing)
            self._undoing.add_done_callback(_kept.discard)
            raise

    async def undone(self, limit_s: float) -> None:
        """Wait until nothing is left of an entry that was given up, but no longer than this; it goes on then."""
        if self._undoing is not None:
            await asyncio.wait({self._undoing}, timeout=limit_s)

    async def _undo(self, entering: asyncio.Task[None]) -> None:
        with contextlib.suppress(Exception):  # the SDK raises plain ones, and whoever asked has been told already
            await entering
            async with asyncio.timeout(_OUT_S):
                await self._room.disconnect()
