"""A recognizer that knows the answers: it finds utterances by loudness and looks their words up.

Whoever speaks on the local phone writes the words into the :class:`~local_azure.soundbook.SoundBook`; this
engine gives them back with the service's timing: each word as a hypothesis a little behind its end, the phrase
a little behind the segmentation silence. Cheap enough for hundreds of calls in one process.
"""

from collections.abc import Callable

from local_azure.latency import Latency
from local_azure.soundbook import Follower, HeardWord, SoundBook, SpokenWord
from local_azure.speech.engine import (
    HeardEvent,
    Hypothesis,
    Listener,
    Phrase,
    RecognitionRequest,
    SpeechBegan,
)
from local_azure.speech.utterance import Began, Ended, UtteranceFinder

__all__ = ["ScriptedRecognizer"]

_SLACK_MS = 150.0
"""Words may begin so far behind what was loud: a weak ending."""


class ScriptedRecognizer:
    """Answers from the book."""

    def __init__(self, sounds: SoundBook, latency: Callable[[], Latency]) -> None:
        self._sounds = sounds
        self._latency = latency

    def listen(self, request: RecognitionRequest, report: Callable[[HeardEvent], None]) -> Listener:
        """Listen to one stream."""
        follower = self._sounds.follow("caller", request.sample_rate)
        return _ScriptedListener(request, follower, self._latency(), report)

    async def warm(self) -> None:
        """Nothing to load."""

    async def close(self) -> None:
        """Nothing to end."""


class _ScriptedListener:
    def __init__(
        self,
        request: RecognitionRequest,
        follower: Follower,
        latency: Latency,
        report: Callable[[HeardEvent], None],
    ) -> None:
        self._finder = UtteranceFinder(request.sample_rate, request.silence_ms)
        self._follower = follower
        self._latency = latency
        self._report: Callable[[HeardEvent], None] | None = report
        self._told = 0
        self._given_until_ms = 0.0

    def feed(self, pcm: bytes) -> None:
        if self._report is None:
            return
        found = self._finder.feed(pcm)
        if pcm.strip(b"\0"):
            self._follower.feed(pcm)
        else:
            self._follower.skip(len(pcm))
        for event in found:
            if isinstance(event, Began):
                self._say(SpeechBegan(event.at_ms))
            else:
                self._finish_utterance(event, self._latency.stt_final)
        if self._finder.start_ms is not None:
            now = self._finder.now_ms
            words = [word for word in self._words() if word.end_ms <= now]
            self._tell_words(words, self._finder.start_ms)

    async def finish(self) -> None:
        ended = self._finder.flush()
        if ended is not None:
            self._finish_utterance(ended, 0.0)

    async def close(self) -> None:
        self._report = None

    def _words(self) -> list[HeardWord]:
        """Words that no phrase has given yet; a weak beginning may lie well before what was loud."""
        return [word for word in self._follower.words() if word.middle_ms > self._given_until_ms]

    def _tell_words(self, words: list[HeardWord], start_ms: float) -> None:
        for count in range(self._told + 1, len(words) + 1):
            end = words[count - 1].end_ms
            delay = max(0.0, self._latency.stt_partial - (self._finder.now_ms - end))
            text = " ".join(word.text for word in words[:count])
            self._say(Hypothesis(text, start_ms, max(0.0, end - start_ms), delay))
        self._told = max(self._told, len(words))

    def _finish_utterance(self, ended: Ended, delay_ms: float) -> None:
        late = self._finder.now_ms - ended.noticed_ms
        words = [word for word in self._words() if word.start_ms < ended.end_ms + _SLACK_MS]
        self._tell_words(words, ended.start_ms)
        spoken = tuple(SpokenWord(word.text, word.start_ms, word.end_ms) for word in words)
        text = " ".join(word.text for word in words)
        duration = ended.end_ms - ended.start_ms
        self._say(Phrase(text, ended.start_ms, duration, spoken, 0.95, max(0.0, delay_ms - late)))
        self._told = 0
        self._follower.forget()
        self._given_until_ms = max([self._given_until_ms, *(word.end_ms for word in words)])

    def _say(self, event: HeardEvent) -> None:
        if self._report is not None:
            self._report(event)
