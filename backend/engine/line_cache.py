"""Fixed lines (greetings, fillers, apologies) are synthesised once and kept."""

from collections import OrderedDict
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from backend.domain.audio import AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice
from backend.ports import TextToSpeech

__all__ = ["LineCache"]

_Key = tuple[str, Voice, AudioFormat]


class LineCache:
    """A voice with a memory, shared by all calls of a process. The oldest unused lines go first.

    Args:
        tts: the voice behind it.
        max_bytes: PCM kept at most; 32 MiB are about seventeen minutes at 16 kHz.
    """

    def __init__(self, tts: TextToSpeech, max_bytes: int = 32 * 2**20) -> None:
        self._tts = tts
        self._max_bytes = max_bytes
        self._lines: OrderedDict[_Key, list[SpeechEvent]] = OrderedDict()
        self._bytes = 0
        self.hits = 0
        self.misses = 0

    @property
    def count(self) -> int:
        """Lines kept."""
        return len(self._lines)

    async def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Like ``TextToSpeech.speak``; at once when the line has been said before."""
        key = (text, voice, audio)
        kept = self._lines.get(key)
        if kept is not None:
            self.hits += 1
            self._lines.move_to_end(key)
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

    async def learn(self, text: str, voice: Voice, audio: AudioFormat) -> None:
        """Have a line ready before it is needed."""
        if (text, voice, audio) not in self._lines:
            async with aclosing(self.speak(text, voice, audio)) as speech:
                async for _ in speech:
                    pass

    def kept(self, text: str, voice: Voice, audio: AudioFormat) -> Sequence[SpeechEvent]:
        """What this line sounds like, at once; nothing where it has not been said before."""
        return self._lines.get((text, voice, audio), ())

    def knows(self, text: str, voice: Voice, audio: AudioFormat) -> bool:
        """Can this line be said without the speech service?"""
        return (text, voice, audio) in self._lines

    def _keep(self, key: _Key, events: list[SpeechEvent]) -> None:
        if key in self._lines:
            return
        self._lines[key] = events
        self._bytes += _size(events)
        while self._bytes > self._max_bytes and len(self._lines) > 1:
            _, dropped = self._lines.popitem(last=False)
            self._bytes -= _size(dropped)


def _size(events: list[SpeechEvent]) -> int:
    return sum(len(event.pcm) for event in events if isinstance(event, SpeechAudio))
