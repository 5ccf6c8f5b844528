"""A set of tools that run elsewhere."""

from collections.abc import Mapping
from typing import Any, Protocol

from backend.domain.model import ToolSchema
from backend.domain.tool_server import RemoteResult

__all__ = ["ToolServer"]


class ToolServer(Protocol):
    """A set of tools that run elsewhere."""

    def schema(self, function: str) -> ToolSchema | None:
        """What the server itself says of a function; ``None`` when it says nothing, or is not reached yet."""
        ...

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        """Run one function. ``key`` is the same whenever the same thing is asked again in a call.

        Raises:
            Unavailable, TimedOut: it is down, or did not answer in time.
            ProviderRejected: what it needs is not set, or it went where it may not go.
            ProtocolError: the answer is too large.
        """
        ...

    async def close(self) -> None:
        """Let go of it. Safe to call twice."""
        ...
