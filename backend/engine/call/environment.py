"""What every call of a worker works with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from backend.engine.call.ways_in import WaysIn
from backend.engine.conversation.floor_figures import FloorFigures
from backend.engine.conversation.limits import ConversationLimits
from backend.engine.listening.voice_activity import VoiceActivity, local_voice_activity
from backend.engine.recording.recorders import Recorders
from backend.engine.recording.service_tapes import ServiceTapes
from backend.engine.speaking.pacer import Pacer
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.engine.thinking.thinking import Thinking
from backend.ports import CallRecords, CallWatch, MediaLink, SessionStore, SpeechToText, TextToSpeech, TurnTelemetry

__all__ = ["CallEnvironment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnvironment:
    """The parts that calls share, and their limits."""

    ways: WaysIn
    stt: SpeechToText
    tts: TextToSpeech
    phrases: PhraseCache
    thinking: Thinking
    sessions: SessionStore
    records: CallRecords
    telemetry: TurnTelemetry
    watches: tuple[CallWatch, ...] = ()
    """Who looks on."""
    recorders: Recorders | None = None
    """The recording thread; ``None`` where nothing can be recorded."""
    tapes: ServiceTapes | None = None
    """Recordings by ACS itself; ``None`` without ACS."""
    floor: FloorFigures = field(default_factory=FloorFigures)
    limits: ConversationLimits = ConversationLimits()
    lead_ms: int = 100
    pacer: Pacer = field(default_factory=Pacer)
    """Of their voices."""
    media_connect_s: float = 10.0
    longest_s: float = 3600.0
    session_s: float = 1800.0
    """The longest session of a browser or an app, which ends with notice, as the longest call does."""
    activity: Callable[[MediaLink], VoiceActivity] | None = lambda link: local_voice_activity(link.audio)
    """Local voice activity; ``None`` turns it off."""
