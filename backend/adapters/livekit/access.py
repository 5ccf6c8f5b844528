"""Where a LiveKit server is, and the tokens that we make for it: each opens one thing, for a short time."""

from dataclasses import dataclass, field
from datetime import timedelta

from livekit.api import AccessToken, VideoGrants

__all__ = ["LiveKitAccess"]

_WORKER = timedelta(hours=1)
_JOIN = timedelta(minutes=2)
"""To enter a room; who is in stays as long as they like."""


@dataclass(frozen=True, slots=True)
class LiveKitAccess:
    """A LiveKit server and our key for it.

    Args:
        url: ``wss://`` or ``ws://``, without a slash at the end.
    """

    url: str
    key: str
    secret: str = field(repr=False)

    @property
    def web_url(self) -> str:
        """The same server for its API: ``https://`` or ``http://``."""
        return "http" + self.url.removeprefix("ws")

    def worker_token(self) -> str:
        """To register as a worker, and nothing else."""
        token = AccessToken(self.key, self.secret).with_ttl(_WORKER)
        return token.with_grants(VideoGrants(agent=True, can_publish=False, can_subscribe=False)).to_jwt()

    def agent_token(self, room: str, identity: str) -> str:
        """To be the agent in one room."""
        grants = VideoGrants(room_join=True, room=room, can_update_own_metadata=True)
        token = AccessToken(self.key, self.secret).with_ttl(_JOIN).with_identity(identity)
        return token.with_kind("agent").with_grants(grants).to_jwt()
