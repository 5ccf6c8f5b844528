"""What is computed for recordings, one small step at a time, so that calls wait for none of it."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from backend.engine.recording.tap import Heard

__all__ = ["RESAMPLED_BYTES", "STEP_BYTES", "Steps", "in_steps"]

T = TypeVar("T")

STEP_BYTES = 64_000
"""So much sound is put on its timeline in one step."""
RESAMPLED_BYTES = 24_000
"""The same where it is resampled, which takes twenty times as long."""
_PAUSE_S = 0.001


class Steps:
    """Takes the steps of all recordings of a thread one by one, and has the thread sleep after each.

    Of the threads of a process one computes at a time, and whoever else wants to waits until it waits for something, or
    for 5 ms. A thread that only looks up for a moment is mostly back before another has woken: so it sleeps in earnest.
    """

    def __init__(self, pause_s: float = _PAUSE_S) -> None:
        self._pause_s = pause_s
        self._turn = asyncio.Lock()
        self.longest_s = 0.0
        """Processor time of the longest step so far: so long may a call have waited for one."""

    async def take(self, step: Callable[[], T], *, hurry: bool = False) -> T:
        """Do something that takes about a millisecond at most; without a pause behind it for who would lose sound."""
        async with self._turn:
            began = time.thread_time()
            done = step()
            self.longest_s = max(self.longest_s, time.thread_time() - began)
            await asyncio.sleep(0 if hurry else self._pause_s)
            return done


def in_steps(heard: Sequence[Heard], most: int) -> Iterator[Sequence[Heard]]:
    """What was heard, in its order and in parts with no more sound than that."""
    part: list[Heard] = []
    size = 0
    for one in heard:
        length = len(one[2]) if isinstance(one, tuple) else 0
        if part and size + length > most:
            yield part
            part, size = [], 0
        part.append(one)
        size += length
    if part:
        yield part
