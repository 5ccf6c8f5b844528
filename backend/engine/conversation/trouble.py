"""What a caller hears when something of ours is broken."""

__all__ = ["DEAF", "EMERGENCY_PHRASES", "TROUBLE", "UNHEARD", "WAIT", "WAY_OUT"]

TROUBLE = "I'm sorry, I'm having trouble on my side."
WAY_OUT = "Press zero to speak with a person, or please say that again."
UNHEARD = "I'm sorry, I didn't hear that. Could you say it again?"
WAIT = "One moment please."
DEAF = "I'm sorry, I can't hear you properly. Press zero to speak with a person."

EMERGENCY_PHRASES = (TROUBLE, WAY_OUT, UNHEARD, WAIT, DEAF)
"""Their sound is kept, because they are needed just when no voice can be had."""
