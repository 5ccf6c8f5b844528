"""What a phone's owner hears.

By default the words come from the sound book: the very samples of the local voice are found again in what reached
the ear, so what was cut off by StopAudio was not heard. With a recognizer instead, the phone understands whatever
speaks, as badly as a recognizer does.
"""

from typing import Protocol

from local_azure.phone.loudness import is_loud
from local_azure.soundbook import HeardWord, SoundBook
from local_azure.speech.engine import HeardEvent, Phrase, RecognitionRequest, Recognizer, SpeechBegan

__all__ = ["BookWords", "Ear", "RecognizedWords", "WordSource"]

_BATCH = 5
"""Frames that are looked up together. Who only peeks while a sound goes on knows its words so much later."""
_REST_FRAMES = 25
_SAME_WORD_MS = 60.0
"""Of sentences that begin alike it is not known at first which one it is; their words lie at slightly other places."""


class WordSource(Protocol):
    """Makes words of what is heard."""

    def hear(self, pcm: bytes | None, frame_bytes: int, *, loud: bool) -> None:
        """20 ms; ``None`` is silence."""
        ...

    def peek(self) -> str:
        """The words since the last :meth:`take`."""
        ...

    def take(self) -> str:
        """The words since the last time this was asked."""
        ...

    @property
    def pending(self) -> bool:
        """There was speech whose words are not known yet."""
        ...

    async def caught_up(self) -> None:
        """Wait until what was heard so far has been looked up, where that takes a thread its time."""
        ...

    async def close(self) -> None:
        """Let go of the recognizer, if there is one."""
        ...


class BookWords:
    """Words of learned sounds."""

    def __init__(self, sounds: SoundBook, sample_rate: int) -> None:
        self._follower = sounds.follow("agent", sample_rate)
        self._batch: list[bytes] = []
        self._peeked: str | None = ""
        """What a peek gave last; ``None`` when something was heard or taken since."""
        self._taken_ms = -1.0
        self._quiet_frames = 0

    @property
    def pending(self) -> bool:
        """Never: the words are known as soon as they were heard."""
        return False

    def hear(self, pcm: bytes | None, frame_bytes: int, *, loud: bool) -> None:
        """Look up 20 ms, a few frames at a time."""
        self._quiet_frames = 0 if loud else self._quiet_frames + 1
        if pcm is None:
            self._flush()
            self._follower.skip(frame_bytes)
            return
        self._batch.append(pcm)
        if len(self._batch) >= _BATCH:
            self._flush()

    def peek(self) -> str:
        """The words since the last :meth:`take`; somebody may ask with every frame."""
        if self._peeked is None:
            self._peeked = " ".join(word.text for word in self._fresh())
        return self._peeked

    def take(self) -> str:
        """The words since the last time. What the middle of a word has not been heard of is not a word yet."""
        self._flush()
        words = self._fresh()
        if words:
            self._taken_ms = _middle(words[-1])
            self._peeked = None
        if self._quiet_frames > _REST_FRAMES:
            self._follower.forget()
        return " ".join(word.text for word in words)

    async def caught_up(self) -> None:
        """It always is."""

    async def close(self) -> None:
        """Nothing to let go of."""

    def _fresh(self) -> list[HeardWord]:
        return [word for word in self._follower.words() if _middle(word) > self._taken_ms + _SAME_WORD_MS]

    def _flush(self) -> None:
        if self._batch:
            self._follower.feed(b"".join(self._batch))
            self._batch.clear()
            self._peeked = None


class RecognizedWords:
    """Words as a recognizer understands them; without punctuation."""

    def __init__(self, recognizer: Recognizer, sample_rate: int) -> None:
        self._listener = recognizer.listen(RecognitionRequest(sample_rate=sample_rate), self._note)
        self._phrases: list[str] = []
        self._pending = False

    @property
    def pending(self) -> bool:
        """Somebody spoke and the phrase has not come yet."""
        return self._pending

    def hear(self, pcm: bytes | None, frame_bytes: int, *, loud: bool) -> None:
        """Listen to 20 ms."""
        self._listener.feed(bytes(frame_bytes) if pcm is None else pcm)

    def peek(self) -> str:
        """Phrases since the last :meth:`take`."""
        return " ".join(self._phrases)

    def take(self) -> str:
        """Phrases since the last time."""
        text = self.peek()
        self._phrases.clear()
        return text

    async def caught_up(self) -> None:
        """Its phrases come when they come."""

    async def close(self) -> None:
        """End the listener."""
        await self._listener.close()

    def _note(self, event: HeardEvent) -> None:
        if isinstance(event, SpeechBegan):
            self._pending = True
        elif isinstance(event, Phrase):
            self._pending = False
            if event.text:
                self._phrases.append(event.text)


class Ear:
    """Hears sound and silence, and the words through its source."""

    def __init__(self, words: WordSource) -> None:
        self.words = words
        self.last_sound_ms: float | None = None
        """When the last frame that could be heard ended."""

    def hear(self, pcm: bytes | None, frame_bytes: int, now_ms: float) -> bool:
        """20 ms from ``now_ms`` on; whether there was a sound in them."""
        loud = pcm is not None and is_loud(pcm)
        self.words.hear(pcm, frame_bytes, loud=loud)
        if loud:
            self.last_sound_ms = now_ms + 20.0
        return loud

    def silent_ms(self, now_ms: float) -> float:
        """How long nothing was heard; since the beginning of the call when nothing was yet."""
        return now_ms - (self.last_sound_ms or 0.0)


def _middle(word: HeardWord) -> float:
    return (word.start_ms + word.end_ms) / 2
