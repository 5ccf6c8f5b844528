"""Joins the ways by which callers reach a worker: each has its call control, and opens its own media."""

from contextlib import AsyncExitStack

from starlette.websockets import WebSocket

from backend.adapters.acs.call_control import AcsCallControl
from backend.adapters.acs.media_link import AcsMediaLink
from backend.api.media_socket import SHORT_WAY
from backend.errors import ConfigError
from backend.ports import MediaLink
from config import Settings

__all__ = ["acs_control", "acs_media"]


def acs_control(settings: Settings, stack: AsyncExitStack) -> AcsCallControl | None:
    """Call control of Azure Communication Services, where its address is set; closed with ``stack``.

    Raises:
        ConfigError: its address or key cannot be used.
    """
    azure = settings.azure
    if not azure.acs_address:
        return None
    try:
        control = AcsCallControl(
            azure.acs_address,
            azure.acs_key,
            settings.connections.base_url,
            azure.acs_source_number,
            show_caller=azure.acs_show_caller,
        )
    except ValueError as error:
        raise ConfigError(f"ACS_ENDPOINT or ACS_ACCESS_KEY: {error}") from error
    stack.push_async_callback(control.close)
    return control


async def acs_media(websocket: WebSocket) -> MediaLink:
    """The link to the caller at the other end of an accepted media socket."""
    return await AcsMediaLink.open(websocket.receive, websocket.send, websocket.scope["extensions"].get(SHORT_WAY))
