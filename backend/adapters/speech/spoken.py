"""From a synthesizer's events, on the SDK's threads, to a queue on the event loop."""

import asyncio
import enum
from collections.abc import Callable
from typing import Any, Final, Literal, Protocol

from azure.cognitiveservices.speech import (
    Connection,
    SpeechSynthesisEventArgs,
    SpeechSynthesisWordBoundaryEventArgs,
    SpeechSynthesizer,
)
from azure.cognitiveservices.speech.enums import SpeechSynthesisBoundaryType

from backend.adapters.speech.cancellation import PROVIDER, cancelled
from backend.adapters.speech.threads import tell
from backend.domain.speech import SpeechAudio, SpeechEvent, WordBoundary
from backend.errors import Unavailable

__all__ = ["TEXT_ENDED", "Speech", "Spoken", "SpokenBy", "SpokenItem"]

_TICKS_PER_MS = 10_000
_MOST_BYTES = 16 * 2**20
"""Six to nine minutes of speech: audio comes faster than it is heard, but no answer is as long as that."""


class _Mark(enum.Enum):
    TEXT_ENDED = enum.auto()


TEXT_ENDED: Final = _Mark.TEXT_ENDED
"""All pieces of a streamed text were handed over."""

SpokenItem = SpeechEvent | Exception | Literal[_Mark.TEXT_ENDED] | None
"""An event, the error that ended the synthesis, a mark, or ``None`` for a good end."""


class Speech:
    """What comes of one synthesis: audio and words, then ``None``, or the error that ended it.

    Args:
        locate: finds a word in the plain text; called with the word and its index in the SSML or -1.
    """

    def __init__(self, locate: Callable[[str, int], int]) -> None:
        self.locate = locate
        self.request_id: str | None = None
        self.events: asyncio.Queue[SpokenItem] = asyncio.Queue()
        self._bytes = 0

    def put(self, event: SpokenItem) -> None:
        """One more event; on the loop."""
        if isinstance(event, SpeechAudio):
            self._bytes += len(event.pcm)
            if self._bytes > _MOST_BYTES:
                event = Unavailable(PROVIDER, "more audio than can be kept")
        self.events.put_nowait(event)


class SpokenBy(Protocol):
    """Who is told of the connection; always on the loop."""

    def connected(self) -> None:
        """The socket is open."""
        ...

    def disconnected(self) -> None:
        """The socket is closed."""
        ...


class Spoken:
    """Subscribes to a synthesizer and passes on what it says to the speech of the moment.

    A stopped synthesis may report its end while the next one is already speaking, so events count only for
    the request whose start was seen last (the SDK gives each an id).
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, by: SpokenBy) -> None:
        self.speech: Speech | None = None
        self._loop = loop
        self._by = by

    def attach(self, synthesizer: SpeechSynthesizer, connection: Connection) -> None:
        """Listen to the SDK's objects."""
        synthesizer.synthesis_started.connect(self._on_started)
        synthesizer.synthesizing.connect(self._on_audio)
        synthesizer.synthesis_word_boundary.connect(self._on_word)
        synthesizer.synthesis_completed.connect(self._on_completed)
        synthesizer.synthesis_canceled.connect(self._on_cancelled)
        connection.connected.connect(self._on_connected)
        connection.disconnected.connect(self._on_disconnected)

    def detach(self, synthesizer: SpeechSynthesizer, connection: Connection) -> None:
        """Undo ``attach``, so that the SDK's objects hold nothing of ours."""
        for signal in (
            synthesizer.synthesis_started,
            synthesizer.synthesizing,
            synthesizer.synthesis_word_boundary,
            synthesizer.synthesis_completed,
            synthesizer.synthesis_canceled,
            connection.connected,
            connection.disconnected,
        ):
            signal.disconnect_all()

    def _tell(self, function: Callable[..., None], *args: Any) -> None:
        tell(self._loop, function, *args)

    def _of(self, request_id: str) -> Speech | None:
        speech = self.speech
        return speech if speech and speech.request_id == request_id else None

    def _on_connected(self, _: object) -> None:
        self._tell(self._by.connected)

    def _on_disconnected(self, _: object) -> None:
        self._tell(self._by.disconnected)

    def _on_started(self, event: SpeechSynthesisEventArgs) -> None:
        speech = self.speech
        if speech and speech.request_id is None:
            speech.request_id = event.result.result_id

    def _on_audio(self, event: SpeechSynthesisEventArgs) -> None:
        result = event.result
        speech = self._of(result.result_id)
        if speech:
            self._tell(speech.put, SpeechAudio(result.audio_data))

    def _on_word(self, event: SpeechSynthesisWordBoundaryEventArgs) -> None:
        speech = self._of(event.result_id)
        if speech is None or event.boundary_type is not SpeechSynthesisBoundaryType.Word:
            return
        word = WordBoundary(
            event.text,
            event.audio_offset / _TICKS_PER_MS,
            event.duration.total_seconds() * 1000,
            speech.locate(event.text, event.text_offset),
        )
        self._tell(speech.put, word)

    def _on_completed(self, event: SpeechSynthesisEventArgs) -> None:
        speech = self._of(event.result.result_id)
        if speech:
            self._tell(speech.put, None)

    def _on_cancelled(self, event: SpeechSynthesisEventArgs) -> None:
        speech = self._of(event.result.result_id)
        if speech:
            details = event.result.cancellation_details
            self._tell(speech.put, cancelled(details.error_code, details.error_details))
