"""The real Speech SDK under a pool: warm ones for everybody, one owner each, nothing left behind."""

import asyncio
import contextlib
import gc
import logging
import subprocess
import sys
import textwrap
import threading
import time
import weakref
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import azure.cognitiveservices.speech as sdk
import pytest
from azure.cognitiveservices.speech.interop import _Handle
from kept_waiting import KeptWaiting
from speech_port_suite import Ears
from speech_stage import (
    PATIENT,
    LocalSpeech,
    RealStage,
    eventually,
    local_speech,
    real_stage,
    thread_count,
    voice_settings,
)

from backend.boot.speech import Speech, azure_speech
from backend.domain.audio import PCM_16K, PCM_24K
from backend.domain.speech import RecognitionOptions, SpeechAudio, Voice, WordBoundary
from backend.errors import PoolExhausted, ProviderError
from local_azure.faults import Fault
from local_azure.speech import stt as emulated
from local_azure.speech.engine import RecognitionRequest

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def local() -> Iterator[LocalSpeech]:
    with local_speech() as services:
        yield services


@pytest.fixture
async def stage(local: LocalSpeech) -> AsyncIterator[RealStage]:
    local.faults.clear()
    async with real_stage(local, stt_pool_max=4, tts_pool_max=4, **PATIENT) as made:
        yield made
    local.faults.clear()


