"""Checks the tokens that ACS sends with callbacks and media sockets: RS256, its keys, its issuer, our resource.

ACS signs with the keys at ``/calling/keys``; the audience is the immutable id of our ACS
resource; callback tokens live five minutes, media tokens a day (learn.microsoft.com,
"secure webhook endpoint" and "audio streaming").
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

import aiohttp
import jwt

from backend.errors import AuthError, Unavailable

__all__ = ["AcsTokenCheck"]

log = logging.getLogger(__name__)

_LEEWAY_S = 60
_LONGEST = 8 * 1024
_FETCH_LIMIT_S = 3.0
_FRESH_S = 15 * 60.0
"""Older keys are asked for anew in the background, so that one that was withdrawn ends."""
_OLD_S = 3600.0
"""Keys of a server that slept are asked for anew before one of them is believed."""
_STALE_S = 24 * 3600.0
"""Keys that nobody has confirmed for so long are believed no more."""
_FETCH_PAUSE_S = 60.0
"""An unknown key id makes us look for new keys at most this often, whoever asks."""


class AcsTokenCheck:
    """Verifies bearer tokens.

    Args:
        jwks_url: where ACS publishes its keys.
        issuer: who must have signed.
        audience: immutable id of our ACS resource.
        now: the time in seconds, from any beginning.
    """

    def __init__(self, jwks_url: str, issuer: str, audience: str, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._jwks_url = jwks_url
        self._issuer = issuer
        self._audience = audience
        self._keys: dict[str, Any] = {}
        self._fetched = -_STALE_S
        self._confirmed = -_STALE_S
        self._lock = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

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
        if any(not _is_moment(claims[name]) for name in ("exp", "nbf", "iat") if name in claims):
            raise AuthError("a time in the token is not a number")
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
            raise AuthError("the token is not signed the way ACS signs")
        await self._renew()
        if key_id not in self._keys:
            async with self._lock:
                if key_id not in self._keys and self._may_fetch:
                    await self._fetch()
        if key_id not in self._keys:
            if not self._keys:
                raise Unavailable("calls", "the keys that tokens are signed with cannot be fetched")
            raise AuthError("token is signed with an unknown key")
        return self._keys[key_id]

    @property
    def _may_fetch(self) -> bool:
        return not self._keys or self._now() - self._fetched > _FETCH_PAUSE_S

    async def _renew(self) -> None:
        """Have keys confirmed that were read some time ago; while nobody can be asked, they hold for a day."""
        age = self._now() - self._confirmed
        if not self._keys or age <= _FRESH_S:
            return
        if age > _OLD_S:
            async with self._lock:
                if self._now() - self._confirmed > _OLD_S and self._may_fetch:
                    await self._fetch()
            if self._now() - self._confirmed > _STALE_S:
                self._keys = {}
        elif self._may_fetch and (self._refreshing is None or self._refreshing.done()):
            self._refreshing = asyncio.get_running_loop().create_task(self.warm(), name="acs-keys")

    async def _fetch(self) -> None:
        self._fetched = self._now()
        try:
            timeout = aiohttp.ClientTimeout(total=_FETCH_LIMIT_S)
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._jwks_url) as response:
                response.raise_for_status()
                published = await response.json(content_type=None)
            keys = jwt.PyJWKSet.from_dict(published).keys
        # the last two: what PyJWT makes of keys that are none, a list where an object is due
        except (aiohttp.ClientError, TimeoutError, jwt.PyJWTError, ValueError, AttributeError, TypeError) as error:
            log.error(
                "the keys that tokens are signed with could not be fetched",
                extra={"event": "acs.no_keys", "issuer": self._issuer, "error": type(error).__name__},
            )
            return
        self._confirmed = self._now()
        self._keys = {key.key_id: key.key for key in keys if key.key_id and key.key_type == "RSA"}


def _is_moment(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _bearer(authorization: str | None) -> str:
    if not authorization or len(authorization) > _LONGEST:
        raise AuthError("no token, or one that is too long")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token or " " in token.strip():
        raise AuthError("expected a bearer token")
    return token.strip()
