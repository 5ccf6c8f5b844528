"""Ears for who is heard over a way that changes every sample: what comes has to be loud when it should be, and its
words are those that the test has announced."""

from collections.abc import Callable

import numpy as np

from local_azure.phone.persona import Utterance
from local_azure.soundbook import HeardWord
from local_azure.speech import scripted
from local_azure.speech.engine import HeardEvent, Listener, RecognitionRequest

__all__ = ["AnnouncedEars"]

_LOUD = 300.0


class AnnouncedEars(scripted.ScriptedRecognizer):
    """``ScriptedRecognizer`` to which somebody says what will be said next."""

    said: Utterance | None = None
    """The latest; one for all."""

    def listen(self, request: RecognitionRequest, report: Callable[[HeardEvent], None]) -> Listener:
        """Listen to one stream."""
        return scripted._ScriptedListener(request, _Announced(request.sample_rate), self._latency(), report)  # type: ignore


class _Announced:
    """A ``Follower`` that spreads the announced words over the sound, from where it begins to be loud."""

    def __init__(self, rate: int) -> None:
        self._bytes_per_ms = rate * 2 / 1000
        self._now_ms = 0.0
        self._began: tuple[Utterance, float] | None = None

    def feed(self, pcm: bytes) -> None:
        said = AnnouncedEars.said
        loud = bool(np.abs(np.frombuffer(pcm, "<i2")).max(initial=0) > _LOUD)
        if loud and said is not None and (self._began is None or self._began[0] is not said):
            self._began = said, self._now_ms
        self.skip(len(pcm))

    def skip(self, size: int) -> None:
        self._now_ms += size / self._bytes_per_ms

    def words(self) -> list[HeardWord]:
        if self._began is None:
            return []
        said, began_ms = self._began
        words, lasts_ms = said.text.split(), len(said.pcm) / 32
        return [
            HeardWord(word, began_ms + lasts_ms * at / len(words), began_ms + lasts_ms * (at + 0.8) / len(words))
            for at, word in enumerate(words)
        ]

    def forget(self) -> None:
        """What was said is over; the same words said again are announced again."""
        self._began = None
        AnnouncedEars.said = None
