"""What is asked of the outside world once, before the first start: an operator at the keyboard can still put it right.

Only what is wrong for certain stops a start. A Redis that does not answer may be back in a moment, and a server that is
started again meanwhile must take calls: it says so and starts without.
"""

import asyncio
import logging
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

from redis.exceptions import AuthenticationError, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeout

from backend.boot.databases import open_redis
from backend.errors import ConfigError
from config import Settings
from config.connections import ConnectionSettings

__all__ = ["require_redis"]

log = logging.getLogger(__name__)

_LIMIT_S = 3.0


def require_redis(settings: Settings) -> None:
    """Ask Redis for a sign of life, if one is set. One that cannot be reached is warned of.

    Raises:
        ConfigError: REDIS_URL is no address of a Redis, what answers there is none, or it refuses the password.
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
            await redis.ping()
        except AuthenticationError as error:
            raise ConfigError(f"REDIS_URL: the Redis at {_place(url)} refuses its name or password") from error
        except (RedisConnectionError, RedisTimeout, OSError, TimeoutError) as error:
            log.warning(
                "no Redis answers at %s; starting without it: until it answers, each worker knows only its own calls",
                _place(url),
                extra={"event": "redis.away_at_start", "error": type(error).__name__},
            )
        except RedisError as error:
            raise ConfigError(
                f"REDIS_URL: expected a Redis at {_place(url)}, but something else answers ({type(error).__name__})"
            ) from error


def _place(url: str) -> str:
    """Host and port without the password."""
    parts = urlsplit(url)
    return f"{parts.hostname or '?'}:{parts.port or 6379}"
