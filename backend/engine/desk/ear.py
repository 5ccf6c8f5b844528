"""What one person who listens in has not heard yet."""

import asyncio
from collections import deque

from backend.domain.overheard import Overheard

__all__ = ["Ear"]

_MOST = 20
"""Blocks that wait, 1.2 s: whoever reads slower hears gaps, and nobody waits for them."""


class Ear:
    """Bounded; the oldest is lost. ``put`` is called on the loop and never waits."""

    def __init__(self) -> None:
        self._blocks: deque[Overheard] = deque(maxlen=_MOST)
        self._there = asyncio.Event()
        self.over = ""
        """Why nothing more comes, in words; empty: more may."""

    def put(self, heard: Overheard) -> None:
        """Some more of it."""
        if heard.over:
            self.end("the call is over")
        else:
            self._blocks.append(heard)
            self._there.set()

    def end(self, why: str) -> None:
        """Nothing more comes."""
        self.over = self.over or why
        self._there.set()

    async def next(self) -> Overheard | None:
        """What comes next; ``None`` when nothing more does."""
        while not self._blocks:
            if self.over:
                return None
            self._there.clear()
            await self._there.wait()
        return self._blocks.popleft()
