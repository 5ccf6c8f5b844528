"""What a server of rooms reports of one of them."""

from dataclasses import dataclass, field

__all__ = ["GuestPass", "RoomEvent"]


@dataclass(frozen=True, slots=True)
class RoomEvent:
    """One report."""

    id: str
    """The same for each delivery of one report."""
    type: str
    """``room_started``, ``room_finished``, ``participant_joined``, ``participant_left`` and others."""
    room: str = field(default="", repr=False)
    """The room's name."""


@dataclass(frozen=True, slots=True)
class GuestPass:
    """What somebody needs to enter a room."""

    url: str
    token: str = field(repr=False)
    room: str
    identity: str = field(repr=False)
