"""ClauseQueue: the clauses of an answer that are written and not yet given to the voice."""

import asyncio
from collections import deque

from backend.engine.speaking.clause_audio import ClauseAudio

__all__ = ["ClauseQueue"]


class ClauseQueue:
    """Clauses in the order in which they are said. One writes, one reads.

    Clauses that belong together follow each other until ``close``. The length is bounded by the model's answer.
    """

    def __init__(self) -> None:
        self._clauses: deque[ClauseAudio] = deque()
        self._changed = asyncio.Event()
        self._closed = True
        self._ended = False

    @property
    def empty(self) -> bool:
        """Is all that was written given to the voice?"""
        return not self._clauses

    @property
    def closed(self) -> bool:
        """Does what is written next open anew?"""
        return self._closed

    def add(self, clause: ClauseAudio) -> None:
        """One more clause."""
        self._clauses.append(clause)
        self._closed = False
        self._changed.set()

    def close(self) -> None:
        """What follows does not belong to what was written until now. Safe to call twice."""
        self._closed = True
        self._changed.set()

    def end(self) -> None:
        """Nothing more will be written."""
        self._ended = True
        self.close()

    async def next(self) -> ClauseAudio | None:
        """Wait for the next clause and take it; ``None`` at the end."""
        while not self._clauses:
            if self._ended:
                return None
            await self._change()
        return self._clauses.popleft()

    async def goes_on(self) -> bool:
        """Wait until it is known: does the next clause belong to the one before?"""
        while not self._clauses and not self._closed:
            await self._change()
        return bool(self._clauses) and not self._clauses[0].opens

    def take(self) -> ClauseAudio:
        """Take the next clause, which is there."""
        return self._clauses.popleft()

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
