"""Speech, pools and the clock of a conversation."""

from pydantic import Field

from config.concern import Concern
from config.shapes import Key

__all__ = ["VoiceSettings"]


class VoiceSettings(Concern):
    """Limits that hold for every agent. What differs between agents stands in agent_store."""

    stt_pool_size: int = Field(default=4, ge=0, le=500)
    """Recognizers kept connected and warm."""
    stt_pool_max: int = Field(default=200, ge=1, le=2000)
    """Recognizers in use at once, at most."""
    heard_by: str = Field(default="Azure Speech", max_length=40)
    """What recognizes callers, as the console tells who speaks to a line. `ringmaster dev` says what its own is."""
    tts_pool_size: int = Field(default=4, ge=0, le=500)
    """Synthesizers kept connected and warm."""
    tts_pool_max: int = Field(default=200, ge=1, le=2000)
    """Synthesizers in use at once, at most."""
    pool_wait_ms: int = Field(default=1000, ge=0, le=30_000)
    """Limit on waiting for a recognizer or synthesizer."""
    stt_start_timeout_ms: int = Field(default=5000, ge=200, le=60_000)
    """A recognizer that has not come up by then is replaced (the SDK would wait for ever)."""
    stt_silence_timeout_ms: int = Field(default=8000, ge=500, le=60_000)
    """The caller audibly speaks but nothing was recognized for so long: the recognizer is replaced."""
    tts_first_audio_ms: int = Field(default=2000, ge=200, le=60_000)
    """Limit on the first audio of a synthesis."""
    tts_text_streaming: bool = False
    """Use the v2 text-streaming endpoint too: what follows the first clause of an answer is spoken in one synthesis, as
    it is written. Only in voices without style, rate, pitch and volume, for streamed text has no SSML."""
    playout_lead_ms: int = Field(default=100, ge=20, le=500)
    """How far ahead of the caller's ear audio is sent."""
    interrupt_confirm_ms: int = Field(default=700, ge=100, le=5000)
    """Longest time for a transcript to confirm an interruption before the agent goes on; silence shortens it."""
    filler_soft_ms: int = Field(default=1500, ge=200, le=30_000)
    """Silence of ours after which a filler is said."""
    filler_second_ms: int = Field(default=5000, ge=500, le=60_000)
    """... and the second one."""
    answer_hard_ms: int = Field(default=8000, ge=1000, le=120_000)
    """... and the apology with a way out."""
    call_max_seconds: int = Field(default=3600, ge=30, le=24 * 3600)
    """Longest call."""
    media_connect_ms: int = Field(default=10_000, ge=500, le=120_000)
    """An answered call whose media socket has not come by then is hung up."""
    dtmf_inter_digit_ms: int = Field(default=2000, ge=300, le=10_000)
    """Pause after which pressed digits are taken as complete."""
    dtmf_terminator: Key = "#"
    """Key that completes pressed digits."""
    dtmf_person: Key = "0"
    """Key that, pressed alone, asks for a person. Empty: none."""
