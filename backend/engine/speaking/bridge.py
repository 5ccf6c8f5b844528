"""A bridge over a silence of the voice: phrases whose sound is kept, said while a synthesis does not begin."""

from collections.abc import Sequence

from backend.domain.audio import AudioFormat
from backend.domain.speech import Voice
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.turn.turn import SpokenSegment, Turn

__all__ = ["Bridge"]


class Bridge:
    """The phrases of one turn, each said once.

    Args:
        turn: its passages hold what is said.
        agent: name of who says it.
        phrases: what may be said, in order.
        cache: keeps what they sound like.
    """

    def __init__(self, turn: Turn, agent: str, phrases: Sequence[str], cache: PhraseCache, audio: AudioFormat) -> None:
        self._turn = turn
        self._agent = agent
        self._phrases = phrases
        self._cache = cache
        self._audio = audio

    def phrase(self, voice: Voice) -> str:
        """The next phrase that this voice can say without the speech service; empty where there is none."""
        said = {passage.text for passage in self._turn.passages()}
        left = (phrase for phrase in self._phrases if phrase not in said)
        return next((phrase for phrase in left if self._cache.knows(phrase, voice, self._audio)), "")

    def passage(self, before: SpokenSegment | None) -> SpokenSegment:
        """Where it is noted that the phrase was said: in front of what is waited for, or behind what was said."""
        return self._turn.passage(self._agent, before=before)
