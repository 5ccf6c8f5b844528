"""A job of the LiveKit server: be the agent in a room."""

from dataclasses import dataclass, field

__all__ = ["Job"]


@dataclass(frozen=True, slots=True)
class Job:
    """One assignment."""

    id: str
    room: str = field(repr=False)
    """Its name, which may hold a phone number."""
    metadata: str = field(default="", repr=False)
    url: str = field(default="", repr=False)
    """Where the room is, if not at the server that gave the job."""
    token: str = field(default="", repr=False)
    """To enter it."""
    room_made: int = 0
    """When the room was made, in seconds since 1970; 0: not known."""
