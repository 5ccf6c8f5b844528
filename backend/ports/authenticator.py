"""Finds out who sent a request."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from backend.domain.principal import Principal

__all__ = ["Authenticator"]


class Authenticator(Protocol):
    """Finds out who sent a request, from what came before its body."""

    async def who(
        self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], query: Mapping[str, str]
    ) -> Principal | None:
        """Who it is, or ``None`` where the request does not say.

        Args:
            headers: every header line, names in lower case; a name may come more than once.
            cookies: by name.
            query: by name. No key is ever read from it: addresses are logged in too many places.

        Raises:
            AuthError: it says so, and it does not hold.
            Unavailable: nobody can tell now; the sender may be right.
        """
        ...
