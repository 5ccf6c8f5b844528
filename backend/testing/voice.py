"""A scripted voice: every word is so many frames, and every frame knows its word."""

import asyncio
import re
import struct
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import contextmanager

from backend.domain.audio import FRAME_MS, AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, Voice, WordBoundary
from backend.errors import ProviderError, TimedOut, Unavailable
from backend.ports import TextToSpeech

__all__ = ["ScriptedVoice"]

_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"\S.*?[.!?](?=\s)", re.DOTALL)


class ScriptedVoice(TextToSpeech):
    """``TextToSpeech`` without sound. Audio tells which word it is, so that a test can read what was heard.

    Args:
        first_audio_s: time to the first audio of each synthesis.
        word_ms: length of every word.
        boundaries: report word boundaries, as Azure does.
        streaming: take text that is still being written, and say each sentence once it is whole. A voice with a
            style or a rate does not.
    """

    def __init__(
        self, *, first_audio_s: float = 0.0, word_ms: int = 300, boundaries: bool = True, streaming: bool = False
    ) -> None:
        self.first_audio_s = first_audio_s
        self.word_ms = word_ms
        self.boundaries = boundaries
        self.streaming = streaming
        self.said: list[str] = []
        self.voices: list[Voice] = []
        self.cancelled = 0
        self.open = 0
        """Syntheses under way."""
        self.streamed: list[str] = []
        """What was handed over, stream by stream."""
        self.breaks: list[int] = []
        """After so many words the next streams break, in order."""
        self.patience_s: float | None = None
        """A stream that waits longer for more text is given up, as by Azure's SDK."""
        self.breaks_off: dict[str, int] = {}
        """After so many words the next synthesis of a text breaks; a stream is none."""
        self.failures: list[ProviderError] = []
        """Errors for the next syntheses, in order."""
        self.endings: dict[str, float | ProviderError] = {}
        """How the synthesis of a text ends once all its audio is there: so many seconds late, or in an error."""
        self.hangs = 0
        """So many of the next syntheses never begin; each is given up after ``limit_s``."""
        self.limit_s = 2.0
        self.words: list[str] = []

    async def speak(self, text: str, voice: Voice, audio: AudioFormat) -> AsyncGenerator[SpeechEvent, None]:
        """Speak as scripted."""
        self.said.append(text)
        self.voices.append(voice)
        with self._under_way():
            await self._begin()
            if self.failures:
                raise self.failures.pop(0)
            for event in self._broken(self._say(text, audio), self.breaks_off.pop(text, None)):
                yield event
            await self._end(text)

    def streams(self, voice: Voice) -> bool:
        """May ``speak_stream`` be used for this voice?"""
        return self.streaming and not (voice.style or voice.rate)

    async def speak_stream(
        self, pieces: AsyncIterator[str], voice: Voice, audio: AudioFormat
    ) -> AsyncGenerator[SpeechEvent, None]:
        """Speak as scripted, each sentence once it is whole."""
        self.streamed.append("")
        self.voices.append(voice)
        sentences: asyncio.Queue[tuple[int, str] | None] = asyncio.Queue()
        reading = asyncio.create_task(self._read(pieces, sentences, len(self.streamed) - 1), name="stream-text")
        try:
            with self._under_way():
                words, most = 0, self.breaks.pop(0) if self.breaks else None
                while (sentence := await self._wait(sentences)) is not None:
                    await asyncio.sleep(self.first_audio_s)
                    left = None if most is None else most - words
                    for event in self._broken(self._say(sentence[1], audio, words, sentence[0]), left):
                        words += isinstance(event, SpeechAudio)
                        yield event
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _begin(self) -> None:
        if self.hangs:
            self.hangs -= 1
            await asyncio.sleep(self.limit_s)
            raise TimedOut("speech", "synthesis stalled")
        await asyncio.sleep(self.first_audio_s)

    async def _wait(self, sentences: asyncio.Queue[tuple[int, str] | None]) -> tuple[int, str] | None:
        try:
            async with asyncio.timeout(self.patience_s):
                return await sentences.get()
        except TimeoutError:
            raise TimedOut("speech", "ServiceTimeout") from None

    async def _read(
        self, pieces: AsyncIterator[str], sentences: asyncio.Queue[tuple[int, str] | None], number: int
    ) -> None:
        at = 0
        async for piece in pieces:
            self.streamed[number] += piece
            for match in _SENTENCE.finditer(self.streamed[number], at):
                sentences.put_nowait((match.start(), match.group()))
                at = match.end()
        if self.streamed[number][at:].strip():
            sentences.put_nowait((at, self.streamed[number][at:]))
        sentences.put_nowait(None)

    @contextmanager
    def _under_way(self) -> Generator[None]:
        self.open += 1
        try:
            yield
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled += 1
            raise
        finally:
            self.open -= 1

    def _broken(self, events: Iterator[SpeechEvent], left: int | None) -> Iterator[SpeechEvent]:
        """Up to a word whose boundary is told, but of which there is no audio any more."""
        for event in events:
            if left == 0 and isinstance(event, SpeechAudio):
                raise Unavailable("speech", "aborted")
            left = left - isinstance(event, SpeechAudio) if left is not None else None
            yield event

    def _say(self, text: str, audio: AudioFormat, words: int = 0, offset: int = 0) -> Iterator[SpeechEvent]:
        """``text`` begins after so many words, and at this offset in all of the text."""
        for index, match in enumerate(_WORD.finditer(text), words):
            if self.boundaries:
                yield WordBoundary(match.group(), index * self.word_ms, self.word_ms, offset + match.start())
            yield SpeechAudio(self._frames(match.group(), audio))

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
