"""The recognizer that really listens, with recorded callers."""

import asyncio
import multiprocessing
import os
import signal
import wave
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from quick_yaml import read_yaml

from local_azure.speech import sphinx_worker
from local_azure.speech.engine import HeardEvent, Hypothesis, Phrase, RecognitionRequest, SpeechBegan
from local_azure.speech.sphinx import SphinxRecognizer

pytestmark = [pytest.mark.real, pytest.mark.asyncio(loop_scope="module")]

_PERSONAS = Path("tests/personas")
_INTAKE_PHRASES = tuple(read_yaml(Path("agent_store/agents/fnol_intake.yaml").read_text())["speech"]["phrases"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def listening() -> AsyncGenerator[SphinxRecognizer]:
    recognizer = SphinxRecognizer(workers=1)
    yield recognizer
    await recognizer.close()


@pytest.fixture
def recognizer(listening: SphinxRecognizer) -> SphinxRecognizer:
    """One that has heard nobody yet: its models take a second to load, so its process is kept."""
    listening.adaptation = ""
    return listening


def spoken(name: str) -> bytes:
    with wave.open(str(_PERSONAS / name)) as recording:
        pcm = recording.readframes(recording.getnframes())
    return bytes(16_000) + pcm + bytes(32_000)


async def heard(
    recognizer: SphinxRecognizer, pcm: bytes, *phrases: str, rate: int = 16_000, piece: int = 3_200
) -> list[HeardEvent]:
    events: list[HeardEvent] = []
    listener = recognizer.listen(RecognitionRequest(phrases=phrases, sample_rate=rate), events.append)
    for at in range(0, len(pcm), piece):
        listener.feed(pcm[at : at + piece])
        await asyncio.sleep(0)
    await listener.finish()
    await listener.close()
    return events


def texts(events: list[HeardEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Phrase)]


async def test_understands_a_recorded_caller(recognizer: SphinxRecognizer) -> None:
    events = await heard(recognizer, spoken("rear_end/injuries.wav"))
    assert isinstance(events[0], SpeechBegan)
    assert texts(events) == ["nobody was hurt"]
    phrase = events[-1]
    assert isinstance(phrase, Phrase)
    assert phrase.offset_ms == pytest.approx(events[0].offset_ms)
    assert [word.text for word in phrase.words] == ["nobody", "was", "hurt"]
    assert phrase.offset_ms - 400 <= phrase.words[0].start_ms < phrase.words[-1].end_ms
    assert phrase.words[-1].end_ms <= phrase.offset_ms + phrase.duration_ms + 400


async def test_prefers_what_is_on_the_phrase_list(recognizer: SphinxRecognizer) -> None:
    said = spoken("rear_end/drivable.wav")
    assert texts(await heard(recognizer, said)) != ["yes the car is drivable"]
    assert texts(await heard(recognizer, said, "the car is drivable", "yes")) == ["yes the car is drivable"]


async def test_a_phrase_list_does_not_make_other_words_of_what_is_not_on_it(recognizer: SphinxRecognizer) -> None:
    said = spoken("rear_end/injuries.wav")
    assert texts(await heard(recognizer, said, "honda civic", "main street", "yes")) == ["nobody was hurt"]


async def test_phrases_of_a_list_outweigh_like_sounding_words_of_other_phrases(recognizer: SphinxRecognizer) -> None:
    place = "at the shopping center on oak street in houston texas"
    events: list[HeardEvent] = []
    listener = recognizer.listen(RecognitionRequest(phrases=(*_INTAKE_PHRASES, place)), events.append)
    for name in ("last4", "what", "when", "where"):  # what came before tells how this caller sounds
        listener.feed(spoken(f"parking_lot/{name}.wav"))
        await listener.finish()
    await listener.close()
    assert texts(events)[-1] == place


async def test_two_utterances_of_one_stream_come_in_order(recognizer: SphinxRecognizer) -> None:
    both = spoken("rear_end/injuries.wav") + spoken("parking_lot/passengers.wav")
    events = await heard(recognizer, both)
    assert texts(events) == ["nobody was hurt", "no passengers"]
    offsets = [event.offset_ms for event in events if isinstance(event, Phrase)]
    assert offsets == sorted(offsets)
    assert not any(isinstance(event, Hypothesis) and "passengers" in event.text for event in events[:3])


async def test_a_closed_listener_reports_nothing_more(recognizer: SphinxRecognizer) -> None:
    events: list[HeardEvent] = []
    listener = recognizer.listen(RecognitionRequest(), events.append)
    listener.feed(spoken("rear_end/injuries.wav"))
    await listener.close()
    known = list(events)
    listener.feed(spoken("rear_end/injuries.wav"))
    await listener.finish()
    assert events == known


@pytest.mark.parametrize("name", ["husband/vehicle", "daughter_drove/where", "parking_lot/where"])
async def test_the_same_is_understood_in_whatever_pieces_it_comes(recognizer: SphinxRecognizer, name: str) -> None:
    said = spoken(f"{name}.wav")
    await heard(recognizer, said)
    known, understood = recognizer.adaptation, list[list[str]]()
    for piece in (640, 1_280, 3_200, 6_400):
        recognizer.adaptation = known  # each time of a caller who has been heard as long
        understood.append(texts(await heard(recognizer, said, piece=piece)))
    assert understood == [understood[0]] * 4


async def test_a_stranger_is_heard_as_if_nobody_had_been_heard_before(recognizer: SphinxRecognizer) -> None:
    learned: list[list[float]] = []
    async with recognizer.workers.lease() as worker:
        for name in ("rear_end/injuries", "parking_lot/passengers", "rear_end/injuries"):
            worker.submit(sphinx_worker.begin, (), "").result()
            worker.submit(sphinx_worker.hear, spoken(f"{name}.wav")).result()
            means = worker.submit(sphinx_worker.end).result().adaptation
            learned.append([float(mean) for mean in means.split(",")])
    first, other, again = learned
    assert again == pytest.approx(first, abs=0.1)
    assert other != pytest.approx(first, abs=0.1)


async def test_a_worker_loads_what_it_needs_and_no_web_server(recognizer: SphinxRecognizer) -> None:
    await recognizer.warm()
    loaded = set(recognizer.workers.all[0].submit(eval, "[*__import__('sys').modules]").result())
    assert "local_azure.speech.sphinx_worker" in loaded
    # numpy is there where Moonshine listens in the same process, too: the first to load its model does so for both
    assert not loaded & {"starlette", "jwt", "local_azure.speech.engines"}


async def test_silence_is_no_utterance(recognizer: SphinxRecognizer) -> None:
    assert await heard(recognizer, bytes(64_000)) == []


async def test_a_worker_that_died_is_replaced(recognizer: SphinxRecognizer) -> None:
    said = spoken("rear_end/injuries.wav")
    await recognizer.warm()
    for worker in multiprocessing.active_children():
        worker.kill()
    assert texts(await heard(recognizer, said)) == [""]
    assert texts(await heard(recognizer, said)) == ["nobody was hurt"]


async def test_ctrl_c_is_left_to_whoever_owns_the_workers(recognizer: SphinxRecognizer) -> None:
    await recognizer.warm()
    (process,) = recognizer.workers.all[0]._processes.values()
    os.kill(process.pid, signal.SIGINT)
    await recognizer.warm()
    assert process.is_alive()
