"""Checks the tokens that ACS sends with callbacks and media sockets: RS256, its keys, its issuer, our resource.

ACS signs with the keys at ``/calling/keys``; the audience is the immutable id of our ACS
resource; callback tokens live five minutes, media tokens a day (learn.microsoft.com,
"secure webhook endpoint" and "audio streaming").
"""

import asyncio
import logging
import time
from typing import Any

import aiohttp
import jwt

from backend.errors import AuthError, Unavailable

__all__ = ["AcsTokenCheck"]

log = logging.getLogger(__name__)

_LEEWAY_S = 60
_LONGEST = 8 * 1024
_FETCH_LIMIT_S = 5.0
_FETCH_PAUSE_S = 60.0
"""An unknown key id makes us look for new keys at most this often, whoever asks."""


class AcsTokenCheck:
    """Verifies bearer tokens.

    Args:
        jwks_url: where ACS publishes its keys.
        issuer: who must have signed.
        audience: immutable id of our ACS resource.
    """

    def __init__(self, jwks_url: str, issuer: str, audience: str) -> None:
        self._jwks_url = jwks_url
        self._issuer = issuer
        self._audience = audience
        self._keys: dict[str, Any] = {}
        self._fetched = 0.0
        self._lock = asyncio.Lock()

    async def check(self, authorization: str | None) -> dict[str, Any]:
        """The claims of a valid ``Authorization`` header.

        Raises:
            AuthError: the token does not hold.
            Unavailable: the keys cannot be had; the sender may be right.
        """
        token = _bearer(authorization)
        key = await self._key(token)
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY_S,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except jwt.InvalidTokenError as error:
            raise AuthError(f"token refused: {type(error).__name__}") from error
        return claims

    async def warm(self) -> None:
        """Fetch the keys before the first call needs them."""
        async with self._lock:
            await self._fetch()

    async def _key(self, token: str) -> Any:
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.InvalidTokenError, ValueError, RecursionError) as error:
            raise AuthError("token has no readable header") from error
        key_id = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(key_id, str):
            raise AuthError("token is not signed as ACS signs")
        if key_id not in self._keys:
            async with self._lock:
                if key_id not in self._keys and time.monotonic() - self._fetched > _FETCH_PAUSE_S:
                    await self._fetch()
        if key_id not in self._keys:
            if not self._keys:
                raise Unavailable("calls", "the keys of ACS are not to be had")
            raise AuthError("token is signed with an unknown key")
        return self._keys[key_id]

    async def _fetch(self) -> None:
        self._fetched = time.monotonic()
        try:
            timeout = aiohttp.ClientTimeout(total=_FETCH_LIMIT_S)
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._jwks_url) as response:
                response.raise_for_status()
                published = await response.json(content_type=None)
            keys = jwt.PyJWKSet.from_dict(published).keys
        except (aiohttp.ClientError, TimeoutError, jwt.PyJWTError, ValueError) as error:
            self._fetched = 0.0 if not self._keys else self._fetched
            log.error("keys of ACS could not be fetched", extra={"event": "acs.no_keys", "error": type(error).__name__})
            return
        self._keys = {key.key_id: key.key for key in keys if key.key_id and key.key_type == "RSA"}


def _bearer(authorization: str | None) -> str:
    if not authorization or len(authorization) > _LONGEST:
        raise AuthError("no token, or one that is too long")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token or " " in token.strip():
        raise AuthError("expected a bearer token")
    return token.strip()
