"""Whose call is whose among the workers, and how to reach the others (Redis)."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from backend.domain.exchange import Beat, CallRoute, Reply, Request, WorkerLoad

__all__ = ["Exchange"]


class Exchange(Protocol):
    """Whose call is whose among the workers, and how to reach the others (Redis).

    Every method raises ``SessionLost`` while Redis cannot be reached; calls go on without it.
    """

    worker: str
    """Name of this worker, unique among all."""

    async def claim(self, key: str) -> bool:
        """Is it this worker that answers a ringing call? Events come more than once, to more than one worker."""
        ...

    async def settle(self, key: str, *, answered: bool) -> None:
        """A claimed ring was answered, or was not and another may try."""
        ...

    async def own(self, ring: CallRoute, *, after: str = "") -> None:
        """Become the owner of a call that is nobody's, or that of ``after``, who is gone or gives it up.

        Raises:
            LeaseLost: it belongs to another worker.
        """
        ...

    async def note(self, ring: CallRoute) -> None:
        """Write what is known of a call."""
        ...

    async def find(self, token: str) -> CallRoute | None:
        """What a call is, and whose it is or was."""
        ...

    async def owner(self, call_id: str) -> str | None:
        """The worker that owns a call now."""
        ...

    def let_go(self, token: str) -> None:
        """Another worker takes this call over."""
        ...

    async def forget(self, ring: CallRoute) -> None:
        """A call is over."""
        ...

    async def ask(self, worker: str, request: Request, limit_s: float = 2.0) -> Reply | None:
        """Have another worker do something; ``None`` when it is gone or does not answer."""
        ...

    async def listen(self, handle: Callable[[Request], Awaitable[Reply]]) -> None:
        """Answer what others ask, until cancelled."""
        ...

    async def listening(self, limit_s: float) -> bool:
        """Wait until others can reach this worker; false when Redis is not there in time."""
        ...

    async def leave(self) -> None:
        """This worker goes away."""
        ...

    async def beat(self, load: WorkerLoad) -> Beat:
        """Say that this worker lives, renew its leases, and learn what has become of the others."""
        ...
