"""One clause of an answer on the playout's time line, and what of it was heard."""

import re
from dataclasses import dataclass, field, replace

from backend.domain.speech import Voice, WordBoundary
from backend.engine.turn.turn import SpokenSegment

__all__ = ["MS_PER_CHARACTER", "ClauseAudio"]

MS_PER_CHARACTER = 1000 / 15
"""How long a voice needs for a character, where nothing better is known."""

_SAME_MS = 1.0
"""Times that differ by less are the same time, reckoned in two ways."""

_WORD_END = re.compile(r"\s")


@dataclass(slots=True)
class ClauseAudio:
    """A clause from its writing to the caller's ear.

    Positions are the playout's, in milliseconds; -1 until they are known. The offsets of its words count from
    ``start_ms``.
    """

    passage: SpokenSegment
    text: str
    voice: Voice
    fixed: bool
    filler: bool = False
    opens: bool = True
    """Nothing that goes on in it was written just before: the caller may be waiting for it."""
    start_ms: float = -1
    end_ms: float = -1
    words: list[WordBoundary] = field(default_factory=list[WordBoundary])
    _broken: "tuple[ClauseAudio, float] | None" = None
    """The attempt before, and where its audio broke off."""

    @property
    def began_ms(self) -> float:
        """Where it first began to sound; -1 if it has not."""
        return self._broken[0].start_ms if self._broken else self.start_ms

    def heard(self, position_ms: float) -> str:
        """The words of it that a caller has heard who has heard up to ``position_ms``."""
        if self._broken is None:
            return self._heard(position_ms)
        broken, end_ms = self._broken
        return max(broken.heard(min(position_ms, end_ms)), self._heard(position_ms), key=len)

    def complete(self, end_ms: float) -> bool:
        """Is every word in the audio up to ``end_ms``? Only the voice's own boundaries can tell."""
        if self.start_ms < 0 or not self.words:
            return False
        rest = self.text.removeprefix(self._by_words(end_ms - self.start_ms))
        return not any(letter.isalnum() for letter in rest)

    def again(self, end_ms: float) -> None:
        """It broke off where the audio ends and will be said once more; what is heard of it until then counts."""
        if 0 <= self.start_ms < end_ms:
            self._broken = (replace(self), end_ms)
        self.start_ms = self.end_ms = -1
        self.words = []

    def _heard(self, position_ms: float) -> str:
        if 0 <= self.end_ms <= position_ms + _SAME_MS:
            return self.text
        if self.start_ms < 0 or position_ms <= self.start_ms:
            return ""
        played = position_ms - self.start_ms
        return self._by_words(played) if self.words else self._by_length(played)

    def _by_words(self, played_ms: float) -> str:
        end = cursor = 0
        for word in self.words:
            at = self.text.find(word.text, cursor)
            if word.offset_ms + word.duration_ms > played_ms + _SAME_MS:
                break
            if at >= 0:
                end = cursor = at + len(word.text)
        return self.text[:end]

    def _by_length(self, played_ms: float) -> str:
        length = (self.end_ms - self.start_ms) if self.end_ms > 0 else len(self.text) * MS_PER_CHARACTER
        share = int(len(self.text) * played_ms / max(length, 1.0))
        cut = _WORD_END.search(self.text[:share][::-1])
        return self.text[: share - cut.end()] if cut else ""
