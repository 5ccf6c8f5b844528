"""Recognition and the voice are each ready before a caller is: an access token, and connections that are open."""

import asyncio
import logging
from collections.abc import Hashable, Iterable
from typing import TypeVar

from azure.core.exceptions import AzureError

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.cancellation import PROVIDER
from backend.adapters.speech.pool import Pooled, WarmPool
from backend.adapters.speech.threads import SdkThreads

__all__ = ["keep_ready", "warm_up"]

log = logging.getLogger(__name__)

_START_S = 5.0

_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T", bound=Pooled)


async def warm_up(access: SpeechAccess, threads: SdkThreads, pool: WarmPool[_K, _T], kinds: Iterable[_K]) -> None:
    """Sign in and begin to keep connections of these kinds open.

    Waits 5 s at most for each of the two; a service that is down then does not keep the server from starting,
    only from being ready.
    """
    try:
        async with asyncio.timeout(_START_S):
            await threads.call(access.sign_in)
    except (AzureError, TimeoutError) as error:
        log.warning(
            "no access token for the speech service yet; trying again",
            extra={"event": "speech.no_token", "reason": type(error).__name__},
        )
    pool.start()
    await keep_ready(pool, kinds)


async def keep_ready(pool: WarmPool[_K, _T], kinds: Iterable[_K]) -> None:
    """Have connections of these kinds open from now on; waits 5 s at most for the first ones."""
    for kind in kinds:
        pool.keep_warm(kind)
    if not await pool.full(_START_S):
        log.warning(
            "speech connections are not all open yet",
            extra={"event": "speech.not_warm", "provider": PROVIDER, "pool": pool.name},
        )
