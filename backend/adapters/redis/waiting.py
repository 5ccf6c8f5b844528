"""A wait in which only the other side's time counts."""

import asyncio
from typing import Any

__all__ = ["ended_within"]

_SLICES = 5


async def ended_within(task: asyncio.Task[Any], limit_s: float) -> bool:
    """Did it end within ``limit_s``? Time for which this process itself stood still is not held against it.

    The limit is taken in five slices. While the loop is held up (a start, a busy machine) both the answer and the
    limit come due, and the limit would win though the answer lies in the socket: a slice that took longer than it
    should counts as one slice. So the wait is longer than ``limit_s`` only by what the loop itself was late.
    """
    for _ in range(_SLICES):
        done, _ = await asyncio.wait({task}, timeout=limit_s / _SLICES)
        if done:
            return True
    return False
