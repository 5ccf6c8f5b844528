"""What a caller hears when something of ours is broken."""

__all__ = ["DEAF", "TROUBLE", "WAY_OUT"]

TROUBLE = "I'm sorry, I'm having trouble on my side."
WAY_OUT = "Press zero to speak with a person, or please say that again."
DEAF = "I'm sorry, I can't hear you properly. Press zero to speak with a person."
