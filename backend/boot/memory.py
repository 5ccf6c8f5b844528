"""How the process asks the system for memory."""

import asyncio
import ctypes

__all__ = ["give_back_now_and_then", "keep_few_arenas"]

_GIVE_BACK_S = 120.0

_M_ARENA_MAX = -8
"""``malloc.h`` of the GNU C library."""
_ARENAS = 2


def keep_few_arenas() -> bool:
    """Let the threads of the process share two arenas of memory instead of eight for each core.

    The Speech SDK has five threads a call, and each arena keeps the holes that calls leave in it: a worker that served
    calls for an hour had grown by half, though no object was left behind. To be called before threads are begun. False
    where the C library is another one, which has its own ways.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return bool(mallopt(_M_ARENA_MAX, _ARENAS))


async def give_back_now_and_then(every_s: float = _GIVE_BACK_S) -> None:
    """Give the pages of those holes back to the system every two minutes, until cancelled.

    It takes one to three milliseconds of a thread beside the loop; what waits for memory waits for as long.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return
    while True:
        await asyncio.sleep(every_s)
        await asyncio.to_thread(trim, 0)
