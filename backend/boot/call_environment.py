"""Joins what every call of a worker works with."""

from typing import Any

from backend.adapters.telemetry.turn_telemetry import OtelTurnTelemetry
from backend.boot.phrases import phrase_sounds
from backend.boot.providers import ProviderParts
from backend.boot.tools import ToolParts
from backend.engine.call.call import CallEnvironment
from backend.engine.conversation.conversation import ConversationLimits
from backend.engine.conversation.waiting import WaitLimits
from backend.engine.recording.recorders import Recorders
from backend.engine.recording.service_tapes import ServiceTapes
from backend.engine.speaking.phrase_cache import PhraseCache
from backend.ports import CallRecords, CallWatch
from config import Settings

__all__ = ["call_environment"]


def call_environment(
    settings: Settings,
    providers: ProviderParts,
    tools: ToolParts,
    records: CallRecords,
    telemetry: OtelTurnTelemetry,
    watches: tuple[CallWatch, ...] = (),
    recorders: Recorders | None = None,
    tapes: ServiceTapes | None = None,
) -> CallEnvironment:
    """What calls share, and their limits as the settings have them."""
    return CallEnvironment(
        ways=providers.ways,
        stt=providers.speech.stt,
        tts=providers.speech.tts,
        phrases=PhraseCache(providers.speech.tts, sounds=phrase_sounds(settings)),
        thinking=tools.thinking(providers.measured, settings.ai),
        sessions=providers.sessions,
        records=records,
        telemetry=telemetry,
        watches=watches,
        recorders=recorders,
        tapes=tapes,
        **_limits(settings),
    )


def _limits(settings: Settings) -> dict[str, Any]:
    voice = settings.voice
    return {
        "limits": ConversationLimits(
            confirm_s=voice.interrupt_confirm_ms / 1000,
            wait=WaitLimits(voice.filler_soft_ms / 1000, voice.filler_second_ms / 1000, voice.answer_hard_ms / 1000),
            inter_digit_s=voice.dtmf_inter_digit_ms / 1000,
            terminator=voice.dtmf_terminator,
            person_key=voice.dtmf_person,
        ),
        "lead_ms": voice.playout_lead_ms,
        "media_connect_s": voice.media_connect_ms / 1000,
        "longest_s": float(voice.call_max_seconds),
        "session_s": settings.livekit.session_timeout / 1000,
    }
