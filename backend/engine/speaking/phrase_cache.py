"""Phrases (greetings, fillers, apologies) are synthesized once and kept."""

from collections import OrderedDict
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice
from backend.ports import PhraseSounds, TextToSpeech

__all__ = ["PhraseCache"]

_Key = tuple[str, Voice, AudioFormat]


class PhraseCache:
    """A voice with a memory, shared by all calls of a process. The oldest unused phrases go first.

    Args:
        tts: the voice behind it.
        max_bytes: PCM kept at most; 32 MiB are about seventeen minutes at 16 kHz.
        sounds: where what is learned outlives the process; ``None`` where it does not.
    """

    def __init__(self, tts: TextToSpeech, max_bytes: int = 32 * 2**20, sounds: PhraseSounds | None = None) -> None:
        self._tts = tts
        self._sounds = sounds
        self._learnt: set[_Key] = set()
        self._max_bytes = max_bytes
        self._phrases: OrderedDict[_Key, list[SpeechEvent]] = OrderedDict()
        self._bytes = 0
        self.hits = 0
        self.misses = 0

    @property
    def count(self) -> int:
        """Phrases kept."""
        return len(self._phrases)

    async def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Like ``TextToSpeech.speak``; at once when the phrase has been said before."""
        key = (text, voice, audio)
        kept = self._phrases.get(key)
        if kept is not None:
            self.hits += 1
            self._phrases.move_to_end(key)
            for event in kept:
                yield event
            return
        self.misses += 1
        events: list[SpeechEvent] = []
        async with aclosing(self._tts.speak(text, voice, audio)) as speech:
            async for event in speech:
                events.append(event)
                yield event
        self._keep(key, events)

    async def learn(self, text: str, voice: Voice, audio: AudioFormat) -> bool:
        """Have a phrase ready, and for good: others do not push it out. True when it was spoken now.

        Raises:
            ProviderError, PoolExhausted: it is not known and cannot be spoken.
        """
        key = (text, voice, audio)
        if await self.recall(text, voice, audio):
            return False
        async with aclosing(self.speak(text, voice, audio)) as speech:
            async for _ in speech:
                pass
        if self._sounds and (events := self._phrases.get(key)):
            await self._sounds.save(text, voice, audio, events)
        return True

    async def recall(self, text: str, voice: Voice, audio: AudioFormat) -> bool:
        """Have a phrase ready that was learned here or in an earlier process; false when it was not."""
        key = (text, voice, audio)
        self._learnt.add(key)
        if key not in self._phrases and self._sounds and (events := await self._sounds.load(text, voice, audio)):
            self._keep(key, list(events))
        return key in self._phrases

    def forget_learnt(self) -> None:
        """What was learned is a phrase like others from now on: another version of the store has its own."""
        self._learnt.clear()

    def kept(self, text: str, voice: Voice, audio: AudioFormat) -> Sequence[SpeechEvent]:
        """What this phrase sounds like, at once; nothing where it has not been said before."""
        return self._phrases.get((text, voice, audio), ())

    def knows(self, text: str, voice: Voice, audio: AudioFormat) -> bool:
        """Can this phrase be said without the speech service?"""
        return (text, voice, audio) in self._phrases

    def _keep(self, key: _Key, events: list[SpeechEvent]) -> None:
        if key in self._phrases:
            return
        self._phrases[key] = events
        self._bytes += _size(events)
        while self._bytes > self._max_bytes and (oldest := self._oldest(key)):
            self._bytes -= _size(self._phrases.pop(oldest))

    def _oldest(self, newest: _Key) -> _Key | None:
        return next((key for key in self._phrases if key != newest and key not in self._learnt), None)


def _size(events: list[SpeechEvent]) -> int:
    return sum(len(event.pcm) for event in events if isinstance(event, SpeechAudio))
