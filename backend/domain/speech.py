"""What is said and heard: recognition events, voices, synthesized speech."""

from dataclasses import dataclass, field

from backend.domain.audio import PCM_16K, AudioFormat
from backend.errors import ProviderError

__all__ = [
    "Final",
    "Partial",
    "RecognitionEvent",
    "RecognitionFailed",
    "RecognitionOptions",
    "SpeechAudio",
    "SpeechEvent",
    "SpeechStarted",
    "Voice",
    "WordBoundary",
]


@dataclass(frozen=True, slots=True)
class RecognitionOptions:
    """How one caller is to be understood. Comes from the agent that is speaking with them."""

    languages: tuple[str, ...] = ("en-US",)
    """BCP 47 tags. More than one turns on continuous language identification."""
    phrases: tuple[str, ...] = ()
    """Words that are likely to be said; the service prefers them."""
    silence_ms: int = 500
    """Silence after which the service calls an utterance finished."""
    semantic_segmentation: bool = False
    """Let the service end utterances by meaning instead of by silence."""
    audio: AudioFormat = PCM_16K


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The service noticed speech. ``offset_ms`` counts from the first audio written."""

    offset_ms: float


@dataclass(frozen=True, slots=True)
class Partial:
    """What the utterance sounds like so far; replaces the partial before it."""

    text: str = field(repr=False)
    offset_ms: float
    duration_ms: float


@dataclass(frozen=True, slots=True)
class Final:
    """What the caller said, once the service will not change it any more. Empty text is noise."""

    text: str = field(repr=False)
    offset_ms: float
    duration_ms: float
    language: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class RecognitionFailed:
    """Recognition has stopped for good; the recognition that sent this is of no more use."""

    error: ProviderError


RecognitionEvent = SpeechStarted | Partial | Final | RecognitionFailed


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks and how. Hashable, so that fixed lines can be kept for each voice."""

    name: str = "en-US-AvaMultilingualNeural"
    language: str = "en-US"
    style: str | None = None
    rate: str | None = None
    """Prosody rate, e.g. ``+5%``."""
    pitch: str | None = None
    style_degree: float | None = None
    """0.01 to 2; 1 is the style as it comes."""
    volume: str | None = None
    """Prosody volume, e.g. ``+10%``."""


@dataclass(frozen=True, slots=True)
class SpeechAudio:
    """A piece of synthesized PCM, of any length, in the format that was asked for."""

    pcm: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WordBoundary:
    """A word begins ``offset_ms`` into the audio of this synthesis."""

    text: str = field(repr=False)
    offset_ms: float
    duration_ms: float
    text_offset: int = -1
    """Index of the word in the text that was asked for; -1 where the service does not say."""


SpeechEvent = SpeechAudio | WordBoundary
