"""Where a call is: a room, and the caller's identity in it."""

from dataclasses import dataclass, field
from hashlib import sha256

__all__ = ["OUR_ROOMS", "ROLE", "UP", "RoomPlace", "connection_of"]

OUR_ROOMS = "ringmaster-"
"""How the names of rooms begin that this server makes, each for one call."""


ROLE = "ringmaster.role"
"""Attribute of those who are no caller: a supervisor who listens, or speaks with the caller beside the agent."""

UP = frozenset({"active", "automation"})
"""What ``sip.callStatus`` of a phone says when it has been taken up; before that it says dialing, ringing."""


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A caller in a room. Both names may hold a phone number, so they stay out of logs and records."""

    room: str = field(repr=False)
    identity: str = field(default="", repr=False)
    """Empty until they have come."""
    phone: bool = False
    """Do they come by SIP?"""

    up: bool = True
    """Can they be spoken with, or does a phone still ring?"""

    @property
    def id(self) -> str:
        """The call's connection id."""
        return connection_of(self.room)

    @property
    def ours(self) -> bool:
        """Is the room for this call alone?"""
        return self.room.startswith(OUR_ROOMS)


def connection_of(room: str) -> str:
    """The connection id of the call in a room: it can be told from the name, and does not tell it.

    LiveKit's SIP service names a room after the caller's number and twelve random letters.
    """
    return f"LK_{sha256(room.encode()).hexdigest()[:32]}"
