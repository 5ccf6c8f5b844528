"""A LiveKit server, and the key that opens it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # LiveKit's packages take a while to import, and most local Azures do without
    from livekit import api
    from livekit.protocol.room import RoomConfiguration

__all__ = ["LiveKitAccess"]


@dataclass(frozen=True, slots=True)
class LiveKitAccess:
    """Where it is (``ws://``), and the pair that signs tokens for it."""

    url: str
    api_key: str
    api_secret: str = field(repr=False)

    @property
    def http_url(self) -> str:
        """The same place for its API."""
        return self.url.replace("ws", "http", 1)

    def phone_token(
        self,
        room: str,
        identity: str,
        name: str,
        metadata: str,
        attributes: Mapping[str, str],
        config: "RoomConfiguration | None",
    ) -> str:
        """What the SIP service brings a phone into a room with."""
        from livekit import api

        grants = api.VideoGrants(room_join=True, room=room, can_update_own_metadata=True)
        token = api.AccessToken(self.api_key, self.api_secret).with_identity(identity).with_name(name)
        token = token.with_kind("sip").with_grants(grants).with_metadata(metadata).with_attributes(dict(attributes))
        return (token.with_room_config(config) if config is not None else token).to_jwt()

    def claims(self, token: str) -> "api.access_token.Claims":
        """What a token of somebody else allows.

        Raises:
            Exception: it is none of this server's, or not good any more.
        """
        from livekit import api

        return api.TokenVerifier(self.api_key, self.api_secret).verify(token)
