"""What every ``SpeechToText`` and ``TextToSpeech`` must do, real or fake.

A test module subclasses the suites and gives them a stage::

    class TestFakes(SpeechToTextSuite, TextToSpeechSuite):
        @pytest.fixture
        async def stage(self) -> AsyncIterator[SpeechStage]: ...
        @pytest.fixture
        async def streaming(self) -> AsyncIterator[SpeechStage]: ...  # whose voice takes text while it is written
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Literal, Protocol

import pytest

from backend.domain.audio import PCM_16K
from backend.domain.speech import (
    Final,
    Partial,
    RecognitionEvent,
    RecognitionFailed,
    RecognitionOptions,
    SpeechAudio,
    SpeechEvent,
    SpeechStarted,
    Voice,
    WordBoundary,
)
from backend.errors import ProviderError, ProviderRejected, RateLimited, Unavailable
from backend.ports import Recognition, SpeechToText, TextToSpeech

__all__ = ["Ears", "SpeechStage", "SpeechToTextSuite", "TextToSpeechSuite"]

_LIMIT_S = 30.0


class SpeechStage(Protocol):
    """Both ports, and a caller and a provider that do as they are told."""

    stt: SpeechToText
    tts: TextToSpeech

    async def says(self, recognition: Recognition, text: str) -> None:
        """The caller says ``text`` and is silent for as long as it takes to end an utterance."""
        ...

    def refuse_next(self, part: Literal["stt", "tts"], error: type[ProviderError]) -> None:
        """The provider refuses the next ``open`` or ``speak`` so that it fails with ``error``."""
        ...


class Ears:
    """Collects events and waits for them."""

    def __init__(self) -> None:
        self.events: list[RecognitionEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: RecognitionEvent) -> None:
        self.events.append(event)
        self._more.set()

    @property
    def finals(self) -> list[Final]:
        """What was said, noise left out."""
        return [event for event in self.events if isinstance(event, Final) and event.text]

    @property
    def texts(self) -> list[str]:
        """The words of the finals."""
        return [final.text for final in self.finals]

    @property
    def failures(self) -> list[ProviderError]:
        """Why recognition ended."""
        return [event.error for event in self.events if isinstance(event, RecognitionFailed)]

    async def until_finals(self, count: int, limit_s: float = _LIMIT_S) -> None:
        """Wait for so many utterances."""
        async with asyncio.timeout(limit_s):
            while len(self.finals) < count:
                await self._next()

    async def until_failed(self, limit_s: float = _LIMIT_S) -> ProviderError:
        """Wait for the end."""
        async with asyncio.timeout(limit_s):
            while not self.failures:
                await self._next()
        return self.failures[0]

    async def until_partial(self, limit_s: float = _LIMIT_S) -> None:
        """Wait for the first words."""
        async with asyncio.timeout(limit_s):
            while not any(isinstance(event, Partial) for event in self.events):
                await self._next()

    async def _next(self) -> None:
        self._more.clear()
        await self._more.wait()


class SpeechToTextSuite:
    """The contract of ``SpeechToText``."""

    async def test_an_utterance_is_understood(self, stage: SpeechStage) -> None:
        ears = Ears()
        recognition = await stage.stt.open(RecognitionOptions(), ears)
        await stage.says(recognition, "my car was hit")
        await ears.until_finals(1)
        assert ears.texts == ["my car was hit"]
        await recognition.close()

    async def test_partials_come_before_their_final_and_grow(self, stage: SpeechStage) -> None:
        ears = Ears()
        recognition = await stage.stt.open(RecognitionOptions(), ears)
        await stage.says(recognition, "one two three four")
        await ears.until_finals(1)
        kinds = [type(event) for event in ears.events]
        partials = [event.text for event in ears.events if isinstance(event, Partial)]
        assert kinds[0] is SpeechStarted
        assert kinds[-1] is Final
        assert partials and partials == sorted(partials, key=len)
        assert "one two three four".startswith(partials[0])
        await recognition.close()

    async def test_utterances_come_in_order(self, stage: SpeechStage) -> None:
        ears = Ears()
        recognition = await stage.stt.open(RecognitionOptions(), ears)
        said = ["first thing", "second thing", "third thing"]
        for text in said:
            await stage.says(recognition, text)
        await ears.until_finals(3)
        assert ears.texts == said
        offsets = [final.offset_ms for final in ears.finals]
        assert offsets == sorted(offsets)
        assert all(final.duration_ms > 0 for final in ears.finals)
        await recognition.close()

    async def test_nothing_arrives_after_close(self, stage: SpeechStage) -> None:
        ears = Ears()
        recognition = await stage.stt.open(RecognitionOptions(), ears)
        saying = asyncio.create_task(stage.says(recognition, "this is never finished"))
        await ears.until_partial()
        await recognition.close()
        heard = len(ears.events)
        await saying
        await asyncio.sleep(0.3)
        assert len(ears.events) == heard

    async def test_close_may_be_called_twice_and_write_after_it(self, stage: SpeechStage) -> None:
        recognition = await stage.stt.open(RecognitionOptions(), Ears())
        await recognition.close()
        await recognition.close()
        recognition.write(bytes(PCM_16K.frame_bytes))

    async def test_a_refusal_is_raised_and_the_next_one_is_served(self, stage: SpeechStage) -> None:
        for error in (ProviderRejected, RateLimited):
            stage.refuse_next("stt", error)
            with pytest.raises(error):
                await stage.stt.open(RecognitionOptions(), Ears())
        recognition = await stage.stt.open(RecognitionOptions(), Ears())
        await recognition.close()


class TextToSpeechSuite:
    """The contract of ``TextToSpeech``."""

    async def test_text_becomes_audio_with_its_words_in_order(self, stage: SpeechStage) -> None:
        text = "Fish & chips, <now>: it's fine."
        events = [event async for event in stage.tts.speak(text, Voice(), PCM_16K)]
        audio = b"".join(event.pcm for event in events if isinstance(event, SpeechAudio))
        words = [event for event in events if isinstance(event, WordBoundary)]
        assert len(audio) > 0 and len(audio) % 2 == 0
        offsets = [word.offset_ms for word in words]
        assert offsets == sorted(offsets)
        assert all(offset <= PCM_16K.duration_ms(len(audio)) for offset in offsets)
        places = [word.text_offset for word in words if word.text_offset >= 0]
        assert places == sorted(places)
        assert all(text.startswith(word.text[:1], word.text_offset) for word in words if word.text_offset >= 0)

    async def test_nothing_to_say_is_silence(self, stage: SpeechStage) -> None:
        assert [event async for event in stage.tts.speak("  ", Voice(), PCM_16K)] == []

    async def test_closing_early_ends_it_and_the_next_speech_is_whole(self, stage: SpeechStage) -> None:
        whole = await _audio(stage, "One two three four five six.")
        async with aclosing(stage.tts.speak("This will not be heard to its end.", Voice(), PCM_16K)) as speech:
            async for event in speech:
                if isinstance(event, SpeechAudio):
                    break
        assert await _audio(stage, "One two three four five six.") == whole

    async def test_speeches_at_the_same_time_are_kept_apart(self, stage: SpeechStage) -> None:
        texts = ["One.", "One two three.", "One two three four five six seven."]
        alone = [await _audio(stage, text) for text in texts]
        assert await asyncio.gather(*(_audio(stage, text) for text in texts)) == alone

    async def test_a_refusal_is_raised_and_the_next_speech_is_served(self, stage: SpeechStage) -> None:
        for error in (ProviderRejected, Unavailable):
            stage.refuse_next("tts", error)
            with pytest.raises(error):
                await _audio(stage, "Never heard.")
        assert await _audio(stage, "Heard.")

    async def test_text_is_spoken_while_it_is_being_written(self, streaming: SpeechStage) -> None:
        """The first sentence is heard before the second is written; offsets count in all of the text."""
        heard = asyncio.Event()

        async def pieces() -> AsyncIterator[str]:
            yield "One two, three. "
            await heard.wait()
            yield "Four five "
            yield "six."

        assert streaming.tts.streams(Voice())
        events = list[SpeechEvent]()
        async for event in streaming.tts.speak_stream(pieces(), Voice(), PCM_16K):
            events.append(event)
            if isinstance(event, SpeechAudio):
                heard.set()
        text = "One two, three. Four five six."
        words = [event for event in events if isinstance(event, WordBoundary)]
        places = [word.text_offset for word in words if word.text_offset >= 0]
        assert [text[place:].split()[0].strip(",.") for place in places] == "One two three Four five six".split()
        offsets = [word.offset_ms for word in words]
        assert offsets == sorted(offsets) and offsets[3] > 0

    async def test_a_stream_that_is_closed_reads_no_more_text(self, streaming: SpeechStage) -> None:
        ended = asyncio.Event()

        async def pieces() -> AsyncIterator[str]:
            try:
                yield "This will not be heard to its end. "
                await asyncio.Event().wait()
            finally:
                ended.set()

        async with aclosing(streaming.tts.speak_stream(pieces(), Voice(), PCM_16K)) as speech:
            async for event in speech:
                if isinstance(event, SpeechAudio):
                    break
        assert ended.is_set()
        assert await _audio(streaming, "One two three four five six.")

    async def test_a_voice_with_a_manner_is_not_streamed(self, streaming: SpeechStage) -> None:
        for voice in (Voice(style="chat"), Voice(rate="+5%")):
            assert not streaming.tts.streams(voice)


async def _audio(stage: SpeechStage, text: str) -> bytes:
    events = [event async for event in stage.tts.speak(text, Voice(), PCM_16K)]
    return b"".join(event.pcm for event in events if isinstance(event, SpeechAudio))
