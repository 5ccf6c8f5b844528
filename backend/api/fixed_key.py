"""The one key of ``API_KEY``."""

import hmac
from collections.abc import Mapping, Sequence

from backend.api.bearer import bearer_token
from backend.domain.principal import Principal, Role
from backend.errors import AuthError

__all__ = ["API_KEY", "SHORTEST_KEY", "FixedKey"]

API_KEY = Principal("API_KEY", "key", frozenset[Role]({"admin"}))
"""Whoever holds the key of the settings: they may everything."""


SHORTEST_KEY = 16
"""Letters of a key that others than this machine may try to guess."""


class FixedKey:
    """``Authenticator`` that knows the key of the settings only.

    Args:
        key: the key; empty where none is set, so that nobody has it.
    """

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def __repr__(self) -> str:
        return "FixedKey(***)"

    async def who(
        self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], query: Mapping[str, str]
    ) -> Principal | None:
        """The holder of the key, or ``None`` where no key is shown.

        Raises:
            AuthError: another one is.
        """
        token = bearer_token(headers)
        if token is None:
            return None
        if self.fits(token):
            return API_KEY
        raise AuthError("wrong API key")

    def fits(self, token: str) -> bool:
        """Is it this key? Takes the same time wherever it differs."""
        return bool(self._key) and hmac.compare_digest(token.encode(), self._key)
