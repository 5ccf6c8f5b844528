"""How quickly the local Azure answers, in milliseconds."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["PROFILES", "Latency", "Profile"]

Profile = Literal["none", "typical", "slow"]


@dataclass(frozen=True, slots=True)
class Latency:
    """Delays of each service, in milliseconds."""

    stt_partial: float = 0
    """A partial comes so long after the end of its newest word."""
    stt_final: float = 0
    """The final comes so long after the segmentation silence."""
    model_first_token: float = 0
    model_tokens_per_second: float = 0
    """0: all at once."""
    tts_first_audio: float = 0


PROFILES: dict[Profile, Latency] = {
    "none": Latency(),
    "typical": Latency(150, 150, 350, 60, 120),
    "slow": Latency(400, 500, 1200, 25, 400),
}
