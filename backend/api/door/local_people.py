"""Lets in programs and browsers of this machine by the local key; everybody else as before."""

from collections.abc import Mapping, Sequence

from backend.api.bearer import bearer_token
from backend.api.cookie_name import CookieName
from backend.api.door.local_key import LocalKey
from backend.domain.principal import LOCAL, Principal
from backend.errors import AuthError, SignInExpired
from backend.ports import Authenticator

__all__ = ["LocalPeople"]


class LocalPeople:
    """``Authenticator`` in front of another.

    Args:
        key: the local key.
        cookie: name of a browser's session; servers on other ports of this machine see it, too, so it names ours.
        others: knows everybody else.
    """

    def __init__(self, key: LocalKey, cookie: str, others: Authenticator) -> None:
        self.key = key
        self.cookie = cookie
        self._others = others

    async def who(
        self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], query: Mapping[str, str]
    ) -> Principal | None:
        """Who it is; ``None`` where nothing is shown.

        Raises:
            AuthError: what is shown does not hold; ``SignInExpired`` where it did.
            Unavailable: nobody can tell now.
        """
        token = bearer_token(headers)
        if token is not None:
            return LOCAL if self.key.fits(token) else await self._others.who(headers, cookies, query)
        session = CookieName(self.cookie).value(headers, cookies)
        if session is None:
            return await self._others.who(headers, cookies, query)
        if not self.key.made(session):
            raise AuthError("the browser's sign-in is not one of this server")
        if not self.key.knows(session):
            raise SignInExpired("the browser's sign-in has expired")
        return LOCAL
