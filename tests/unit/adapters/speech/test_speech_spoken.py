"""Which of a synthesizer's events belong to the speech of the moment."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace as Event

import pytest
from azure.cognitiveservices.speech import CancellationErrorCode as Code
from azure.cognitiveservices.speech.enums import SpeechSynthesisBoundaryType as Boundary

from backend.adapters.speech.spoken import Speech, Spoken, SpokenItem
from backend.domain.audio import PCM_16K
from backend.domain.speech import SpeechAudio, WordBoundary
from backend.errors import RateLimited, Unavailable


class Synthesizer:
    """Stands for the SDK's: its signals, and who is told of the connection."""

    NAMES = ("synthesizing", "synthesis_word_boundary", "synthesis_completed", "synthesis_canceled")

    def __init__(self) -> None:
        self.told: list[str] = []
        for name in (*self.NAMES, "signal_up", "signal_down"):
            setattr(self, name, Signal())
        self.connection = Event(connected=self.signal_up, disconnected=self.signal_down)

    def connected(self) -> None:
        self.told.append("up")

    def disconnected(self) -> None:
        self.told.append("down")

    def audio(self, request: str, pcm: bytes = b"\0\0") -> None:
        self.synthesizing.fire(Event(result=Event(result_id=request, audio_data=pcm)))

    def completed(self, request: str) -> None:
        self.synthesis_completed.fire(Event(result=Event(result_id=request)))

    def cancelled(self, request: str, code: Code) -> None:
        details = Event(error_code=code, error_details="details")
        self.synthesis_canceled.fire(Event(result=Event(result_id=request, cancellation_details=details)))

    def word(self, request: str, text: str, kind: Boundary = Boundary.Word) -> None:
        event = Event(
            result_id=request,
            text=text,
            text_offset=-1,
            audio_offset=1_500_000,
            duration=timedelta(milliseconds=200),
            boundary_type=kind,
        )
        self.synthesis_word_boundary.fire(event)


class Signal:
    def __init__(self) -> None:
        self.listeners: list[object] = []

    def connect(self, listener: object) -> None:
        self.listeners.append(listener)

    def disconnect_all(self) -> None:
        self.listeners.clear()

    def fire(self, event: object) -> None:
        for listener in self.listeners:
            listener(event)


@pytest.fixture
async def sdk() -> Synthesizer:
    synthesizer = Synthesizer()
    synthesizer.spoken = Spoken(asyncio.get_running_loop(), synthesizer, PCM_16K)
    synthesizer.spoken.attach(synthesizer, synthesizer.connection)
    return synthesizer


def speech() -> Speech:
    return Speech(lambda word, hint: 7)


async def come(speech: Speech) -> list[SpokenItem]:
    await asyncio.sleep(0)
    return [speech.events.get_nowait() for _ in range(speech.events.qsize())]


async def test_audio_words_and_the_end_arrive_in_order(sdk: Synthesizer) -> None:
    sdk.spoken.speech = now = speech()
    sdk.word("1", "hello")
    sdk.audio("1")
    sdk.completed("1")
    assert await come(now) == [WordBoundary("hello", 150.0, 200.0, 7), SpeechAudio(b"\0\0"), None]


