"""Calls without an end in the lasting record, and which server processes live (SQL)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from backend.domain.call import CallOutcome, CallRecord

__all__ = ["OpenCalls"]


class OpenCalls(Protocol):
    """Calls without an end in the lasting record, and which server processes live (SQL).

    Every method raises ``Unavailable`` while the database is away.
    """

    async def beat(self, worker: str) -> None:
        """This worker lives."""
        ...

    async def leave(self, worker: str) -> None:
        """This worker goes; its calls are nobody's."""
        ...

    async def abandoned(self, silent: timedelta, nameless: timedelta) -> Sequence[CallRecord]:
        """Calls without an end whose worker has not been heard of for ``silent``.

        Calls of earlier versions of this server do not say whose they are; they count as abandoned when they began
        longer than ``nameless`` ago.
        """
        ...

    async def close(self, call_id: str, detail: str, outcome: CallOutcome = "failed") -> bool:
        """Note that a call is over, at the last moment that is known of it. False when it has an end."""
        ...
