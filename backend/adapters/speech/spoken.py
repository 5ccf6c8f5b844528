"""From a synthesizer's events, on the SDK's threads, to a queue on the event loop."""

import asyncio
import enum
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Protocol

from azure.cognitiveservices.speech import (
    CancellationErrorCode,
    Connection,
    SpeechSynthesisEventArgs,
    SpeechSynthesisWordBoundaryEventArgs,
    SpeechSynthesizer,
)
from azure.cognitiveservices.speech.enums import SpeechSynthesisBoundaryType

from backend.adapters.speech.cancellation import PROVIDER, cancelled
from backend.adapters.speech.threads import tell
from backend.domain.audio import GRID_MS, AudioFormat
from backend.domain.speech import SpeechAudio, SpeechEvent, WordBoundary
from backend.errors import Unavailable

__all__ = ["SENTENCE_ENDED", "TEXT_ENDED", "Speech", "Spoken", "SpokenBy", "SpokenItem"]

_TICKS_PER_MS = 10_000
_MOST_BYTES = 16 * 2**20
"""Six to nine minutes of speech: audio comes faster than it is heard, but no answer is as long as that."""


_SOON_S = 0.2
"""Audio that will be heard no sooner than in so long need not wake the loop."""
_TOGETHER_MS = 4 * GRID_MS
"""At multiples of so many milliseconds it is brought to the loop: by a wake-up that other calls have anyway."""


class _Mark(enum.Enum):
    SENTENCE_ENDED = enum.auto()
    TEXT_ENDED = enum.auto()


SENTENCE_ENDED: Final = _Mark.SENTENCE_ENDED
"""A whole sentence of a streamed text was handed over."""

TEXT_ENDED: Final = _Mark.TEXT_ENDED
"""All pieces of a streamed text were handed over."""

SpokenItem = SpeechEvent | Exception | _Mark | None
"""An event, the error that ended the synthesis, a mark, or ``None`` for a good end."""


class Speech:
    """What comes of one synthesis: audio and words, then ``None``, or the error that ended it.

    Args:
        locate: finds a word in the plain text; called with the word and its index in the SSML or -1.
    """

    def __init__(self, locate: Callable[[str, int], int]) -> None:
        self.locate = locate
        self.events: asyncio.Queue[SpokenItem] = asyncio.Queue()
        self.heard_until = 0.0
        """When, at the earliest, all that was given of it will have been heard; by the clock that threads have, too."""
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

    A stopped synthesis may report its end while the next one is already speaking. Events carry the id of
    their request, but one synthesis may have several: the SDK tries a refused connection twice, and the
    second time under a new id (1.53.0). So what is left out are the ids of the speech before, and every
    cancellation that the SDK itself calls no error: it is the echo of our own stop.

    Args:
        audio: format of what is said.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, by: SpokenBy, audio: AudioFormat) -> None:
        self._speech: Speech | None = None
        self._ids: set[str] = set()
        self._past: set[str] = set()
        self._loop = loop
        self._by = by
        self._byte_s = 0.001 / audio.bytes_per_ms
        self._waiting: deque[tuple[Speech, SpokenItem]] = deque()
        self._coming = False
        self._sounding: Speech | None = None
        """Of which more sound may come without waking the loop."""
        self._round: asyncio.TimerHandle | None = None

    @property
    def speech(self) -> Speech | None:
        """Whom it is said to."""
        return self._speech

    @speech.setter
    def speech(self, speech: Speech | None) -> None:
        if speech:
            self._past, self._ids = self._ids, set()
        self._speech = speech

    def attach(self, synthesizer: SpeechSynthesizer, connection: Connection) -> None:
        """Listen to the SDK's objects."""
        synthesizer.synthesizing.connect(self._on_audio)
        synthesizer.synthesis_word_boundary.connect(self._on_word)
        synthesizer.synthesis_completed.connect(self._on_completed)
        synthesizer.synthesis_canceled.connect(self._on_cancelled)
        connection.connected.connect(self._on_connected)
        connection.disconnected.connect(self._on_disconnected)

    def detach(self, synthesizer: SpeechSynthesizer, connection: Connection) -> None:
        """Undo ``attach``, so that the SDK's objects hold nothing of ours."""
        for signal in (
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

    def _put(self, speech: Speech, item: SpokenItem, *, wakes: bool = True) -> None:
        """Bring ``item`` to the loop, behind what was said before.

        A word does not wake it: the sound in which it is heard, or the end, is about to come, and brings it along. Nor
        does sound that comes long before it is heard; the loop looks for it at the next moment of a grid.
        """
        self._waiting.append((speech, item))
        if wakes and not self._coming:
            self._coming = True
            self._tell(self._bring)

    def _bring(self) -> None:
        self._coming = False  # first: what is put from now on, by another thread, comes by itself
        while self._waiting:
            speech, item = self._waiting.popleft()
            speech.put(item)
            self._sounding = None if item is None or isinstance(item, Exception) else speech
        self._look_again()

    def _look_again(self) -> None:
        sounding = self._sounding
        if self._round is None and sounding is not None and time.monotonic() < sounding.heard_until:
            now_ms = round(self._loop.time() * 1000)
            self._round = self._loop.call_later((_TOGETHER_MS - now_ms % _TOGETHER_MS) / 1000, self._go_round)

    def _go_round(self) -> None:
        self._round = None
        self._bring()

    def _presses(self, speech: Speech, size: int) -> bool:
        """Will so many bytes more be heard so soon that the loop is woken for them? On a thread of the SDK."""
        now = time.monotonic()
        soon = speech.heard_until < now + _SOON_S
        speech.heard_until = max(speech.heard_until, now) + size * self._byte_s
        return soon

    def _of(self, request_id: str) -> Speech | None:
        if request_id in self._past:
            return None
        self._ids.add(request_id)
        return self._speech

    def _on_connected(self, _: object) -> None:
        self._tell(self._by.connected)

    def _on_disconnected(self, _: object) -> None:
        self._tell(self._by.disconnected)

    def _on_audio(self, event: SpeechSynthesisEventArgs) -> None:
        result = event.result
        speech = self._of(result.result_id)
        if speech:
            pcm = result.audio_data
            self._put(speech, SpeechAudio(pcm), wakes=self._presses(speech, len(pcm)))

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
        self._put(speech, word, wakes=False)

    def _on_completed(self, event: SpeechSynthesisEventArgs) -> None:
        speech = self._of(event.result.result_id)
        if speech:
            self._put(speech, None)

    def _on_cancelled(self, event: SpeechSynthesisEventArgs) -> None:
        speech = self._of(event.result.result_id)
        details = event.result.cancellation_details
        if speech and details.error_code is not CancellationErrorCode.NoError:
            self._put(speech, cancelled(details.error_code, details.error_details))
