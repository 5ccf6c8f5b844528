"""Rooms in which browsers and apps speak with agents, at a server that sends workers into them."""

from typing import Literal, Protocol

from backend.domain.room_event import GuestPass, RoomEvent
from backend.domain.session_plan import SessionPlan

__all__ = ["AgentRooms", "GuestRole"]

GuestRole = Literal["caller", "listener", "supervisor"]
"""Who speaks with the agent; who hears both and is not seen; who may speak besides and is not listened to."""


class AgentRooms(Protocol):
    """Rooms in which browsers and apps speak with agents, at a server that sends workers into them."""

    def let_in(
        self, room: str, identity: str, role: GuestRole, lives_s: int, plan: SessionPlan | None = None
    ) -> GuestPass:
        """A pass for one person into one room, for nothing but what their role does there.

        Args:
            room: its name.
            identity: who they are in it.
            role: what they do in it.
            lives_s: so long the pass may be used to enter.
            plan: where the room is made by their entering it, an agent comes and begins so.
        """
        ...

    async def send_agent(self, room: str, plan: SessionPlan) -> None:
        """Make the room, if need be, and have an agent sent into it.

        Raises:
            ProviderError: the server did not.
        """
        ...

    def connection(self, room: str) -> str:
        """What a call in this room is known by; the room's name cannot be told from it."""
        ...

    async def named(self, connection_id: str) -> str:
        """The name of the room of a call that is under way.

        Raises:
            CallNotFound: there is no such room any more.
            ProviderError: that cannot be asked.
        """
        ...

    async def end(self, room: str) -> None:
        """End a room for everybody. One that is over is no error.

        Raises:
            ProviderError: the server did not.
        """
        ...

    def event_of(self, body: bytes, authorization: str) -> RoomEvent:
        """What the server reports, once it is shown that it does.

        Raises:
            AuthError: it is somebody else, or the body is not what was sent.
            ProtocolError: it is no report.
        """
        ...
