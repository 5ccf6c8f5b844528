"""What a server tells a command over a WebSocket; or another program that happens to answer at its address."""

import json
from typing import Any, cast

from backend.errors import ConfigError

__all__ = ["server_event"]


def server_event(server: str, told: object) -> dict[str, Any]:
    """One event of a server.

    Args:
        server: its address.
        told: the frame.

    Raises:
        ConfigError: it is no event of ours.
    """
    try:
        event: Any = json.loads(told) if isinstance(told, str) else None
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict) or not isinstance(cast("dict[str, Any]", event).get("type"), str):
        raise ConfigError(f"what answers at {server} is no server of Ringmaster; --server names another address")
    return cast("dict[str, Any]", event)
