"""Opens the database and Redis as the settings say, for the server and for the command line."""

import contextlib
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from backend.adapters.entra.tokens import DATABASE, REDIS, EntraTokens
from backend.adapters.sql.database import Database
from backend.errors import ConfigError, Unavailable
from backend.ports import Cipher
from config.address import LOOPBACK
from config.connections import ConnectionSettings

if TYPE_CHECKING:
    from backend.adapters.redis.link import RedisLink

__all__ = ["open_database", "open_redis"]

_SAFE_MODES = frozenset({"require", "verify-ca", "verify-full"})


def open_database(settings: ConnectionSettings, cipher: Cipher | None = None) -> Database:
    """The database of the settings; whoever opens it closes it.

    Args:
        cipher: what personal cells are sealed with.

    Raises:
        ConfigError: DATABASE_URL cannot be used, or a token would be sent in clear.
    """
    url = settings.database_url.get_secret_value()
    if not settings.database_by_entra:
        return Database(url, cipher)
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError(
            "DATABASE_URL: expected postgresql+psycopg://ROLE@HOST/NAME with DATABASE_BY_ENTRA"
        ) from error
    if parsed.host not in LOOPBACK and parsed.query.get("sslmode") not in _SAFE_MODES:
        raise ConfigError(
            "DATABASE_URL: expected sslmode=verify-full with DATABASE_BY_ENTRA, else the token is sent unencrypted"
        )
    return Database(url, cipher, EntraTokens(DATABASE))


async def open_redis(
    settings: ConnectionSettings, stack: AsyncExitStack, limit_s: float | None = None
) -> "RedisLink | None":
    """The Redis of the settings, closed with ``stack``; ``None`` where none is set. Connects when first used.

    Args:
        limit_s: limit on one command in place of the settings'.

    Raises:
        ConfigError: REDIS_URL cannot be used, or a token would be sent in clear.
    """
    url = settings.redis_url.get_secret_value()
    if not url:
        return None
    from backend.adapters.redis.client import connect  # a fifth of a second to import, and most commands need none

    limit_s = limit_s or settings.redis_timeout_ms / 1000
    tokens = EntraTokens(REDIS) if settings.redis_by_entra else None
    try:
        if tokens is not None and not _is_safe(url):
            raise ValueError("with REDIS_BY_ENTRA it must be rediss://, otherwise the token would be sent unencrypted")
        redis = connect(url, limit_s, tokens)
    except ValueError as error:
        raise ConfigError(f"REDIS_URL: expected redis://HOST:PORT/0 or rediss://...; {error}") from error
    if tokens is not None:
        stack.push_async_callback(tokens.close)
        with contextlib.suppress(Unavailable):  # no command has the time to wait for the first one
            await tokens.token()
    stack.push_async_callback(redis.aclose)
    return redis


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "rediss" or parts.hostname in LOOPBACK