async def test_words_come_along_with_what_they_belong_to(sdk: Synthesizer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop is woken for sound and for the end; a dozen words of a clause wake it no more often."""
    loop, wakes = asyncio.get_running_loop(), 0
    at_once = loop.call_soon_threadsafe

    def counted(*args: object) -> object:
        nonlocal wakes
        wakes += 1
        return at_once(*args)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    sdk.spoken.speech = now = speech()
    for word in ("your", "deductible", "is"):
        sdk.word("1", word)
    assert await come(now) == [] and wakes == 0
    sdk.audio("1")
    assert [item.text for item in await come(now) if isinstance(item, WordBoundary)] == ["your", "deductible", "is"]
    sdk.word("1", "late")
    sdk.completed("1")
    items = await come(now)
    assert isinstance(items[0], WordBoundary) and items[1:] == [None]
    assert wakes == 2


async def test_sound_that_is_heard_later_waits_for_a_moment_that_calls_share(
    sdk: Synthesizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, wakes = asyncio.get_running_loop(), 0
    at_once = loop.call_soon_threadsafe

    def counted(*args: object) -> object:
        nonlocal wakes
        wakes += 1
        return at_once(*args)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    sdk.spoken.speech = now = speech()
    pieces = [bytes([number]) * 3200 for number in range(10)]  # a second of voice, as fast as it goes
    for pcm in pieces:
        sdk.audio("1", pcm)
    heard = [item for item in await come(now) if isinstance(item, SpeechAudio)]
    assert wakes == 1 and len(heard) == 10  # what came before the loop had its turn comes along
    sdk.audio("1", b"later" * 640)
    assert await come(now) == [] and wakes == 1
    assert await asyncio.wait_for(now.events.get(), 1) == SpeechAudio(b"later" * 640)
    sdk.completed("1")
    assert await come(now) == [None] and wakes == 2


async def test_sound_of_the_next_speech_wakes_the_loop_however_much_of_the_one_before_is_not_heard_yet(
    sdk: Synthesizer,
) -> None:
    sdk.spoken.speech = before = speech()
    sdk.audio("1", bytes(32_000))
    assert len(await come(before)) == 1
    sdk.spoken.speech = now = speech()
    sdk.audio("2", b"first")
    assert await come(now) == [SpeechAudio(b"first")]


async def test_a_voice_that_is_as_fast_as_it_is_heard_wakes_the_loop_each_time(
    sdk: Synthesizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 100.0
    monkeypatch.setattr("backend.adapters.speech.spoken.time.monotonic", lambda: clock)
    sdk.spoken.speech = now = speech()
    for _ in range(5):
        sdk.audio("1", bytes(3200))
        assert len(await come(now)) == 1
        clock += 0.1


async def test_what_many_threads_say_at_once_comes_whole_and_each_in_its_order(sdk: Synthesizer) -> None:
    sdk.spoken.speech = now = speech()

    def speak(thread: int) -> None:
        for number in range(200):
            sdk.audio("1", bytes([thread, number]))

    await asyncio.gather(*(asyncio.to_thread(speak, thread) for thread in range(4)))
    said = [item.pcm for item in await come(now) if isinstance(item, SpeechAudio)]
    for thread in range(4):
        assert [pcm[1] for pcm in said if pcm[0] == thread] == list(range(200))


async def test_punctuation_is_no_word(sdk: Synthesizer) -> None:
    sdk.spoken.speech = now = speech()
    sdk.word("1", ",", Boundary.Punctuation)
    assert await come(now) == []


async def test_what_the_stopped_speech_says_late_is_not_taken_for_the_next_one(sdk: Synthesizer) -> None:
    sdk.spoken.speech = before = speech()
    sdk.audio("1")
    sdk.spoken.speech = None
    sdk.spoken.speech = now = speech()
    sdk.audio("1", b"late")
    sdk.word("1", "late")
    sdk.completed("1")
    sdk.cancelled("1", Code.ConnectionFailure)
    sdk.cancelled("unseen", Code.NoError)  # the echo of a stop before anything was said
    sdk.audio("2", b"next")
    assert await come(now) == [SpeechAudio(b"next")]
    assert await come(before) == [SpeechAudio(b"\0\0")]


async def test_a_second_try_of_the_sdk_under_a_new_id_is_the_same_speech(sdk: Synthesizer) -> None:
    sdk.spoken.speech = now = speech()
    sdk.audio("1")
    sdk.audio("2")
    sdk.completed("2")
    assert await come(now) == [SpeechAudio(b"\0\0"), SpeechAudio(b"\0\0"), None]


async def test_a_failure_is_told_as_our_error(sdk: Synthesizer) -> None:
    sdk.spoken.speech = now = speech()
    sdk.cancelled("1", Code.TooManyRequests)
    assert [type(item) for item in await come(now)] == [RateLimited]


async def test_an_endless_speech_is_cut(sdk: Synthesizer) -> None:
    sdk.spoken.speech = now = speech()
    for _ in range(17):
        sdk.audio("1", bytes(2**20))
    assert isinstance((await come(now))[-1], Unavailable)


async def test_the_connection_is_told_of_and_after_detaching_nothing_is(sdk: Synthesizer) -> None:
    sdk.connection.connected.fire(None)
    sdk.connection.disconnected.fire(None)
    await asyncio.sleep(0)
    assert sdk.told == ["up", "down"]
    sdk.spoken.detach(sdk, sdk.connection)
    assert not any(getattr(sdk, name).listeners for name in (*sdk.NAMES, "signal_up", "signal_down"))


def test_a_closed_loop_is_no_error() -> None:
    loop = asyncio.new_event_loop()
    synthesizer = Synthesizer()
    Spoken(loop, synthesizer, PCM_16K).attach(synthesizer, synthesizer.connection)
    loop.close()
    synthesizer.connection.connected.fire(None)
    assert synthesizer.told == []
