"""Tokens of Entra ID for services that take one in place of a password."""

import asyncio
from typing import Any

from azure.core.exceptions import AzureError

from backend.errors import Unavailable

__all__ = ["DATABASE", "FEDERATION", "REDIS", "EntraTokens"]

DATABASE = "https://ossrdbms-aad.database.windows.net/.default"
"""What a token for Azure Database for PostgreSQL is asked for."""
REDIS = "https://redis.azure.com/.default"
"""The same for Azure Managed Redis."""
FEDERATION = "api://AzureADTokenExchange/.default"
"""The same for an application that trusts the managed identity (a federated identity credential)."""

_LIMIT_S = 10.0


class EntraTokens:
    """``TokenSource`` of the managed identity, or of whoever is signed in on a developer's machine.

    The credential keeps a token and gets the next one before it runs out, so most calls ask nobody.

    Args:
        scope: what the tokens are for.
        credential: an async credential of ``azure.identity``; made when it is first needed if there is none.
    """

    def __init__(self, scope: str, credential: Any = None) -> None:
        self._scope = scope
        self._credential = credential

    async def token(self) -> str:
        """A token that is good now.

        Raises:
            Unavailable: the identity is not known here, or its endpoint does not answer within 10 s.
        """
        if self._credential is None:
            from azure.identity.aio import DefaultAzureCredential  # heavy, and not needed with a password

            self._credential = DefaultAzureCredential()
        try:
            async with asyncio.timeout(_LIMIT_S):
                return str((await self._credential.get_token(self._scope)).token)
        except (AzureError, OSError, TimeoutError) as error:
            raise Unavailable("identity", f"no token for {self._scope}: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close the connections to the identity's endpoint."""
        credential, self._credential = self._credential, None
        if credential is not None:
            await credential.close()
