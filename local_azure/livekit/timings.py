"""How long things take at a SIP service: seconds, as observed with a real livekit/sip and SIP phones."""

from dataclasses import dataclass

__all__ = ["SipTimings"]


@dataclass(frozen=True, slots=True)
class SipTimings:
    """Observed with livekit-server 1.13.5; a test may shorten what it would otherwise wait for."""

    up: float = 0.1
    """From an agent's voice in the room to ``sip.callStatus=active``."""
    voice: float = 0.1
    """From there to the first audio."""
    ringing: float = 0.02
    """From ``dialing`` to ``ringing``."""
    ring: float = 30.0
    """How long a phone rings where the request does not say."""
    refused_leaves: float = 2.8
    """After a busy signal the participant is still there for so long."""
    transferred: float = 2.0
    """From the REFER to its good outcome."""
    transferred_leaves: float = 1.0
    """And to the participant's leaving."""
    refer_limit: float = 30.0
    """A REFER without an outcome fails after so long ..."""
    refer_gives_up: float = 15.0
    """... and this long before it does, the caller is gone."""
    leaves: float = 0.05
    """From ``sip.callStatus=hangup`` to leaving, so that it is seen."""
