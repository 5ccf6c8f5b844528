"""What is asked of the outside world once, before the first start: an operator at the keyboard can still put it right.

A worker that is started again later does not ask: a Redis that is away for a moment must not end a server that runs.
"""

import asyncio
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from backend.adapters.redis.client import connect
from backend.errors import ConfigError
from config import Settings

__all__ = ["require_redis"]

_LIMIT_S = 3.0


def require_redis(settings: Settings) -> None:
    """Ask Redis for a sign of life, if one is set.

    Raises:
        ConfigError: nothing answers there, or it is no Redis.
    """
    url = settings.connections.redis_url.get_secret_value()
    if url:
        asyncio.run(_ping(url))


async def _ping(url: str) -> None:
    try:
        redis = connect(url, _LIMIT_S)
    except ValueError as error:
        raise ConfigError(f"REDIS_URL: expected redis://HOST:PORT/0 or rediss://...; {error}") from error
    try:
        await redis.ping()  # pyright: ignore[reportUnknownMemberType]
    except (RedisError, OSError, TimeoutError) as error:
        raise ConfigError(
            f"REDIS_URL: expected a Redis at {_place(url)}, but there was {type(error).__name__}; "
            "start it, or leave REDIS_URL empty to keep sessions in this process only"
        ) from error
    finally:
        await redis.aclose()


def _place(url: str) -> str:
    """Host and port without the password."""
    parts = urlsplit(url)
    return f"{parts.hostname or '?'}:{parts.port or 6379}"
