"""The connection, with a limit on every command and its failures in our tree."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from backend.adapters.redis.by_entra import EntraSignIn, without_user
from backend.errors import SessionLost
from backend.ports import TokenSource

__all__ = ["connect", "guarded", "unbroken"]

_T = TypeVar("_T")


def connect(url: str, timeout_s: float, tokens: TokenSource | None = None) -> "Redis":
    """A client that never waits longer than ``timeout_s`` for one command. Connects when first used.

    Args:
        tokens: signs in as the user of the URL with these, in place of a password.

    Raises:
        ValueError: the URL is not one of Redis.
    """
    sign_in: EntraSignIn | None = None
    if tokens is not None:
        url, user = without_user(url)
        sign_in = EntraSignIn(user, tokens)
    return Redis.from_url(
        url,
        decode_responses=False,
        socket_timeout=timeout_s,
        socket_connect_timeout=timeout_s,
        health_check_interval=15,
        retry=Retry(NoBackoff(), 1),
        max_connections=50,
        credential_provider=sign_in,
    )


async def guarded(command: Awaitable[Any]) -> Any:
    """Run one command to its end. A cancellation waits for it, which has a limit of its own.

    redis-py 8 loses cancellations and leaks connections when it is cancelled in the middle of a command.

    Raises:
        SessionLost: Redis cannot be reached or refused it.
    """
    try:
        return await unbroken(command)
    except (RedisError, OSError, TimeoutError) as error:
        raise SessionLost(f"redis: {type(error).__name__}") from error


async def unbroken(operation: Awaitable[_T], on_cancel: Callable[[], Awaitable[None]] | None = None) -> _T:
    """Run something to its end, whoever is cancelled meanwhile. ``on_cancel`` brings that end nearer."""
    running = asyncio.ensure_future(operation)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        if on_cancel is not None:
            await on_cancel()
        await asyncio.gather(running, return_exceptions=True)
        raise
