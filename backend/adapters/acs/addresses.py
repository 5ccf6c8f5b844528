"""Where ACS reports to, and where it brings the media of a call."""

from dataclasses import dataclass

__all__ = ["CallAddresses"]


@dataclass(frozen=True, slots=True)
class CallAddresses:
    """Addresses of calls by their tokens; the routes are those of ``api.acs_callbacks`` and ``api.media``.

    Args:
        base_url: public address of this server, without a slash at the end.
    """

    base_url: str

    def callbacks(self, token: str) -> str:
        """Where the callbacks of a call go."""
        return f"{self.base_url}/api/v1/calls/callbacks/{token}"

    def media(self, token: str) -> str:
        """Where the media socket of a call goes."""
        base = self.base_url.replace("http://", "ws://", 1).replace("https://", "wss://", 1)
        return f"{base}/api/v1/media/stream/{token}"
