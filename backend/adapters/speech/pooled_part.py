"""What recognition and the voice share: a pool of connections, threads of the SDK, and how they begin and end."""

from collections.abc import Hashable, Iterable
from typing import Any, Generic, TypeVar

from backend.adapters.speech.access import SpeechAccess
from backend.adapters.speech.pool import Pooled, WarmPool
from backend.adapters.speech.threads import CLOSE_S, SdkThreads
from backend.adapters.speech.warm_up import warm_up

__all__ = ["PooledPart"]

_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T", bound=Pooled)


class PooledPart(Generic[_K, _T]):
    """Half of a ``SpeechProvider``; whoever inherits it makes the pool.

    Args:
        access: where the service is and as whom we speak to it; both parts may share it.
    """

    pool: WarmPool[_K, _T]

    def __init__(self, access: SpeechAccess) -> None:
        self._access = access
        self._threads = SdkThreads()

    async def _begin(self, kinds: Iterable[_K]) -> None:
        """Keep connections of these kinds open; waits 10 s at most, and raises nothing where the service is down."""
        await warm_up(self._access, self._threads, self.pool, kinds)

    def ping(self) -> None:
        """Can a caller be served? From what is known; nobody is called.

        Raises:
            ProviderError: nothing is connected, and the last attempt failed so.
        """
        self.pool.ping()

    def stats(self) -> dict[str, Any]:
        """Figures of the pool, and how many connections are being let go of."""
        return {**self.pool.stats(), "closing": self._threads.cleaning}

    async def close(self) -> None:
        """Let go of everything; waits 12 s at most for the SDK's objects to end."""
        await self.pool.close()
        await self._threads.close(CLOSE_S)
