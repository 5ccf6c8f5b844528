"""A browser's sign-in with a key: the key, sealed and with an end, in a cookie that no script reads.

Nothing is kept on the server, so that every worker knows the browser, and a key that is taken back ends its sign-ins at
once. Where personal data is not sealed (no ``DATA_KEY``; this machine alone) the cookie is not sealed either.
"""

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence

from backend.api.bearer import bearer_token
from backend.api.cookie_name import CookieName
from backend.domain.principal import Principal
from backend.errors import AuthError, SealBroken, SignInExpired
from backend.ports import Authenticator, Cipher

__all__ = ["KEY_SESSION_S", "KeyCookie"]

KEY_SESSION_S = 12 * 3600
"""Life of a sign-in: one working day."""
_BOUND = "browser session"


class KeyCookie:
    """``Authenticator`` in front of another.

    Args:
        cookie: name of the cookie, over plain HTTP.
        cipher: what it is sealed with.
        others: knows the holders of keys, and everybody else.
        now: seconds since 1970.
        public_url: how people reach this server; empty where nobody has said.
    """

    def __init__(
        self,
        cookie: str,
        cipher: Cipher,
        others: Authenticator,
        now: Callable[[], float] = time.time,
        *,
        public_url: str = "",
    ) -> None:
        self.cookie = CookieName(cookie, public_url)
        self._cipher = cipher
        self._others = others
        self._now = now

    def new_session(self, key: str) -> str:
        """What a browser keeps, for a key that has been checked."""
        clear = f"{int(self._now()) + KEY_SESSION_S} {key}"
        return urlsafe_b64encode(self._cipher.seal(clear.encode(), _BOUND)).decode("ascii").rstrip("=")

    async def who(
        self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], query: Mapping[str, str]
    ) -> Principal | None:
        """Who it is; ``None`` where nothing is shown.

        Raises:
            AuthError: what is shown does not hold; ``SignInExpired`` where it did.
            Unavailable: nobody can tell now.
        """
        session = self.cookie.value(headers, cookies)
        if session is None or bearer_token(headers) is not None:
            return await self._others.who(headers, cookies, query)
        return await self._others.who([("authorization", f"Bearer {self._key(session)}")], {}, query)

    def _key(self, session: str) -> str:
        try:
            padded = session.encode("ascii") + b"=" * (-len(session) % 4)
            clear = self._cipher.open(urlsafe_b64decode(padded), _BOUND).decode()
        except (ValueError, SealBroken) as error:
            raise AuthError("the browser's sign-in is not one of this server") from error
        ends, _, key = clear.partition(" ")
        if not ends.isdigit() or not key:
            raise AuthError("the browser's sign-in is not one of this server")
        if int(ends) <= self._now():
            raise SignInExpired("the browser's sign-in has expired")
        return key
