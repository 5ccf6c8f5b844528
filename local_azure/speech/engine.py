"""What a recognizer and a voice of the local Azure look like, whatever stands behind them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from local_azure.soundbook import SpokenWord

__all__ = [
    "HeardEvent",
    "Hypothesis",
    "Listener",
    "Phrase",
    "RecognitionRequest",
    "Recognizer",
    "Rendering",
    "Segment",
    "SpeechBegan",
    "VoiceEngine",
]


@dataclass(frozen=True, slots=True)
class RecognitionRequest:
    """What the client asked for in ``speech.context`` and in the header of its audio."""

    languages: tuple[str, ...] = ("en-US",)
    phrases: tuple[str, ...] = ()
    silence_ms: int = 500
    initial_silence_ms: int = 0
    """Report a caller who says nothing for so long; 0 is never."""
    detailed: bool = False
    identify_language: bool = False
    sample_rate: int = 16_000


@dataclass(frozen=True, slots=True)
class SpeechBegan:
    """Somebody began to speak."""

    offset_ms: float


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The utterance so far. ``delay_ms`` is how long from now the client may hear of it."""

    text: str = field(repr=False)
    offset_ms: float
    duration_ms: float
    delay_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A finished utterance; without text it is noise."""

    text: str = field(repr=False)
    offset_ms: float
    duration_ms: float
    words: tuple[SpokenWord, ...] = field(default=(), repr=False)
    confidence: float = 0.9
    delay_ms: float = 0.0
    language: str = ""
    """The one of the request's languages that it was said in; empty for the first."""


HeardEvent = SpeechBegan | Hypothesis | Phrase


class Listener(Protocol):
    """One stream being listened to. All times count from the first sample of the stream."""

    def feed(self, pcm: bytes) -> None:
        """Take 16-bit mono PCM, any length; returns within a fraction of a millisecond."""
        ...

    async def finish(self) -> None:
        """The stream is over: whatever was still being worked on has been reported when this returns."""
        ...

    async def close(self) -> None:
        """Let go of everything; nothing is reported any more. Safe to call twice."""
        ...


class Recognizer(Protocol):
    """Makes listeners."""

    def listen(self, request: RecognitionRequest, report: Callable[[HeardEvent], None]) -> Listener:
        """Listen to a new stream. ``report`` is called on the event loop, in the order of speech."""
        ...

    async def warm(self) -> None:
        """Load models now instead of with the first stream."""
        ...

    async def close(self) -> None:
        """End worker processes, if there are any."""
        ...


@dataclass(frozen=True, slots=True)
class Segment:
    """Text to be spoken in one go."""

    text: str = field(repr=False)
    voice: str = "en-US-AvaMultilingualNeural"
    rate: float = 1.0
    """1.0 is the voice's own speed."""
    pitch: float = 1.0
    digits: bool = False
    """Read figures one by one."""
    pause_ms: int = 0
    """Silence after it."""
    text_offset: int = 0
    """Where the text begins in what the client sent."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """16-bit mono PCM and where its words lie."""

    pcm: bytes = field(repr=False)
    words: tuple[SpokenWord, ...] = field(repr=False)


class VoiceEngine(Protocol):
    """Turns text into sound."""

    async def render(self, segment: Segment, sample_rate: int) -> Rendering:
        """Speak ``segment``; never blocks the loop."""
        ...

    async def close(self) -> None:
        """End worker threads or processes, if there are any."""
        ...
