"""What a caller is owed: words on something that was done, which the caller spoke over before any were heard."""

from collections.abc import Sequence

from backend.domain.session import AgentSaid, CallSession
from backend.domain.tool import ToolOutcome
from backend.engine.turn.turn import Turn

__all__ = ["Owed"]

_ENOUGH = 3
"""Words that must have been heard, so that the caller knows what it was about and may ask."""
_TURNS = 4
"""Turns after which the caller speaks of something else, and may ask."""


class Owed:
    """Remembers what tools wanted said of the latest thing that was done: a number, once it is filed.

    Somebody who says "yes" and a moment later "that is right" has agreed with the first word. What was done is done,
    and the second would leave them without a word on it.

    Args:
        session: the call, with what was heard in it.
    """

    def __init__(self, session: CallSession) -> None:
        self._session = session
        self._turn, self._words = -1, ""

    def note(self, turn: Turn, outcomes: Sequence[ToolOutcome], question: str) -> None:
        """Tools have answered in this turn."""
        done = " ".join(outcome.say for outcome in outcomes if outcome.ok and outcome.lasting and outcome.say)
        if turn.kept and done:
            self._turn, self._words = turn.index, f"{done} {question}".strip()

    def words(self, turn: Turn) -> str:
        """What is to be said first in this turn; empty where it was heard.

        It stays owed until some of it was: a turn that is thought out early may be dropped, or spoken over as well.
        """
        if not self._words or turn.index <= self._turn:
            return ""
        said = (item for item in self._session.history if isinstance(item, AgentSaid) and item.turn >= self._turn)
        begins = " ".join(self._words.split()[:_ENOUGH])
        if turn.index > self._turn + _TURNS or any(begins in item.text for item in said):
            self._words = ""
        return self._words
