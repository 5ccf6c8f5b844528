"""A LiveKit server as a second way in, beside ACS."""

from typing import Annotated

from pydantic import Field, SecretStr

from config.address import ServiceAddress
from config.concern import Concern
from config.shapes import shaped

__all__ = ["LiveKitSettings"]


class LiveKitSettings(Concern):
    """SIP trunks, browsers and apps that come through LiveKit."""

    livekit_url: ServiceAddress = ""
    """``wss://NAME.livekit.cloud``, or that of a LiveKit server of your own. Empty: calls come through ACS only."""
    livekit_api_key: str = ""
    """Key of the LiveKit project."""
    livekit_api_secret: SecretStr = SecretStr("")
    """Its secret."""
    livekit_agent_name: str = Field(default="ringmaster", min_length=1, max_length=64)
    """Jobs are dispatched to this name; all workers that share calls have the same."""
    livekit_line: str = ""
    """Line of those who dialed no number and whose job names no line. Empty: they are refused."""

    livekit_public_url: ServiceAddress = ""
    """Where browsers and apps find that server, if not at ``LIVEKIT_URL``."""
    session_timeout: int = Field(default=1_800_000, ge=60_000, le=86_400_000)
    """Longest session of a browser or an app, in milliseconds; it ends with notice. Phones: ``CALL_MAX_SECONDS``."""
    livekit_outbound_trunk: Annotated[str, shaped(r"ST_[A-Za-z0-9_-]+", "the id of a trunk such as ST_abc123")] = ""
    """SIP trunk (``ST_...``) of placed calls whose line names none; ``ringmaster livekit setup`` prints it."""

    @property
    def livekit_address(self) -> str:
        """Where the worker connects: ``wss://`` or ``ws://``, whichever way it was given."""
        return _socket(self.livekit_url)

    @property
    def livekit_public_address(self) -> str:
        """Where browsers and apps connect."""
        return _socket(self.livekit_public_url or self.livekit_url)


def _socket(url: str) -> str:
    return f"ws{url.removeprefix('http')}" if url.startswith("http") else url
