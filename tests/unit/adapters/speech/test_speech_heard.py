"""A recognizer's events as ours: times from the first audio written, noise as empty finals."""

import asyncio
from types import SimpleNamespace as Event

import pytest
from azure.cognitiveservices.speech import (
    CancellationErrorCode,
    CancellationReason,
    PropertyId,
    ResultReason,
)

from backend.adapters.speech.heard import Heard
from backend.domain.speech import Final, Partial, RecognitionEvent, SpeechStarted
from backend.errors import ProviderError, ProviderRejected, Unavailable

LANGUAGE = PropertyId.SpeechServiceConnection_AutoDetectSourceLanguageResult


class By:
    """Who is told."""

    def __init__(self) -> None:
        self.heard: list[RecognitionEvent] = []
        self.errors: list[ProviderError] = []

    def recognized(self, event: RecognitionEvent) -> None:
        self.heard.append(event)

    def failed(self, error: ProviderError) -> None:
        self.errors.append(error)

    def connected(self) -> None: ...
    def disconnected(self) -> None: ...


def result(text: str, reason: ResultReason = ResultReason.RecognizedSpeech, json: str = "{}", **more: object) -> Event:
    values = {"text": text, "offset": 12_000_000, "duration": 3_000_000, "reason": reason, "json": json}
    return Event(result=Event(**{**values, "properties": {}, **more}))


@pytest.fixture
async def ear() -> tuple[Heard, By]:
    by = By()
    heard = Heard(asyncio.get_running_loop(), Event(dropped_ms=20.0), by)
    heard.base_ms = 500.0
    return heard, by


async def test_times_count_from_the_first_audio_that_was_written(ear: tuple[Heard, By]) -> None:
    heard, by = ear
    heard._on_speech(Event(offset=10_000))
    heard._on_recognizing(result("hel"))
    heard._on_recognized(result("hello"))
    await asyncio.sleep(0)
    assert by.heard == [SpeechStarted(521.0), Partial("hel", 1720.0, 300.0), Final("hello", 1720.0, 300.0)]


async def test_a_partial_that_could_not_be_read_is_left_out(ear: tuple[Heard, By]) -> None:
    heard, by = ear
    heard._on_recognizing(result(""))
    await asyncio.sleep(0)
    assert by.heard == []


async def test_noise_is_an_empty_final(ear: tuple[Heard, By]) -> None:
    heard, by = ear
    heard._on_recognized(result("", ResultReason.NoMatch))
    await asyncio.sleep(0)
    assert by.heard == [Final("", 1720.0, 300.0)]


SILENT = '{"RecognitionStatus":"InitialSilenceTimeout","Offset":1,"Duration":0}'


async def test_a_caller_who_is_still_silent_is_no_news(ear: tuple[Heard, By]) -> None:
    heard, by = ear
    heard._on_recognized(result("", ResultReason.NoMatch, SILENT))
    heard._on_recognized(result("hello"))
    heard._on_recognized(result("", ResultReason.NoMatch, SILENT))
    await asyncio.sleep(0)
    assert by.heard == [Final("hello", 1720.0, 300.0)]


@pytest.mark.parametrize("partial", [True, False])
async def test_what_was_begun_and_came_to_nothing_is_an_empty_final(ear: tuple[Heard, By], partial: bool) -> None:
    heard, by = ear
    if partial:
        heard._on_recognizing(result("hel"))
    else:
        heard._on_speech(Event(offset=10_000))
    for _ in range(2):
        heard._on_recognized(result("", ResultReason.NoMatch, SILENT))
    await asyncio.sleep(0)
    assert by.heard[1:] == [Final("", 1720.0, 300.0)]


@pytest.mark.parametrize(
    ("json", "confidence"),
    [
        ('{"NBest":[{"Confidence":0.87,"Display":"hello"},{"Confidence":0.1}]}', 0.87),
        ('{"NBest":[]}', None),
        ('{"DisplayText":"hello"}', None),
        ('{"NBest":[{"Confidence":"high"}]}', None),
        ("nonsense", None),
        ("", None),
    ],
)
async def test_the_confidence_is_that_of_the_best(ear: tuple[Heard, By], json: str, confidence: float | None) -> None:
    heard, by = ear
    heard._on_recognized(result("hello", json=json))
    await asyncio.sleep(0)
    assert by.heard == [Final("hello", 1720.0, 300.0, confidence=confidence)]


async def test_the_language_that_was_identified_is_told(ear: tuple[Heard, By]) -> None:
    heard, by = ear
    heard._on_recognized(result("hola", properties={LANGUAGE: "es-ES"}))
    await asyncio.sleep(0)
    assert by.heard == [Final("hola", 1720.0, 300.0, "es-ES")]


@pytest.mark.parametrize(("reason", "count"), [(CancellationReason.Error, 1), (CancellationReason.EndOfStream, 0)])
async def test_only_an_error_is_a_failure(ear: tuple[Heard, By], reason: CancellationReason, count: int) -> None:
    heard, by = ear
    details = Event(reason=reason, code=CancellationErrorCode.AuthenticationFailure, error_details="401")
    heard._on_cancelled(Event(cancellation_details=details))
    await asyncio.sleep(0)
    assert [type(error) for error in by.errors] == [ProviderRejected] * count


async def test_a_session_that_ends_by_itself_is_a_failure(ear: tuple[Heard, By]) -> None:
    heard, by = ear
    heard._on_stopped(Event())
    await asyncio.sleep(0)
    assert [type(error) for error in by.errors] == [Unavailable]
