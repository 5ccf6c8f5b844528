"""Counts failed tries at who somebody is, over calls and workers."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.tries import Counted

__all__ = ["TryLedger"]


class TryLedger(Protocol):
    """Counts failed tries at who somebody is, over calls and workers.

    A try is counted before it is judged and given back when it succeeds, so that many calls at once have no more
    tries than one after the other. Nothing is raised: where the shared count cannot be reached, the worker's own holds.
    """

    async def take(self, subjects: Sequence[Counted]) -> str | None:
        """Count one try against each subject, all or none: a ticket, or ``None`` when one of them had its last."""
        ...

    async def give_back(self, subjects: Sequence[Counted], ticket: str) -> None:
        """Take that try off the count again."""
        ...

    async def forget(self, subject: Counted) -> None:
        """Forget all tries against one subject. Of what cannot be reached it expires by itself."""
        ...

    async def spent(self, subjects: Sequence[Counted]) -> bool:
        """Has any of them had its last try? Counts nothing."""
        ...
