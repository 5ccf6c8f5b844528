"""An answer in text: read as soon as it is written."""

from collections.abc import Callable

from backend.domain.speech import Voice
from backend.engine.conversation.text_events import Said, TextEvent, Token
from backend.engine.turn.turn import SpokenSegment

__all__ = ["TextAnswer"]


class TextAnswer:
    """``AnswerSink`` for somebody who reads.

    Args:
        voice: the agent's voice; nobody hears it.
        on_event: told of every token and of every complete passage.
    """

    def __init__(self, voice: Voice, on_event: Callable[[TextEvent], None]) -> None:
        self.voice = voice
        self._on_event = on_event
        self._passage: SpokenSegment | None = None
        self._written = False

    @property
    def has_words(self) -> bool:
        """Has anything been written?"""
        return self._written

    def begin(self, passage: SpokenSegment) -> None:
        """The words that follow belong to ``passage``."""
        self.end_passage()
        self._passage = passage

    def write(self, text: str) -> None:
        """Some more of the model's text."""
        assert self._passage is not None
        self._passage.text += text
        self._written = self._written or bool(text.strip())
        self._on_event(Token(self._passage.agent, text))

    def phrase(self, passage: SpokenSegment, text: str, *, filler: bool = False) -> None:
        """A phrase, said whole. Who reads needs no filler: typing is shown instead."""
        if filler:
            return
        self.begin(passage)
        self.write(text)
        self.end_passage()

    def end_passage(self) -> None:
        """The passage is complete, and with that read."""
        passage, self._passage = self._passage, None
        if passage is None:
            return
        passage.heard = passage.text.strip()
        if passage.heard:
            self._on_event(Said(passage.agent, passage.heard))
