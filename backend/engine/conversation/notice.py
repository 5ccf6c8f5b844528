"""A notice: something that the caller has to be told soon, but not in the middle of anything."""

import asyncio
from collections.abc import Callable

from backend.engine.conversation.floor import Floor
from backend.engine.conversation.initiative import Initiative
from backend.engine.conversation.tasks import Tasks
from backend.engine.turn.turn import Turn

__all__ = ["Notice"]

_WAITS_S = 10.0
"""So long a notice waits for an answer that it can be said in front of."""

_LOOK_S = 0.25


class Notice:
    """Waits for the next answer, and when none comes soon for a quiet moment.

    Args:
        quiet: does nobody speak, and waits nothing for an answer?
    """

    def __init__(self, initiative: Initiative, floor: Floor, tasks: Tasks, quiet: Callable[[], bool]) -> None:
        self._initiative = initiative
        self._floor = floor
        self._tasks = tasks
        self._quiet = quiet
        self.text = ""
        """Said in front of the next answer; empty when there is none, or it has been heard."""

    def give(self, text: str) -> None:
        """Have this said."""
        self.text = text
        self._tasks.spawn(self._say_when_quiet())

    def settled(self, turn: Turn) -> None:
        """A turn is over; the notice may have been heard in it."""
        if any(passage.text == self.text and passage.heard for passage in turn.passages()):
            self.text = ""

    async def _say_when_quiet(self) -> None:
        await asyncio.sleep(_WAITS_S)
        while self.text and not self._floor.leaving:
            if self._quiet():
                text, self.text = self.text, ""
                self._initiative.say(text)
            await asyncio.sleep(_LOOK_S)
