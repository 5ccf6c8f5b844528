"""The real Speech SDK against the local Azure: the ports' contract."""

from collections.abc import AsyncIterator, Iterator

import pytest
from speech_port_suite import SpeechToTextSuite, TextToSpeechSuite
from speech_stage import PATIENT, LocalSpeech, RealStage, local_speech, real_stage

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def local() -> Iterator[LocalSpeech]:
    with local_speech() as services:
        yield services


@pytest.fixture
async def stage(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    # Nothing is warm, so that a refused connection is that of the next caller.
    async with real_stage(local, stt_pool_size=0, tts_pool_size=0, **PATIENT) as made:
        yield made


@pytest.fixture
async def streaming(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    async with real_stage(local, tts_pool_size=1, tts_text_streaming=True, **PATIENT) as made:
        yield made


class TestAzureSpeechToText(SpeechToTextSuite):
    """Recognition."""


class TestAzureTextToSpeech(TextToSpeechSuite):
    """Synthesis."""
