"""The lasting record of calls (SQL)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from backend.domain.call import CallRecord, TurnRecord

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
        """A call is over: outcome, end, detail, agents and claim are taken from ``call``."""
        ...

    async def get(self, call_id: str) -> CallRecord | None:
        """One call with its turns."""
        ...

    async def list(self, *, limit: int = 50, before: datetime | None = None) -> Sequence[CallRecord]:
        """Calls, the newest first, without their turns."""
        ...

    async def audit(self, *, call_id: str, actor: str, action: str, detail: Mapping[str, Any]) -> None:
        """Note an action for the auditors: a tool run, a verification, a changed agent."""
        ...
