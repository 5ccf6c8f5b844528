"""How an answer is written, whoever carries it to the caller: a voice, a chat window, a rehearsal."""

from typing import Protocol

from backend.domain.speech import Voice
from backend.engine.turn.turn import SpokenSegment

__all__ = ["AnswerSink"]


class AnswerSink(Protocol):
    """Where an agent's words of one turn go."""

    voice: Voice
    """Who is heard from here on; changes at a hand-off."""

    @property
    def has_words(self) -> bool:
        """Has the agent said anything yet, fillers aside?"""
        ...

    def begin(self, passage: SpokenSegment) -> None:
        """The words that follow belong to ``passage``."""
        ...

    def write(self, text: str) -> None:
        """Some more of the model's text."""
        ...

    def phrase(self, passage: SpokenSegment, text: str, *, filler: bool = False) -> None:
        """A phrase, said whole."""
        ...

    def end_passage(self) -> None:
        """The passage is complete. Safe to call twice."""
        ...
