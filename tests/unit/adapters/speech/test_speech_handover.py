"""Beginning, stopping and letting go of the SDK's objects, in the right order whoever is cancelled when."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import ClassVar

import pytest

from backend.adapters.speech import recognizer as recognizers
from backend.adapters.speech import synthesizer as synthesizers
from backend.adapters.speech.recognizer import Recognizer, RecognizerKind
from backend.adapters.speech.spoken import Speech
from backend.adapters.speech.synthesizer import Synthesizer, SynthesizerKind
from backend.adapters.speech.threads import SdkThreads
from backend.domain.audio import PCM_16K
from backend.domain.speech import RecognitionEvent, RecognitionFailed, RecognitionOptions
from backend.errors import ProviderRejected, TimedOut, Unavailable


class Parts:
    """The SDK's objects, as slow as a test wants them."""

    calls: ClassVar[list[str]]
    gate: ClassVar[threading.Event]

    def __init__(self, *_: object) -> None:
        self.calls.append("built")

    def open(self) -> None:
        self.calls.append("opened")

    def begin(self, _: RecognitionOptions) -> None:
        self.calls.append("begun")

    def speak(self, _: str) -> None:
        self.gate.wait(5)
        self.calls.append("spoke")

    def stop(self) -> None:
        self.calls.append("stopped")

    def dispose(self) -> None:
        self.calls.append("disposed")


@pytest.fixture
async def threads(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SdkThreads]:
    Parts.calls = []
    Parts.gate = threading.Event()
    monkeypatch.setattr(recognizers, "_Parts", Parts)
    monkeypatch.setattr(synthesizers, "_Parts", Parts)
    made = SdkThreads()
    yield made
    Parts.gate.set()
    await made.close(5)


async def until(call: str, times: int = 1) -> None:
    async with asyncio.timeout(25):
        while Parts.calls.count(call) < times:
            await asyncio.sleep(0.001)


def voice(threads: SdkThreads, lost: list[object]) -> Synthesizer:
    return Synthesizer(SynthesizerKind(PCM_16K), None, threads, lost.append)


def ear(threads: SdkThreads, lost: list[object]) -> Recognizer:
    return Recognizer(RecognizerKind(PCM_16K), None, threads, lost.append)


async def opened(thing: Recognizer | Synthesizer) -> None:
    opening = asyncio.create_task(thing.open(5))
    await until("opened")
    thing.connected()
    await opening


async def test_a_beginning_that_was_cancelled_is_stopped_only_once_it_has_begun(threads: SdkThreads) -> None:
    synthesizer = voice(threads, [])
    await opened(synthesizer)
    speaking = asyncio.create_task(synthesizer.speak(Speech(lambda *_: -1), "<speak/>"))
    await asyncio.sleep(0.05)
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    again = asyncio.create_task(synthesizer.open(5))
    await asyncio.sleep(0.05)
    assert "stopped" not in Parts.calls
    Parts.gate.set()
    await until("opened", 2)  # what connects before that is not this opening
    synthesizer.connected()
    await again
    assert Parts.calls == ["built", "opened", "spoke", "stopped", "opened"]
    assert synthesizer.up


async def test_a_synthesizer_is_not_up_while_it_speaks(threads: SdkThreads) -> None:
    Parts.gate.set()
    synthesizer = voice(threads, [])
    await opened(synthesizer)
    speech = Speech(lambda *_: -1)
    await synthesizer.speak(speech, "<speak/>")
    assert not synthesizer.up
    synthesizer.finished(speech)
    assert synthesizer.up


async def test_a_connection_lost_at_rest_is_reported_and_one_lost_in_speech_is_not(threads: SdkThreads) -> None:
    Parts.gate.set()
    lost: list[object] = []
    synthesizer = voice(threads, lost)
    await opened(synthesizer)
    speech = Speech(lambda *_: -1)
    await synthesizer.speak(speech, "<speak/>")
    synthesizer.disconnected()
    assert lost == []
    synthesizer.finished(speech)
    synthesizer.disconnected()
    assert lost == [synthesizer]


@pytest.mark.parametrize("make", [voice, ear])
async def test_one_that_does_not_connect_is_given_up_in_time(threads: SdkThreads, make: object) -> None:
    thing = make(threads, [])
    with pytest.raises(TimedOut):
        await thing.open(0.05)
    thing.discard()
    await until("disposed")


@pytest.mark.parametrize("make", [voice, ear])
async def test_discarding_twice_disposes_once(threads: SdkThreads, make: object) -> None:
    thing = make(threads, [])
    thing.discard()
    thing.discard()
    await threads.close(5)
    assert Parts.calls == ["built", "disposed"]


async def test_a_recognizer_that_is_refused_raises_what_the_service_said(threads: SdkThreads) -> None:
    recognizer = ear(threads, [])
    opening = asyncio.create_task(recognizer.open(5))
    await until("opened")
    recognizer.failed(ProviderRejected("speech", "401"))
    with pytest.raises(ProviderRejected):
        await opening
    assert not recognizer.up


async def test_an_idle_recognizer_that_loses_its_connection_is_reported_once(threads: SdkThreads) -> None:
    lost: list[object] = []
    recognizer = ear(threads, lost)
    await opened(recognizer)
    recognizer.disconnected()
    recognizer.failed(Unavailable("speech", "gone"))
    assert lost == [recognizer] and not recognizer.up


async def test_a_listening_recognizer_may_lose_its_connection_for_a_moment_only(
    threads: SdkThreads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognizers, "_BACK_S", 0.1)
    events: list[RecognitionEvent] = []
    recognizer = ear(threads, [])
    await opened(recognizer)
    await recognizer.start(RecognitionOptions(), 0.0, events.append)
    recognizer.disconnected()
    recognizer.connected()
    await asyncio.sleep(0.15)
    assert events == []
    recognizer.disconnected()
    await asyncio.sleep(0.15)
    assert [type(event) for event in events] == [RecognitionFailed]


async def test_nothing_is_heard_of_a_discarded_recognizer(threads: SdkThreads) -> None:
    lost: list[object] = []
    events: list[RecognitionEvent] = []
    recognizer = ear(threads, lost)
    await opened(recognizer)
    await recognizer.start(RecognitionOptions(), 0.0, events.append)
    recognizer.discard()
    recognizer.disconnected()
    recognizer.failed(Unavailable("speech", "gone"))
    assert events == [] and lost == []


async def test_a_recognizer_that_was_lost_before_its_start_does_not_start(threads: SdkThreads) -> None:
    recognizer = ear(threads, [])
    await opened(recognizer)
    recognizer.disconnected()
    with pytest.raises(Unavailable):
        await recognizer.start(RecognitionOptions(), 0.0, lambda _: None)
