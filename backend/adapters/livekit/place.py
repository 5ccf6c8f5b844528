"""Where a call is: a room, and the caller's identity in it. Together they are its connection id."""

from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from backend.errors import CallNotFound

__all__ = ["RoomPlace"]


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A caller in a room. Both names may hold a phone number, so they stay out of logs."""

    room: str = field(repr=False)
    identity: str = field(repr=False)

    @property
    def id(self) -> str:
        """As a connection id: ``ROOM/IDENTITY``, each with whatever is unusual escaped as in an address."""
        return f"{quote(self.room, safe='')}/{quote(self.identity, safe='')}"

    @classmethod
    def of(cls, connection_id: str) -> "RoomPlace":
        """What a connection id names.

        Raises:
            CallNotFound: it is none of ours.
        """
        room, slash, identity = connection_id.partition("/")
        if not (room and slash and identity):
            raise CallNotFound("this is no call of a LiveKit room")
        return cls(unquote(room), unquote(identity))