class Asked(list[RecognitionRequest]):
    """What the service was asked for, by each recognition."""

    contexts: list[dict[str, dict[str, object]]]
    """The same, as it was written."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    requests = Asked()
    requests.contexts = []
    read = emulated.read_recognition

    def note(context: dict[str, dict[str, object]], *args: object) -> RecognitionRequest:
        requests.contexts.append(context)
        requests.append(read(context, *args))
        return requests[-1]

    monkeypatch.setattr(emulated, "read_recognition", note)
    return requests


async def spoken(stage: RealStage, text: str, voice: Voice | None = None) -> tuple[bytes, list[WordBoundary]]:
    events = [event async for event in stage.tts.speak(text, voice or Voice(), PCM_16K)]
    audio = b"".join(event.pcm for event in events if isinstance(event, SpeechAudio))
    return audio, [event for event in events if isinstance(event, WordBoundary)]


async def test_a_warm_recognizer_suits_any_agent(stage: RealStage, asked: Asked) -> None:
    options = [
        RecognitionOptions(("en-US",), ("FNOL", "rear-ended"), 300),
        RecognitionOptions(("es-ES",), (), 1200),
        RecognitionOptions(("de-DE",), ("Totalschaden",), semantic_segmentation=True),
    ]
    for option in options:
        await eventually(lambda: stage.speech.stats()["stt"]["warm"] == 2)
        recognition = await stage.stt.open(option, Ears())
        await stage.says(recognition, "hello", silence_ms=200)
        await recognition.close()
    assert stage.speech.stats()["stt"]["opened_cold"] == 0
    assert [(each.languages, each.phrases) for each in asked] == [(o.languages, o.phrases) for o in options]
    assert [each.silence_ms for each in asked[:2]] == [300, 1200]


async def test_several_languages_are_told_apart(stage: RealStage, asked: Asked) -> None:
    options = RecognitionOptions(("fr-FR", "en-US"), ("constat",))
    await stage.speech.warm([options])
    ears = Ears()
    recognition = await stage.stt.open(options, ears)
    await stage.says(recognition, "bonjour madame")
    await ears.until_finals(1)
    await recognition.close()
    assert asked[0].identify_language and asked[0].languages == ("fr-FR", "en-US")
    assert asked.contexts[0]["languageId"]["mode"] == "DetectContinuous"
    assert ears.finals[0].language == "fr-FR"
    assert stage.speech.stats()["stt"]["opened_cold"] == 0


async def test_the_confidence_is_told(stage: RealStage) -> None:
    ears = Ears()
    recognition = await stage.stt.open(RecognitionOptions(), ears)
    await stage.says(recognition, "quite sure")
    await ears.until_finals(1)
    assert ears.finals[0].confidence is not None and 0.5 < ears.finals[0].confidence <= 1
    await recognition.close()


async def test_a_link_of_24_khz(stage: RealStage, asked: Asked) -> None:
    ears = Ears()
    recognition = await stage.stt.open(RecognitionOptions(audio=PCM_24K), ears)
    await stage.plays(recognition, stage.local.utterance("wide and clear", PCM_24K) + bytes(48 * 700))
    await ears.until_finals(1)
    await recognition.close()
    assert ears.texts == ["wide and clear"] and asked[0].sample_rate == 24_000
    audio = b""
    async for event in stage.tts.speak("Wide.", Voice(), PCM_24K):
        audio += event.pcm if isinstance(event, SpeechAudio) else b""
    assert len(audio) == pytest.approx(1.5 * len((await spoken(stage, "Wide."))[0]), rel=0.1)


async def test_offsets_stay_true_after_the_connection_was_restored(stage: RealStage) -> None:
    ears = Ears()
    recognition = await stage.stt.open(RecognitionOptions(), ears)
    await stage.says(recognition, "one two three")  # 840 ms and 700 of silence
    await ears.until_finals(1)
    stage.local.cut()
    await stage.says(recognition, "four five six")
    async with stage.quiet_line(recognition):
        await ears.until_finals(2)
    await recognition.close()
    assert ears.texts == ["one two three", "four five six"]
    assert [final.offset_ms for final in ears.finals] == [pytest.approx(0, abs=100), pytest.approx(1540, abs=100)]


async def test_word_boundaries_point_into_the_plain_text(stage: RealStage) -> None:
    text = 'Fish & chips, <now>: "it\'s" $1,250.50 at R&D.'
    voice = Voice("en-US-AvaMultilingualNeural", "es-ES", "empathetic", "+5%", "-2%")
    _, words = await spoken(stage, text, voice)
    located = [word for word in words if word.text_offset >= 0]
    assert len(located) >= 6
    assert all(text.startswith(word.text, word.text_offset) for word in located)


async def test_audio_is_on_its_way_before_the_sentence_is_finished(stage: RealStage) -> None:
    stage.local.faults.add("tts", Fault("stall", after=3))  # the sentence is never finished
    text = " ".join(["word"] * 60)
    async with contextlib.aclosing(stage.tts.speak(text, Voice(), PCM_16K)) as speech:
        async for event in speech:
            if isinstance(event, SpeechAudio):
                return
    pytest.fail("nothing was heard of it")


async def test_text_is_spoken_while_it_is_being_written(stage: RealStage) -> None:
    written = asyncio.Event()

    async def pieces() -> AsyncIterator[str]:
        yield "I have found your policy. "
        await written.wait()
        yield "Now tell me "
        yield "what happened."

    events: list[object] = []
    async for event in stage.tts.speak_stream(pieces(), Voice(style="chat", rate="+5%"), PCM_16K):
        events.append(event)
        if isinstance(event, SpeechAudio):
            written.set()  # the first sentence is spoken before the second one is written
    text = "I have found your policy. Now tell me what happened."
    located = [word for word in events if isinstance(word, WordBoundary) and word.text_offset >= 0]
    assert [word.text_offset for word in located] == sorted(word.text_offset for word in located)
    assert all(text.startswith(word.text, word.text_offset) for word in located)
    assert located[-1].text_offset >= text.index("happened")


async def test_a_writer_that_fails_ends_the_speech_with_his_error(
    stage: RealStage, caplog: pytest.LogCaptureFixture
) -> None:
    async def pieces() -> AsyncIterator[str]:
        yield "I have found "
        raise ValueError("the model is gone")

    with pytest.raises(ValueError, match="the model is gone"), caplog.at_level(logging.ERROR):
        async for _ in stage.tts.speak_stream(pieces(), Voice(), PCM_16K):
            pass
    assert stage.speech.stats()["tts"]["in_use"] == 0
    async with asyncio.timeout(20):  # a text without an end would hold the SDK up for ever
        await stage.speech.close()


async def test_an_interrupted_voice_is_warm_again_soon(stage: RealStage) -> None:
    for _ in range(4):
        speech = stage.tts.speak("This sentence is long enough to be interrupted by somebody.", Voice(), PCM_16K)
        async for event in speech:
            if isinstance(event, SpeechAudio):
                break
        await speech.aclose()
        await eventually(lambda: stage.speech.stats()["tts"]["warm"] >= 2)
    figures = stage.speech.stats()["tts"]
    assert figures["re_warmed"] >= 3 and figures["opened_cold"] == 0 and figures["in_use"] == 0


async def test_a_speech_that_is_cancelled_before_it_began_leaves_a_usable_voice(stage: RealStage) -> None:
    for _ in range(3):
        task = asyncio.create_task(spoken(stage, "Never mind."))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await eventually(lambda: stage.speech.stats()["tts"]["warm"] >= 2)
    audio, _ = await spoken(stage, "Hello.")
    assert audio and stage.speech.stats()["tts"]["in_use"] == 0


async def test_too_many_callers_are_refused_in_time(stage: RealStage) -> None:
    taken = [await stage.stt.open(RecognitionOptions(), Ears()) for _ in range(4)]
    began = time.monotonic()
    with pytest.raises(PoolExhausted):
        await stage.stt.open(RecognitionOptions(), Ears())
    assert time.monotonic() - began > 0.25
    for recognition in taken:
        await recognition.close()
    assert stage.speech.stats()["stt"]["in_use"] == 0
    await eventually(lambda: stage.speech.stats()["stt"]["warm"] == 2)


async def test_who_waits_is_served_when_one_leaves(local: LocalSpeech) -> None:
    local.faults.clear()
    async with real_stage(local, stt_pool_max=4, pool_wait_ms=20_000, **PATIENT) as stage:
        taken = [await stage.stt.open(RecognitionOptions(), Ears()) for _ in range(4)]
        waiting = asyncio.create_task(stage.stt.open(RecognitionOptions(), Ears()))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await taken.pop().close()
        taken.append(await waiting)
        for recognition in taken:
            await recognition.close()
        assert stage.speech.stats()["stt"]["in_use"] == 0


async def test_idle_connections_that_break_are_replaced(stage: RealStage) -> None:
    stage.local.cut()
    await eventually(lambda: stage.speech.stats()["stt"]["replaced"] >= 2)
    await eventually(lambda: stage.speech.stats()["stt"]["warm"] == 2)
    await eventually(lambda: stage.speech.stats()["tts"]["warm"] == 2)
    await stage.speech.ping()


async def test_a_service_that_is_down_at_the_start_is_told_by_the_ping_and_found_later(local: LocalSpeech) -> None:
    local.faults.clear()
    local.fail("stt", "status", status=503)
    speech = azure_speech(local.settings(), voice_settings(stt_pool_size=1, tts_pool_size=1))
    starting = asyncio.create_task(speech.start())
    await eventually(lambda: _trouble(speech))
    await starting
    await eventually(lambda: speech.stats()["stt"]["warm"] == 1)
    await speech.ping()
    await speech.close()


def _trouble(speech: Speech) -> bool:
    try:
        speech.stt.ping()
    except ProviderError:
        return True
    return False


async def converse(stage: RealStage, number: int, speed: float) -> None:
    """One caller says two things, and is understood."""
    ears = Ears()
    said = [f"caller {number} says {word}" for word in ("hello", "goodbye")]
    recognition = await stage.stt.open(RecognitionOptions(), ears)
    for text in said:
        await stage.plays(recognition, stage.local.utterance(text) + bytes(700 * PCM_16K.bytes_per_ms), speed=speed)
    async with stage.quiet_line(recognition):
        await ears.until_finals(2)
    await recognition.close()
    assert ears.texts == said


async def test_many_callers_at_once_are_each_understood(local: LocalSpeech) -> None:
    local.faults.clear()
    async with real_stage(local, stt_pool_size=4, **PATIENT) as stage:
        await asyncio.gather(*(converse(stage, number, 4) for number in range(12)))
        assert stage.speech.stats()["stt"]["in_use"] == 0


async def busy(stage: RealStage) -> None:
    """Some callers, and an agent that is interrupted."""

    async def agent() -> None:
        for _ in range(4):
            assert (await spoken(stage, "One moment please, I am looking for it."))[0]
            speech = stage.tts.speak("This one is interrupted.", Voice(), PCM_16K)
            await anext(speech)
            await speech.aclose()
            await asyncio.sleep(0.1)

    await asyncio.gather(*(converse(stage, number, 3) for number in range(4)), agent())


@pytest.mark.alone  # it is about hundredths of a second
async def test_the_loop_never_stalls(local: LocalSpeech) -> None:
    local.faults.clear()
    worst: list[float] = []
    async with real_stage(local, **PATIENT) as stage:
        while not worst or min(worst) >= 50:
            async with KeptWaiting() as kept:
                await busy(stage)
            worst.append(kept.worst_ms)
            # The machine may be busy with something else; a stall of ours would be there every time.
            assert len(worst) < 4, worst


async def test_no_call_that_waits_is_made_on_the_loop(local: LocalSpeech, monkeypatch: pytest.MonkeyPatch) -> None:
    local.faults.clear()
    gc.collect()  # what earlier tests left behind is freed here, on this thread
    threads: set[int] = set()

    def watch(owner: type, name: str) -> None:
        original = getattr(owner, name)

        def noted(*args: object, **kwargs: object) -> object:
            threads.add(threading.get_ident())
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, noted)

    for owner, name in (
        (sdk.ResultFuture, "get"),
        (sdk.Connection, "open"),
        (sdk.Connection, "close"),
        (sdk.SpeechRecognizer, "__init__"),
        (sdk.SpeechSynthesizer, "__init__"),
        (sdk.SpeechSynthesizer, "start_speaking"),
        (_Handle, "__del__"),
    ):
        watch(owner, name)
    async with real_stage(local, **PATIENT) as stage:
        await busy(stage)
    assert threads and threading.get_ident() not in threads


async def test_closing_gives_every_thread_back(local: LocalSpeech) -> None:
    local.faults.clear()
    base = thread_count()
    async with real_stage(local, **PATIENT) as stage:
        ears = Ears()
        recognition = await stage.stt.open(RecognitionOptions(), ears)
        await stage.says(recognition, "hello")
        await spoken(stage, "Hello.")
        assert thread_count() > base
    await eventually(lambda: thread_count() <= base)


@pytest.mark.alone  # it is about seconds, of which the SDK takes one more
async def test_closing_in_the_middle_of_everything_gives_every_thread_back(local: LocalSpeech) -> None:
    local.faults.clear()
    base = thread_count()
    local.fail("stt", "hang", times=0)
    async with real_stage(local, stt_pool_size=0, **PATIENT) as stage:
        recognition = await stage.stt.open(RecognitionOptions(), Ears())
        recognition.write(stage.local.utterance("anybody there"))
        speech = stage.tts.speak("Hello, is anybody there?", Voice(), PCM_16K)
        await anext(speech)
        began = time.monotonic()
    assert time.monotonic() - began < 9  # left to itself the SDK would wait 10 s for a silent service
    local.faults.clear()
    with pytest.raises(Exception, match=r"."):  # its voice was taken away
        async for _ in speech:
            pass
    await recognition.close()
    await eventually(lambda: thread_count() <= base, 8)


def test_a_process_that_closes_ends_cleanly_even_before_a_silent_service(local: LocalSpeech, tmp_path: Path) -> None:
    local.faults.clear()
    local.fail("stt", "hang", times=0)
    program = tmp_path / "call.py"
    program.write_text(
        textwrap.dedent("""
        import asyncio, sys
        from config.voice import VoiceSettings
        from backend.adapters.speech.service import SpeechService
        from backend.boot.speech import azure_speech, speech_limits
        from backend.domain.speech import RecognitionOptions

        async def main() -> None:
            limits = speech_limits(VoiceSettings(stt_pool_size=1, tts_pool_size=1))
            speech = azure_speech(SpeechService(endpoint=sys.argv[1], key="local"), limits)
            await speech.start()
            recognition = await speech.stt.open(RecognitionOptions(), print)
            recognition.write(bytes(32000))
            await speech.close()

        asyncio.run(main())
    """)
    )
    ended = subprocess.run(
        [sys.executable, str(program), f"ws://127.0.0.1:{local.port}"],
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


async def test_what_a_thread_of_the_sdk_may_point_to_outlives_its_recognizer(
    local: LocalSpeech, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was freed a moment after the recognizer; a thread that had been kept waiting then ended the process."""
    made: list[weakref.ref[object]] = []
    context = sdk.audio._CallbackContext

    def note(owner: object) -> object:
        one = context(owner)
        made.append(weakref.ref(one))
        return one

    monkeypatch.setattr(sdk.audio, "_CallbackContext", note)
    async with real_stage(local, stt_pool_size=1, **PATIENT) as stage:
        await eventually(lambda: bool(made))
        assert stage
    gc.collect()
    assert [one for one in made if one() is None] == []
