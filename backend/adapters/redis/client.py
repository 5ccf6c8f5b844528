"""The connection, with a limit on every command and its failures in our tree."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from backend.errors import SessionLost

__all__ = ["connect", "guarded"]

_T = TypeVar("_T")


def connect(url: str, timeout_s: float) -> "Redis":
    """A client that never waits longer than ``timeout_s`` for one command. Connects when first used.

    Raises:
        ValueError: the URL is not one of Redis.
    """
    return Redis.from_url(
        url,
        decode_responses=False,
        socket_timeout=timeout_s,
        socket_connect_timeout=timeout_s,
        health_check_interval=15,
        retry=Retry(NoBackoff(), 1),
        max_connections=50,
    )


async def guarded(command: Awaitable[Any]) -> Any:
    """Run one command.

    Raises:
        SessionLost: Redis cannot be reached or refused it.
    """
    try:
        return await command
    except (RedisError, OSError, TimeoutError) as error:
        raise SessionLost(f"redis: {type(error).__name__}") from error
