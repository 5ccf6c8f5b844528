"""What is asked of the outside world once, before the first start: an operator at the keyboard can still put it right.

A worker that is started again later does not ask: a Redis that is away for a moment must not end a server that runs.
"""

import asyncio
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from backend.data_parts import open_redis
from backend.errors import ConfigError
from config import Settings
from config.connections import ConnectionSettings

__all__ = ["require_redis"]

_LIMIT_S = 3.0


def require_redis(settings: Settings) -> None:
    """Ask Redis for a sign of life, if one is set.

    Raises:
        ConfigError: nothing answers there, or it is no Redis.
    """
    if settings.connections.redis_url.get_secret_value():
        asyncio.run(_ping(settings.connections))


async def _ping(connections: ConnectionSettings) -> None:
    url = connections.redis_url.get_secret_value()
    async with AsyncExitStack() as stack:
        redis = await open_redis(connections, stack, _LIMIT_S)
        if redis is None:
            return
        try:
            await redis.ping()  # pyright: ignore[reportUnknownMemberType]
        except (RedisError, OSError, TimeoutError) as error:
            raise ConfigError(
                f"REDIS_URL: expected a Redis at {_place(url)}, but there was {type(error).__name__}; "
                "start it, or leave REDIS_URL empty to keep sessions in this process only"
            ) from error


def _place(url: str) -> str:
    """Host and port without the password."""
    parts = urlsplit(url)
    return f"{parts.hostname or '?'}:{parts.port or 6379}"
