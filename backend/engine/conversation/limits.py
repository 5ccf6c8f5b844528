"""What a conversation waits for, and for how long."""

from dataclasses import dataclass

from backend.engine.conversation.waiting import WaitLimits

__all__ = ["ConversationLimits"]


@dataclass(frozen=True, slots=True)
class ConversationLimits:
    """Limits in seconds; the values come from the settings."""

    confirm_s: float = 0.7
    wait: WaitLimits = WaitLimits()
    inter_digit_s: float = 2.0
    terminator: str = "#"
    person_key: str = "0"
    slow_digit_s: float = 6.0
    """Pause after which a number that was asked for and is too short is given up."""
