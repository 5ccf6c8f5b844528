"""A model's words on their way to the caller: what recites the agent's instructions is held back."""

import asyncio

from backend.domain.recital import Withheld
from backend.engine.pen import Pen
from backend.engine.turn import Turn

__all__ = ["AgentWords"]


class AgentWords:
    """One model answer, written into a passage of the turn from its first word on."""

    def __init__(self, turn: Turn, answer: Pen, agent: str, withheld: Withheld) -> None:
        self._turn = turn
        self._answer = answer
        self._agent = agent
        self._withheld = withheld
        self._begun = False

    @property
    def recites(self) -> bool:
        """So much of the instructions was in it that nothing more is let through."""
        return self._withheld.recites

    def write(self, text: str) -> None:
        """Some more of it."""
        if not self._begun:
            self._begun = True
            self._answer.begin(self._turn.passage(self._agent))
            latencies = self._turn.record.latencies
            if latencies.first_token_ms is None:
                latencies.first_token_ms = (asyncio.get_running_loop().time() - self._turn.zero) * 1000
        self._pass_on(self._withheld.feed(text))

    def finish(self) -> None:
        """It is complete."""
        if self._begun:
            self._pass_on(self._withheld.finish())

    def _pass_on(self, text: str) -> None:
        if text:
            self._answer.write(text)
