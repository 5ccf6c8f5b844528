"""A coroutine begun now instead of at the loop's next turn, for what must not wait behind anything (StopAudio).

Python 3.12 has eager tasks for this; 3.11 does not.
"""

import asyncio
import types
from collections.abc import Coroutine, Generator
from typing import Any

__all__ = ["at_once"]


def at_once(coroutine: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None] | None:
    """Run ``coroutine`` up to its first wait, in the task of whoever calls; the rest, if any, in a task of its own.

    Until it waits it must not ask for the current task (``asyncio.timeout`` does). What it raises before is raised
    here.
    """
    try:
        waits_for = coroutine.send(None)
    except StopIteration:
        return None
    return asyncio.get_running_loop().create_task(_finish(coroutine, waits_for), name=name)


async def _finish(coroutine: Coroutine[Any, Any, None], waits_for: Any) -> None:
    await _rest(coroutine, waits_for)


@types.coroutine
def _rest(coroutine: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    """``yield from`` for a coroutine that has begun already; what is thrown in here (cancellation) is for it."""
    while True:
        try:
            try:
                value = yield waits_for
            except BaseException as thrown:  # as ``yield from`` has it: what is thrown in is for the one inside
                waits_for = coroutine.throw(thrown)
            else:
                waits_for = coroutine.send(value)
        except StopIteration:
            return
