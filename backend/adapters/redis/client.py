"""The connection, with a limit on every command and its failures in our tree."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from redis.exceptions import RedisError

from backend.adapters.redis.address import RedisAddress
from backend.adapters.redis.by_entra import EntraSignIn, without_user
from backend.adapters.redis.link import RedisLink
from backend.errors import SessionLost
from backend.ports import TokenSource

__all__ = ["connect", "guarded", "unbroken"]

_T = TypeVar("_T")


def connect(url: str, timeout_s: float, tokens: TokenSource | None = None) -> RedisLink:
    """The way to the Redis or the cluster at an address. Connects when first used.

    Args:
        url: ``redis://`` or ``rediss://``; ``?cluster=true`` says that it is a cluster, else the server is asked.
        timeout_s: limit on one command.
        tokens: signs in as the user of the URL with these, in place of a password.

    Raises:
        ValueError: the URL is not one of Redis.
    """
    address = RedisAddress.read(url)
    if tokens is None:
        return RedisLink(address, timeout_s)
    plain, user = without_user(address.url)
    return RedisLink(replace(address, url=plain), timeout_s, EntraSignIn(user, tokens))


async def guarded(command: Awaitable[Any], on_cancel: Callable[[], Awaitable[None]] | None = None) -> Any:
    """Run one command to its end. A cancellation waits for it, which has a limit of its own.

    redis-py 8 loses cancellations and leaks connections when it is cancelled in the middle of a command.

    Raises:
        SessionLost: Redis cannot be reached or refused it.
    """
    try:
        return await unbroken(command, on_cancel)
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
