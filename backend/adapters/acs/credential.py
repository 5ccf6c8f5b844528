"""How the clients of ACS show who they are."""

from typing import Any

from azure.core.credentials import AzureKeyCredential

__all__ = ["AcsCredential"]


class AcsCredential:
    """What a client of ACS is made with: the resource's key, or the managed identity.

    Args:
        access_key: base64 key; empty for managed identity.
    """

    def __init__(self, access_key: str) -> None:
        self._identity: Any = None
        if access_key:
            self.shown: Any = AzureKeyCredential(access_key)
            """What the client is given."""
        else:
            from azure.identity.aio import DefaultAzureCredential  # heavy, and not needed with a key

            self.shown = self._identity = DefaultAzureCredential()

    async def close(self) -> None:
        """Close the connections of the identity."""
        if self._identity is not None:
            await self._identity.close()
