"""Rooms for browsers and apps: their passes, the agents that are sent there, and what LiveKit reports of them."""

from datetime import timedelta

from livekit.api import AccessToken, VideoGrants
from livekit.protocol.agent_dispatch import RoomAgentDispatch
from livekit.protocol.room import RoomConfiguration

from backend.adapters.livekit.access import LiveKitAccess
from backend.adapters.livekit.place import ROLE, connection_of
from backend.adapters.livekit.server import LiveKitServer
from backend.adapters.livekit.webhooks import read_webhook
from backend.domain.room_event import GuestPass, RoomEvent
from backend.domain.session_plan import SessionPlan
from backend.errors import CallNotFound
from backend.ports.agent_rooms import GuestRole

__all__ = ["LiveKitAgentRooms"]


class LiveKitAgentRooms:
    """``AgentRooms`` on LiveKit.

    Args:
        agent_name: jobs are dispatched to this name.
        public_url: where browsers and apps find the server; empty: where we do.
    """

    def __init__(self, access: LiveKitAccess, server: LiveKitServer, agent_name: str, public_url: str = "") -> None:
        self._access = access
        self._server = server
        self._agent_name = agent_name
        self._public_url = public_url or access.url

    def let_in(
        self, room: str, identity: str, role: GuestRole, lives_s: int, plan: SessionPlan | None = None
    ) -> GuestPass:
        """A pass: it opens one room, publishes a microphone at most, and changes nothing of who its holder is."""
        grants = VideoGrants(
            room_join=True,
            room=room,
            can_publish=role != "listener",
            can_publish_sources=["microphone"] if role != "listener" else None,
            can_publish_data=role != "listener",
            can_subscribe=True,
            can_update_own_metadata=False,
            hidden=role == "listener" or None,
        )
        token = AccessToken(self._access.key, self._access.secret).with_identity(identity).with_grants(grants)
        token = token.with_ttl(timedelta(seconds=lives_s))
        if role == "listener":
            token = token.with_kind("agent")  # LiveKit tells everybody how many people there are, hidden ones too
        if role != "caller":
            token = token.with_attributes({ROLE: role})
        if plan is not None:
            agent = RoomAgentDispatch(agent_name=self._agent_name, metadata=plan.as_told())
            token = token.with_room_config(RoomConfiguration(agents=[agent]))
        return GuestPass(self._public_url, token.to_jwt(), room, identity)

    async def send_agent(self, room: str, plan: SessionPlan) -> None:
        """Have an agent sent into the room."""
        await self._server.make_room(room)
        await self._server.dispatch(room, self._agent_name, plan.as_told())

    def connection(self, room: str) -> str:
        """What a call in this room is known by."""
        return connection_of(room)

    async def named(self, connection_id: str) -> str:
        """The room of a call that is under way."""
        return await self._server.room_of(connection_id)

    async def end(self, room: str) -> None:
        """End the room for everybody."""
        try:
            await self._server.delete_room(room)
        except CallNotFound:
            return

    def event_of(self, body: bytes, authorization: str) -> RoomEvent:
        """What LiveKit reports."""
        return read_webhook(body, authorization, self._access.key, self._access.secret)
