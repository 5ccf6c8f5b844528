"""What the real SDK asks of Python for a recognition: what is wanted of it, and all of that."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from azure.cognitiveservices.speech import PropertyCollection, PropertyId, RecognitionResult
from azure.cognitiveservices.speech.audio import PullAudioInputStreamCallback
from speech_stage import PATIENT, LocalSpeech, RealStage, local_speech, real_stage

from backend.adapters.speech.result_properties import WANTED, read_wanted_properties
from backend.domain.speech import Final, RecognitionEvent, RecognitionOptions

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def local() -> Iterator[LocalSpeech]:
    with local_speech() as services:
        yield services


@pytest.fixture
async def stage(local: LocalSpeech) -> AsyncIterator[RealStage]:
    async with real_stage(local, stt_pool_size=0, tts_pool_size=0, **PATIENT) as made:
        yield made


async def test_a_result_is_read_without_what_nobody_wants_and_tells_its_language(
    stage: RealStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[PropertyId] = []
    get = PropertyCollection.get_property

    def counted(self: PropertyCollection, property_id: PropertyId, default_value: str = "") -> str:
        asked.append(property_id)
        return get(self, property_id, default_value)

    of_audio: list[PropertyId] = []

    def of_a_piece(_: PullAudioInputStreamCallback, property_id: PropertyId) -> str:
        of_audio.append(property_id)
        return ""

    monkeypatch.setattr(PropertyCollection, "get_property", counted)
    monkeypatch.setattr(PullAudioInputStreamCallback, "get_property", of_a_piece)
    heard: asyncio.Queue[RecognitionEvent] = asyncio.Queue()
    options = RecognitionOptions(("en-US", "es-MX"))
    ear = await stage.stt.open(options, heard.put_nowait)
    try:
        await stage.says(ear, "hello there")
        events = [await heard.get()]
        while not isinstance(events[-1], Final):
            events.append(await heard.get())
    finally:
        await ear.close()
    assert (events[-1].text, events[-1].language) == ("hello there", "en-US")
    assert set(WANTED) <= set(asked)
    assert len(asked) <= 6 * len(events)  # the JSON twice, and what is wanted
    assert not of_audio  # who speaks in a piece, and when: asked for each, and known to nobody


def test_it_is_arranged_once() -> None:
    read_wanted_properties()
    init = RecognitionResult.__init__
    read_wanted_properties()
    assert RecognitionResult.__init__ is init
