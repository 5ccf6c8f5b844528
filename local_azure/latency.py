"""How long the services of the local Azure take.

``typical`` is what a caller in the same region as a healthy Azure sees; ``slow`` is a bad day; ``none`` answers at
once, so that tests spend no time on it.
"""

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["PROFILES", "Latency", "LatencyProfile", "latency"]

LatencyProfile = Literal["none", "typical", "slow"]


@dataclass(frozen=True, slots=True)
class Latency:
    """Delays in milliseconds, unless the name says otherwise."""

    profile: LatencyProfile
    stt_partial: float
    """A partial result lags so far behind the audio it describes."""
    stt_final: float
    """The final result comes so long after the silence that ended the utterance."""
    model_first_token: float
    model_tokens_per_second: float
    """0: all at once."""
    tts_first_audio: float
    acs_request: float
    """Before a Call Automation request is answered."""
    acs_event: float
    """Between something happening on a call and its callback, and the steps of setting up a call."""


_KNOWN = {
    "none": Latency("none", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "typical": Latency("typical", 150.0, 150.0, 350.0, 60.0, 120.0, 40.0, 60.0),
    "slow": Latency("slow", 500.0, 800.0, 1800.0, 20.0, 600.0, 400.0, 500.0),
}

PROFILES: tuple[LatencyProfile, ...] = get_args(LatencyProfile)


def latency(profile: LatencyProfile) -> Latency:
    """The delays of a profile by its name.

    Raises:
        KeyError: there is no such profile.
    """
    return _KNOWN[profile]
