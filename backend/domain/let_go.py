"""A task that was cancelled is let go of at once, without Python's collector."""

import asyncio
from contextlib import suppress
from typing import Any

__all__ = ["let_go"]


def let_go(task: asyncio.Task[Any]) -> None:
    """Have a cancelled task forget where it was cancelled; for ``add_done_callback``.

    A task keeps its ``CancelledError`` until somebody asks for it, with the frames that it went through, and these
    hold the object that the task works for. Where that object holds the task, only a full collection finds the circle,
    and with it everything that the object has: a whole call. Asking for the error is what takes it out.
    """
    if task.cancelled():
        with suppress(asyncio.CancelledError):
            task.exception()
