"""From the SDK's events, on the SDK's threads, to ours, on the event loop."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from azure.cognitiveservices.speech import (
    AutoDetectSourceLanguageResult,
    CancellationReason,
    Connection,
    RecognitionEventArgs,
    ResultReason,
    SpeechRecognitionCanceledEventArgs,
    SpeechRecognitionEventArgs,
    SpeechRecognizer,
)

from backend.adapters.speech.audio_source import AudioSource
from backend.adapters.speech.cancellation import PROVIDER, cancelled
from backend.adapters.speech.result_properties import read_wanted_properties
from backend.adapters.speech.threads import tell
from backend.domain.speech import Final, Partial, RecognitionEvent, SpeechStarted
from backend.errors import ProviderError, Unavailable

__all__ = ["Heard", "HeardBy", "Listener"]

Listener = Callable[[RecognitionEvent], None]

_TICKS_PER_MS = 10_000
"""The service counts in 100 ns."""

_STILL_SILENT = "InitialSilenceTimeout"
"""What the service says of a silence every 15 s (for a conversation, by default), and means nothing that was heard."""


class HeardBy(Protocol):
    """Who is told; always on the loop."""

    def connected(self) -> None:
        """The socket is open."""
        ...

    def disconnected(self) -> None:
        """The socket is closed."""
        ...

    def failed(self, error: ProviderError) -> None:
        """It is of no more use."""
        ...

    def recognized(self, event: RecognitionEvent) -> None:
        """Something was heard."""
        ...


class _Candidate(msgspec.Struct):
    confidence: float | None = msgspec.field(name="Confidence", default=None)


class _Detail(msgspec.Struct):
    status: str = msgspec.field(name="RecognitionStatus", default="")
    candidates: list[_Candidate] = msgspec.field(name="NBest", default_factory=list[_Candidate])


class Heard:
    """Subscribes to a recognizer and passes on what it says.

    That the caller is still silent is no news: as an empty final it would say that they made a sound, and who waits for
    them in their silence would begin to wait anew.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, source: AudioSource, by: HeardBy) -> None:
        self.base_ms = 0.0
        self._loop = loop
        self._source = source
        self._by = by
        self._owed = False
        """Speech was noticed, and its final has not come."""

    def attach(self, recognizer: SpeechRecognizer, connection: Connection) -> None:
        """Listen to the SDK's objects."""
        read_wanted_properties()
        recognizer.speech_start_detected.connect(self._on_speech)
        recognizer.recognizing.connect(self._on_recognizing)
        recognizer.recognized.connect(self._on_recognized)
        recognizer.canceled.connect(self._on_cancelled)
        recognizer.session_stopped.connect(self._on_stopped)
        connection.connected.connect(self._on_connected)
        connection.disconnected.connect(self._on_disconnected)

    def detach(self, recognizer: SpeechRecognizer, connection: Connection) -> None:
        """Undo ``attach``, so that the SDK's objects hold nothing of ours."""
        for signal in (
            recognizer.speech_start_detected,
            recognizer.recognizing,
            recognizer.recognized,
            recognizer.canceled,
            recognizer.session_stopped,
            connection.connected,
            connection.disconnected,
        ):
            signal.disconnect_all()

    def _tell(self, function: Callable[..., None], *args: Any) -> None:
        tell(self._loop, function, *args)

    def _ms(self, ticks: int) -> float:
        return self.base_ms + self._source.dropped_ms + ticks / _TICKS_PER_MS

    def _on_connected(self, _: object) -> None:
        self._tell(self._by.connected)

    def _on_disconnected(self, _: object) -> None:
        self._tell(self._by.disconnected)

    def _on_speech(self, event: RecognitionEventArgs) -> None:
        self._owed = True
        self._tell(self._by.recognized, SpeechStarted(self._ms(event.offset)))

    def _on_recognizing(self, event: SpeechRecognitionEventArgs) -> None:
        result = event.result
        if result.text:  # a partial that the SDK could not read comes as an empty one
            self._owed = True
            partial = Partial(result.text, self._ms(result.offset), result.duration / _TICKS_PER_MS)
            self._tell(self._by.recognized, partial)

    def _on_recognized(self, event: SpeechRecognitionEventArgs) -> None:
        result = event.result
        understood = result.reason is ResultReason.RecognizedSpeech
        if not understood and not self._owed and _detail(result.json).status == _STILL_SILENT:
            return
        self._owed = False
        final = Final(
            result.text if understood else "",
            self._ms(result.offset),
            result.duration / _TICKS_PER_MS,
            AutoDetectSourceLanguageResult(result).language,
            _confidence(result.json) if understood else None,
        )
        self._tell(self._by.recognized, final)

    def _on_cancelled(self, event: SpeechRecognitionCanceledEventArgs) -> None:
        details = event.cancellation_details
        if details.reason is CancellationReason.Error:
            self._tell(self._by.failed, cancelled(details.code, details.error_details))

    def _on_stopped(self, _: object) -> None:
        # Follows a cancellation, which has then been told; alone, the service ended the session.
        self._tell(self._by.failed, Unavailable(PROVIDER, "the service ended the session"))


def _confidence(detail: str) -> float | None:
    candidates = _detail(detail).candidates
    return candidates[0].confidence if candidates else None


def _detail(detail: str) -> _Detail:
    try:
        return msgspec.json.decode(detail, type=_Detail)
    except msgspec.DecodeError:
        return _Detail()
