"""Follows a call at the server while it goes: what it understood of each turn, and what it did."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

__all__ = ["Follower"]

_LOOK_S = 0.3
"""A turn is told before the next one begins: people answer after half a second."""

Turn = Mapping[str, Any]
"""As ``GET /api/v1/calls/{id}`` has it."""


class Follower:
    """Tells each of the server's turns once, in order.

    Args:
        look: the server's record of the call with this connection id; ``None`` while there is none.
        tell: told of each turn in which the caller said something, or a tool ran.
    """

    def __init__(
        self, look: Callable[[str], Awaitable[Mapping[str, Any] | None]], tell: Callable[[Turn], None]
    ) -> None:
        self._look = look
        self._tell = tell
        self._told = 0
        self._task: asyncio.Task[None] | None = None

    def follow(self, connection_id: str) -> None:
        """Look again and again from now on."""
        if self._task is None and connection_id:
            self._task = asyncio.get_running_loop().create_task(self._keep_looking(connection_id), name="follower")

    def note(self, call: Mapping[str, Any] | None) -> None:
        """Tell what is new in the server's record."""
        turns: list[Turn] = list((call or {}).get("turns") or [])
        fresh = [turn for turn in turns if int(turn["index"]) > self._told]
        for turn in fresh:
            self._told = int(turn["index"])
            if turn.get("caller_text") or turn.get("tools"):
                self._tell(turn)

    async def close(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_looking(self, connection_id: str) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            self.note(await self._look(connection_id))
