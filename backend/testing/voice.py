"""A scripted voice: every word is so many frames, and every frame knows its word."""

import asyncio
import re
import struct
from collections.abc import AsyncGenerator

from backend.domain.audio import FRAME_MS, AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice, WordBoundary
from backend.errors import ProviderError

__all__ = ["ScriptedVoice"]

_WORD = re.compile(r"\S+")


class ScriptedVoice:
    """``TextToSpeech`` without sound. Audio tells which word it is, so that a test can read what was heard.

    Args:
        first_audio_s: time to the first audio of each synthesis.
        word_ms: length of every word.
        boundaries: report word boundaries, as Azure does.
    """

    def __init__(self, *, first_audio_s: float = 0.0, word_ms: int = 300, boundaries: bool = True) -> None:
        self.first_audio_s = first_audio_s
        self.word_ms = word_ms
        self.boundaries = boundaries
        self.said: list[str] = []
        self.voices: list[Voice] = []
        self.cancelled = 0
        self.failures: list[ProviderError] = []
        """Errors for the next syntheses, in order."""
        self.endings: dict[str, float | ProviderError] = {}
        """How the synthesis of a text ends once all its audio is there: so many seconds late, or in an error."""
        self.words: list[str] = []

    async def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Speak as scripted."""
        self.said.append(text)
        self.voices.append(voice)
        done = False
        try:
            await asyncio.sleep(self.first_audio_s)
            if self.failures:
                done = True
                raise self.failures.pop(0)
            for index, match in enumerate(_WORD.finditer(text)):
                if self.boundaries:
                    yield WordBoundary(match.group(), index * self.word_ms, self.word_ms, match.start())
                yield SpeechAudio(self._frames(match.group(), audio))
            await self._end(text)
            done = True
        finally:
            if not done:
                self.cancelled += 1

    async def _end(self, text: str) -> None:
        ending = self.endings.pop(text, 0.0)
        if isinstance(ending, ProviderError):
            raise ending
        await asyncio.sleep(ending)

    def _frames(self, word: str, audio: AudioFormat) -> bytes:
        self.words.append(word)
        count = self.word_ms // FRAME_MS
        number = len(self.words)
        frames = (struct.pack("<HHH", number, index, count) for index in range(count))
        return b"".join(frame.ljust(audio.frame_bytes, b"\x00") for frame in frames)

    def words_in(self, frames: list[bytes]) -> list[str]:
        """The words of which the frames contain more than half; a word heard twice appears twice."""
        return [word for word, missing, count in self.runs_in(frames) if missing < count / 2]

    def runs_in(self, frames: list[bytes]) -> list[tuple[str, int, int]]:
        """Each word that began to sound: how many of its frames were not heard in one go, and how many it has."""
        runs: list[tuple[str, int, int]] = []
        previous: tuple[int, int] | None = None
        for frame in frames:
            number, index, count = struct.unpack_from("<HHH", frame)
            if not number:
                continue
            if previous == (number, index - 1):
                word, missing, _ = runs.pop()
                runs.append((word, missing - 1, count))
            else:
                runs.append((self.words[number - 1], count - 1, count))
            previous = (number, index)
        return runs
