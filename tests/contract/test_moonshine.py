"""The recognizer of ``make run``, with recorded callers and with noise."""

import asyncio
from collections.abc import AsyncGenerator

import numpy as np
import pytest
import pytest_asyncio

from local_azure.speech.ears import usual_ears
from local_azure.speech.engine import HeardEvent, Hypothesis, Phrase, RecognitionRequest, SpeechBegan
from local_azure.speech.moonshine import MoonshineRecognizer
from tests.contract.test_sphinx import spoken

pytestmark = [
    pytest.mark.real,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(usual_ears() != "moonshine", reason="its packages are made for Linux on x86-64 only"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recognizer() -> AsyncGenerator[MoonshineRecognizer]:
    recognizer = MoonshineRecognizer(workers=1)
    await recognizer.warm()
    yield recognizer
    await recognizer.close()


async def heard(recognizer: MoonshineRecognizer, pcm: bytes, *, rate: int = 16_000) -> list[HeardEvent]:
    events: list[HeardEvent] = []
    listener = recognizer.listen(RecognitionRequest(sample_rate=rate), events.append)
    for at in range(0, len(pcm), 3_200):
        listener.feed(pcm[at : at + 3_200])
        await asyncio.sleep(0)
    await listener.finish()
    await listener.close()
    return events


def texts(events: list[HeardEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Phrase)]


async def test_understands_a_recorded_caller_and_writes_it_as_the_service_does(recognizer: MoonshineRecognizer) -> None:
    events = await heard(recognizer, spoken("rear_end/injuries.wav"))
    assert isinstance(events[0], SpeechBegan)
    assert texts(events) == ["Nobody was hurt."]


@pytest.mark.parametrize(
    ("recording", "name"),
    [("two_cars", "James Williams."), ("terse_deer", "Michael O'brien.")],
)
async def test_names_are_heard_that_no_list_has(recognizer: MoonshineRecognizer, recording: str, name: str) -> None:
    assert texts(await heard(recognizer, spoken(f"{recording}/full_name.wav"))) == [name]


async def test_two_utterances_of_one_stream_come_in_order(recognizer: MoonshineRecognizer) -> None:
    events = await heard(recognizer, spoken("rear_end/injuries.wav") + spoken("parking_lot/passengers.wav"))
    assert texts(events) == ["Nobody was hurt.", "No passengers."]
    assert not any("." in event.text for event in events if isinstance(event, Hypothesis))


@pytest.mark.parametrize("seconds", [0.3, 1.0, 3.0])
async def test_noise_has_no_words(recognizer: MoonshineRecognizer, seconds: float) -> None:
    noise = np.random.default_rng(1).normal(0, 4000, int(16_000 * seconds)).astype("<i2").tobytes()
    assert texts(await heard(recognizer, bytes(16_000) + noise + bytes(32_000))) == [""]


async def test_silence_is_no_utterance(recognizer: MoonshineRecognizer) -> None:
    assert await heard(recognizer, bytes(64_000)) == []


async def test_a_worker_that_died_is_replaced(recognizer: MoonshineRecognizer) -> None:
    (process,) = recognizer.workers.all[0]._processes.values()
    process.kill()
    assert texts(await heard(recognizer, spoken("rear_end/injuries.wav"))) == [""]
    await recognizer.warm()
    assert texts(await heard(recognizer, spoken("rear_end/injuries.wav"))) == ["Nobody was hurt."]
