"""Signing in to PostgreSQL with tokens in place of a password."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL

from backend.ports import TokenSource

if TYPE_CHECKING:
    from psycopg import AsyncConnection

__all__ = ["signed_in"]


def signed_in(url: URL, tokens: TokenSource, **arguments: Any) -> Callable[[], Awaitable["AsyncConnection[Any]"]]:
    """What opens one connection, with a token that is good then. It stays open when that token has run out.

    Args:
        url: ``postgresql+psycopg://ROLE@HOST/NAME``.
        tokens: asked for each connection; its ``Unavailable`` is passed on.
        arguments: more for the driver, such as ``connect_timeout``.

    Raises:
        ValueError: the URL has a password, names no role, or is not one of PostgreSQL.
    """
    if url.get_backend_name() != "postgresql" or not url.username or url.password:
        raise ValueError("DATABASE_BY_ENTRA signs in as the role in the URL, without a password")
    from psycopg import AsyncConnection  # not loaded by a server with SQLite

    place: dict[str, Any] = {**url.translate_connect_args(username="user", database="dbname"), **url.query, **arguments}

    async def connect() -> AsyncConnection[Any]:
        return await AsyncConnection.connect(**place, password=await tokens.token())

    return connect
