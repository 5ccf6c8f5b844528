"""The lasting record of calls (SQL)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from backend.domain.call import CallRecord, TurnRecord
from backend.domain.call_use import UseTotals
from backend.domain.search import EVERY_CALL, CallQuery, Totals

__all__ = ["CallRecords"]


class CallRecords(Protocol):
    """The lasting record of calls (SQL)."""

    async def started(self, call: CallRecord) -> None:
        """A call began, or more is known of it."""
        ...

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        """A turn is complete. Saving the same index again replaces it."""
        ...

    async def ended(self, call: CallRecord) -> None:
        """A call is over: outcome, end, detail, agents and case number are taken from ``call``."""
        ...

    async def get(self, call_id: str) -> CallRecord | None:
        """One call with its turns."""
        ...

    async def list(
        self,
        query: CallQuery = EVERY_CALL,
        *,
        limit: int = 50,
        before: datetime | None = None,
        before_id: str = "",
        without: Collection[str] = (),
    ) -> Sequence[CallRecord]:
        """Calls, the newest first, without their turns.

        Args:
            query: which ones.
            limit: so many at most.
            before: only those that began before then; with ``before_id`` also those of the same moment behind it.
            before_id: the call that stood last on the page before.
            without: ids of calls that are left out.
        """
        ...

    async def count(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> Totals:
        """How many there are of them, on all pages."""
        ...

    async def use(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> UseTotals:
        """What they took together, on all pages. Tests are left out, unless the query asks for them."""
        ...

    async def audit(self, *, call_id: str, actor: str, action: str, detail: Mapping[str, Any]) -> None:
        """Note an action for the auditors: a tool run, a verification, a changed agent."""
        ...
