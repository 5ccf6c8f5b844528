"""The real Speech SDK against a local Azure that misbehaves: no word is lost, nobody waits for ever."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing

import pytest
from speech_port_suite import Ears
from speech_stage import PATIENT, LocalSpeech, RealStage, eventually, local_speech, real_stage

from backend.domain.audio import PCM_16K
from backend.domain.speech import RecognitionOptions, SpeechAudio, Voice
from backend.errors import ProviderRejected, RateLimited, TimedOut, Unavailable

pytestmark = pytest.mark.real

STORY = "alpha bravo charlie delta echo foxtrot golf"


@pytest.fixture(scope="module")
def local() -> Iterator[LocalSpeech]:
    with local_speech() as services:
        yield services


@pytest.fixture
async def stage(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    async with real_stage(local, stt_pool_size=1, tts_pool_size=1, **PATIENT) as made:
        yield made
    local.faults.clear()


@pytest.fixture
async def cold(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    async with real_stage(local, stt_pool_size=0, tts_pool_size=0, **PATIENT) as made:
        yield made
    local.faults.clear()


@pytest.fixture
async def deaf(local: LocalSpeech) -> AsyncIterator[RealStage]:
    """Its recognition may fall silent: it is given up after three seconds."""
    local.faults.clear()
    async with real_stage(
        local, stt_pool_size=0, tts_pool_size=0, **PATIENT | {"stt_silence_timeout_ms": 3000}
    ) as made:
        yield made
    local.faults.clear()


@pytest.fixture
async def hasty(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    async with real_stage(local, stt_pool_size=0, tts_pool_size=0) as made:
        yield made
    local.faults.clear()


async def listen(stage: RealStage) -> tuple[Ears, object]:
    ears = Ears()
    return ears, await stage.stt.open(RecognitionOptions(), ears)


# -- recognition does not come up -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error", "tries"),
    [
        (401, ProviderRejected, 1),
        (429, RateLimited, 1),
        (503, Unavailable, 99),
    ],
)
async def test_a_refusal_is_told_for_what_it_is(
    cold: RealStage, status: int, error: type[Exception], tries: int
) -> None:
    cold.local.fail("stt", "status", status=status, times=tries)
    with pytest.raises(error):  # not TimedOut: it did not wait for its limit
        await listen(cold)
    assert cold.speech.stats()["stt"]["in_use"] == 0


async def test_a_single_503_is_tried_again(cold: RealStage) -> None:
    cold.local.fail("stt", "status", status=503)
    ears, recognition = await listen(cold)
    await cold.says(recognition, "hello again")
    await ears.until_finals(1)
    await recognition.close()


async def test_an_upgrade_that_is_never_answered_is_given_up_in_time(hasty: RealStage) -> None:
    hasty.local.fail("stt", "hang", after=-1, times=0)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        await listen(hasty)
    assert time.monotonic() - began > 1.3


async def test_one_upgrade_that_is_never_answered_is_replaced(local: LocalSpeech) -> None:
    local.faults.clear()
    async with real_stage(local, stt_pool_size=0, tts_pool_size=0, stt_start_timeout_ms=10_000) as stage:
        stage.local.fail("stt", "hang", after=-1)  # for half of that
        ears, recognition = await listen(stage)
        await stage.says(recognition, "here I am")
        await ears.until_finals(1)
        await recognition.close()


async def test_nobody_there_is_unavailable() -> None:
    with local_speech() as gone:
        pass
    async with real_stage(gone, stt_pool_size=0, tts_pool_size=0, **PATIENT) as stage:
        with pytest.raises(Unavailable):
            await listen(stage)
        with pytest.raises(Unavailable):
            await heard(stage, "Hello.")


# -- recognition breaks in mid-call -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("abort", {"times": 1}),
        ("abort", {"times": 2}),
        ("close", {"code": 1000, "times": 2}),
        ("close", {"code": 1007, "times": 1}),
        ("close", {"code": 4429, "times": 1}),
        ("garbage", {"times": 1}),
    ],
)
async def test_a_break_in_mid_utterance_loses_no_word(cold: RealStage, kind: str, details: dict[str, float]) -> None:
    ears, recognition = await listen(cold)
    await cold.says(recognition, "before the break")
    await ears.until_finals(1)
    cold.local.fail("stt", kind, after=6, **details)
    cold.local.cut()  # the SDK reconnects once by itself, and meets the fault
    await cold.says(recognition, STORY)
    async with cold.quiet_line(recognition):
        await ears.until_finals(2)
    assert ears.texts == ["before the break", STORY]
    assert not ears.failures
    await recognition.close()


async def test_a_line_that_dies_while_nobody_speaks_is_open_again_before_the_next_word(cold: RealStage) -> None:
    ears, recognition = await listen(cold)
    await cold.says(recognition, "before the break")
    await ears.until_finals(1)
    cold.local.fail("stt", "close", code=1000, times=1)  # after this the SDK says nothing any more
    cold.local.cut()
    async with cold.quiet_line(recognition):
        await eventually(lambda: cold.speech.stats()["stt"]["replaced_in_call"] == 1)
    await cold.says(recognition, "after the break")
    async with cold.quiet_line(recognition):
        await ears.until_finals(2)
    assert ears.texts == ["before the break", "after the break"]
    await recognition.close()


async def test_a_service_that_goes_away_in_mid_call_is_a_failure_at_once(cold: RealStage) -> None:
    ears, recognition = await listen(cold)
    saying = asyncio.create_task(cold.says(recognition, STORY))
    await ears.until_partial()
    cold.local.fail("stt", "status", status=503, times=0)
    cold.local.cut()
    error = await ears.until_failed()
    assert isinstance(error, Unavailable)  # not TimedOut: it did not wait for its limit
    await saying
    await recognition.close()


async def test_one_that_falls_silent_is_replaced_and_no_word_is_lost(deaf: RealStage) -> None:
    deaf.local.fail("stt", "hang")
    ears, recognition = await listen(deaf)
    await deaf.plays(recognition, deaf.local.utterance(STORY), speed=1.0)
    async with deaf.quiet_line(recognition):
        await ears.until_finals(1)
    assert ears.texts == [STORY]
    assert deaf.speech.stats()["stt"]["replaced_in_call"] == 1
    await recognition.close()


async def test_a_service_that_stays_silent_is_timed_out_within_the_limit(deaf: RealStage) -> None:
    deaf.local.fail("stt", "hang", times=0)
    ears, recognition = await listen(deaf)
    began = time.monotonic()
    talking = asyncio.create_task(deaf.plays(recognition, deaf.local.utterance(f"{STORY} {STORY}"), speed=1.0))
    error = await ears.until_failed()
    assert isinstance(error, TimedOut)
    assert time.monotonic() - began > 1.8
    talking.cancel()
    await asyncio.gather(talking, return_exceptions=True)
    await recognition.close()


# -- synthesis --------------------------------------------------------------------------------------


async def heard(stage: RealStage, text: str) -> bytes:
    audio = b""
    async for event in stage.tts.speak(text, Voice(), PCM_16K):
        if isinstance(event, SpeechAudio):
            audio += event.pcm
    return audio


@pytest.mark.parametrize("status", [429, 503])
async def test_a_single_refusal_of_the_voice_goes_unnoticed(cold: RealStage, status: int) -> None:
    cold.local.fail("tts", "status", status=status)
    assert await heard(cold, "Good morning.")


@pytest.mark.parametrize(("status", "error"), [(401, ProviderRejected), (429, RateLimited), (503, Unavailable)])
async def test_a_refused_voice_is_told_for_what_it_is(cold: RealStage, status: int, error: type[Exception]) -> None:
    cold.local.fail("tts", "status", status=status, times=0)
    with pytest.raises(error):  # not TimedOut: it did not wait for its limit
        await heard(cold, "Good morning.")


@pytest.mark.parametrize("after", [-1, 0])
async def test_a_voice_that_never_begins_is_given_up_in_time(hasty: RealStage, after: int) -> None:
    hasty.local.fail("tts", "hang", after=after, times=0)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        await heard(hasty, "Good morning.")
    assert time.monotonic() - began > 0.9


@pytest.mark.parametrize(("kind", "error"), [("stall", TimedOut), ("abort", Unavailable)])
async def test_a_voice_that_breaks_off_leaves_what_was_said_and_the_next_one_is_whole(
    stage: RealStage, kind: str, error: type[Exception]
) -> None:
    text = "One two three four five six seven eight nine ten eleven twelve."
    whole = await heard(stage, text)
    stage.local.fail("tts", kind, after=3)
    audio = b""
    with pytest.raises(error):
        async for event in stage.tts.speak(text, Voice(), PCM_16K):
            audio += event.pcm if isinstance(event, SpeechAudio) else b""
    assert 0 < len(audio) < len(whole) and whole.startswith(audio)
    await eventually(lambda: stage.speech.stats()["tts"]["warm"] >= 1)
    assert await heard(stage, text) == whole
    assert stage.speech.stats()["tts"]["in_use"] == 0


async def test_a_warm_voice_whose_connection_died_is_replaced_unnoticed(stage: RealStage) -> None:
    await eventually(lambda: stage.speech.stats()["tts"]["warm"] == 1)
    stage.local.cut()
    assert await heard(stage, "Still here.")


async def test_a_voice_that_breaks_before_its_first_sound_is_replaced_unnoticed(stage: RealStage) -> None:
    assert await heard(stage, "Hello.")
    await eventually(lambda: stage.speech.stats()["tts"]["warm"] == 2)  # so that nobody else meets the fault
    stage.local.fail("tts", "abort")
    assert await heard(stage, "Still here.")


# -- streamed text ----------------------------------------------------------------------------------


@pytest.fixture
async def streaming(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    async with real_stage(local, stt_pool_size=0, tts_pool_size=1, tts_text_streaming=True) as made:
        yield made
    local.faults.clear()


@pytest.fixture
async def patient(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    async with real_stage(local, stt_pool_size=0, tts_pool_size=1, tts_text_streaming=True, **PATIENT) as made:
        yield made
    local.faults.clear()


async def streamed(stage: RealStage, *pieces: str, on_audio: Callable[[], None] = lambda: None) -> bytes:
    """Hand over text that is never ended, until the voice fails."""
    audio = b""

    async def written() -> AsyncIterator[str]:
        for piece in pieces:
            yield piece
        await asyncio.Event().wait()

    async with aclosing(stage.tts.speak_stream(written(), Voice(), PCM_16K)) as speech:
        async for event in speech:
            if isinstance(event, SpeechAudio):
                audio += event.pcm
                on_audio()
    return audio


async def test_a_stream_that_never_begins_is_given_up_although_its_text_goes_on(streaming: RealStage) -> None:
    streaming.local.fail("tts", "hang", after=0, times=0)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        await streamed(streaming, "A whole ", "sentence. ", "And the beginning")
    assert time.monotonic() - began > 0.9
    assert streaming.speech.stats()["tts"]["in_use"] == 0


async def test_a_stream_that_waits_for_more_text_is_left_alone(streaming: RealStage) -> None:
    """It may be silent for longer than the limit once it has said what it was given."""
    heard = asyncio.Event()
    waiting = asyncio.create_task(streamed(streaming, "A whole sentence. ", on_audio=heard.set))
    await heard.wait()
    done, _ = await asyncio.wait([waiting], timeout=1.6)
    assert not done
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert streaming.speech.stats()["tts"]["in_use"] == 0


async def test_a_stream_that_breaks_off_tells_so_and_gives_its_voice_back(patient: RealStage) -> None:
    patient.local.fail("tts", "abort", after=3, times=0)
    with pytest.raises(Unavailable):
        await streamed(patient, "One two three four five six seven eight nine ten. ")
    assert patient.speech.stats()["tts"]["in_use"] == 0
    patient.local.faults.clear()
    assert await heard(patient, "Still here.")
