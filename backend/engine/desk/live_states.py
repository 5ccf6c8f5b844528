"""What each of our calls does at this moment, for the board: looked at twice a second, and only while somebody looks.

People read a board and not samples; and so nothing in a conversation waits for a board, or knows of one.
"""

import asyncio

from backend.engine.call.end_tasks import end_tasks
from backend.engine.desk.live_board import LiveBoard
from backend.engine.desk.registry import CallRegistry

__all__ = ["LiveStates"]

_LOOK_S = 0.5


class LiveStates:
    """Looks at the calls of this worker, until it is closed.

    Args:
        calls: those that are here.
        board: told what each does, when that has changed.
    """

    def __init__(self, calls: CallRegistry, board: LiveBoard) -> None:
        self._calls = calls
        self._board = board
        self._task = asyncio.get_running_loop().create_task(self._run(), name="live states")

    async def close(self) -> None:
        """Look no more."""
        await end_tasks([self._task])

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            if self._board.watched:
                self.look()

    def look(self) -> None:
        """Tell the board what has changed."""
        for call in self._calls.all():
            if (now := call.attending.doing) is not None:
                self._board.does(call.record, *now)
