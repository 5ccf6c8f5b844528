"""Enters a room by LiveKit's SDK, whose ``connect`` must not be cancelled (``livekit`` 1.2).

The native code has entered by then, waits 10 s for the SDK to say that it is ready, and panics, upon which the SDK ends
the whole process. So it runs to its end, and who has given up meanwhile is taken out again.
"""

import asyncio
import contextlib

from livekit import rtc

__all__ = ["enter"]

_OUT_S = 3.0
_kept = set[asyncio.Task[None]]()
"""Those that nobody waits for any more; a task that nothing holds may vanish."""


async def enter(room: rtc.Room, url: str, token: str, limit_s: float) -> None:
    """Be in the room, or not at all.

    Raises:
        rtc.ConnectError: it cannot be entered.
        TimeoutError: that took too long.
    """
    connecting = room.connect(url, token, rtc.RoomOptions(connect_timeout=limit_s))
    entering = asyncio.get_running_loop().create_task(connecting, name="sip-enters")
    try:
        async with asyncio.timeout(limit_s):
            await asyncio.shield(entering)
    except BaseException:
        undoing = asyncio.get_running_loop().create_task(_undo(room, entering), name="sip-undo")
        _kept.add(undoing)
        undoing.add_done_callback(_kept.discard)
        raise


async def _undo(room: rtc.Room, entering: asyncio.Task[None]) -> None:
    with contextlib.suppress(Exception):  # the SDK raises plain ones, and whoever asked has been told already
        await entering
        async with asyncio.timeout(_OUT_S):
            await room.disconnect()
