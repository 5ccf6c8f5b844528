"""Ears for who is heard over a way that changes every sample: what comes has to be loud when it should be, and its
words are those that the test has announced."""

from collections.abc import Callable

import numpy as np

from local_azure.phone.persona import Utterance
from local_azure.soundbook import HeardWord
from local_azure.speech import scripted
from local_azure.speech.engine import HeardEvent, Listener, RecognitionRequest
from local_azure.speech.utterance import FRAME_MS

__all__ = ["AnnouncedEars"]

_LOUD = 300
_OF_IT = 0.75
"""So much of what is loud has to come. A browser that gets no processor throws away a tenth of a second of what its
device plays, and more, before a page has it: seen with 1160 of 1260 ms, beside others."""
RATE = 16_000
"""Of recordings."""


class AnnouncedEars(scripted.ScriptedRecognizer):
    """``ScriptedRecognizer`` to which somebody says what will be said next."""

    said: Utterance | None = None
    """The latest; one for all."""

    def listen(self, request: RecognitionRequest, report: Callable[[HeardEvent], None]) -> Listener:
        """Listen to one stream."""
        return scripted._ScriptedListener(request, _Announced(request.sample_rate), self._latency(), report)  # type: ignore


class _Announced:
    """A ``Follower`` that spreads the announced words over what is loud of the sound.

    What is loud is counted, not the time: a word is where as much of the recording is loud, wherever that comes.
    Silence that the sound loses on the way, or is given, moves no word.
    """

    def __init__(self, rate: int) -> None:
        self._frame = rate * FRAME_MS // 1000
        self._bytes_per_ms = rate * 2 / 1000
        self._now_ms = 0.0
        self._said: Utterance | None = None
        self._loud_at: list[float] = []
        self._rest = b""

    def feed(self, pcm: bytes) -> None:
        if AnnouncedEars.said is not None and self._said is not AnnouncedEars.said:
            self._said, self._loud_at = AnnouncedEars.said, []
        begins_ms, pcm = self._now_ms - len(self._rest) / self._bytes_per_ms, self._rest + pcm
        self._loud_at += [begins_ms + at * FRAME_MS for at in _loud_frames(pcm, self._frame)]
        self._now_ms = begins_ms + len(pcm) / self._bytes_per_ms
        self._rest = pcm[len(pcm) // (2 * self._frame) * 2 * self._frame :]

    def skip(self, size: int) -> None:
        self._now_ms += size / self._bytes_per_ms

    def words(self) -> list[HeardWord]:
        if self._said is None:
            return []
        words, loud = self._said.text.split(), len(_loud_frames(self._said.pcm, RATE * FRAME_MS // 1000))
        each, found = _OF_IT * loud / len(words), list[HeardWord]()
        for at, word in enumerate(words):
            if (begins := int(at * each)) < len(self._loud_at):
                began_ms = self._loud_at[begins]
                found.append(HeardWord(word, began_ms, began_ms + 0.8 * each * FRAME_MS))
        return found

    def forget(self) -> None:
        """What was said is over, if all of it was heard; the same words said again are announced again."""
        if self._said is not None and len(self.words()) == len(self._said.text.split()):
            self._said, self._loud_at = None, []
            AnnouncedEars.said = None


def _loud_frames(pcm: bytes, size: int) -> list[int]:
    """Which of these frames are loud; what is left over behind the last is passed over."""
    samples = np.frombuffer(pcm, "<i2").astype(np.int32)
    whole = samples[: len(samples) // size * size].reshape(-1, size)
    return np.flatnonzero(np.abs(whole).max(axis=1, initial=0) > _LOUD).tolist()
