"""A model's words on their way to the caller: thoughts, tool calls as text and recited instructions stay behind."""

import asyncio

from backend.domain.prompt_leak import LeakFilters
from backend.engine.thinking.loop_guard import same_words
from backend.engine.thinking.unspeakable import Unspeakable
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.speakable import speakable
from backend.engine.turn.turn import Turn

__all__ = ["AgentWords"]


class AgentWords:
    """One model answer, written into a passage of the turn from its first word on.

    Args:
        in_vain: a question that has been asked often enough: where there is one, an answer is kept back until it is
            known not to end in it.
    """

    def __init__(self, turn: Turn, answer: AnswerSink, agent: str, withheld: LeakFilters, *, in_vain: str = "") -> None:
        self._turn = turn
        self._answer = answer
        self._agent = agent
        self._withheld = withheld
        self._unspeakable = Unspeakable()
        self._begun = False
        self._text = ""
        self._in_vain = in_vain
        self.in_circles = False
        """It ended in the question that has been asked often enough, and nothing of it was let through."""

    @property
    def empty(self) -> bool:
        """Has nothing come of it that a caller could hear?"""
        return not speakable(self._text)

    def write(self, text: str) -> None:
        """Some more of it."""
        latencies = self._turn.record.latencies
        if latencies.first_token_ms is None:
            latencies.first_token_ms = (asyncio.get_running_loop().time() - self._turn.zero) * 1000
        if (let := self._unspeakable.feed(text)) and (let := self._withheld.feed(let)):
            self._pass_on(let)

    def finish(self, *, more_follows: bool = False) -> None:
        """It is complete; more follows where the model has also called a tool."""
        self._pass_on(self._withheld.feed(self._unspeakable.finish()))
        self._pass_on(self._withheld.finish())
        if self._in_vain and not more_follows and same_words(self._text, self._in_vain):
            self.in_circles = True
        elif self._in_vain:
            self._let(self._text)

    def _pass_on(self, text: str) -> None:
        self._text += text
        if not self._in_vain:
            self._let(text)

    def _let(self, text: str) -> None:
        if not text or not (self._begun or text.strip()):
            return
        if not self._begun:
            self._begun = True
            self._answer.begin(self._turn.passage(self._agent))
        self._answer.write(text)
