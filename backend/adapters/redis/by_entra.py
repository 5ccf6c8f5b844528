"""Signing in to Redis with tokens in place of a password."""

from urllib.parse import unquote, urlsplit, urlunsplit

from redis.credentials import CredentialProvider
from redis.exceptions import ConnectionError as RedisConnectionError

from backend.errors import Unavailable
from backend.ports import TokenSource

__all__ = ["EntraSignIn", "without_user"]


class EntraSignIn(CredentialProvider):
    """Asked by the client whenever it connects, so a connection never begins with a token that has run out.

    A connection outlives its token by nothing: Azure closes it then, and the client's one retry connects anew.
    """

    def __init__(self, user: str, tokens: TokenSource) -> None:
        self._user = user
        self._tokens = tokens

    async def get_credentials_async(self) -> tuple[str, str]:
        """User and token.

        Raises:
            redis.exceptions.ConnectionError: there is no token.
        """
        try:
            return self._user, await self._tokens.token()
        except Unavailable as error:
            raise RedisConnectionError(str(error)) from error


def without_user(url: str) -> tuple[str, str]:
    """The URL without its user, and the user: the client takes either a user or somebody who knows one.

    Raises:
        ValueError: there is no user, or there is a password.
    """
    parts = urlsplit(url)
    if not parts.username or parts.password:
        raise ValueError("REDIS_BY_ENTRA signs in as the user in the URL, without a password")
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=place)), unquote(parts.username)
