"""Claims, drafts included (SQL)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from backend.domain.records import ClaimRecord

__all__ = ["ClaimBook"]


class ClaimBook(Protocol):
    """Claims, drafts included (SQL)."""

    async def draft(self, call_id: str) -> ClaimRecord | None:
        """What this call has gathered so far."""
        ...

    async def save_fields(
        self, call_id: str, policy_id: str, fields: Mapping[str, Any], *, verified: bool = True
    ) -> ClaimRecord:
        """Merge ``fields`` into the call's draft, making it if need be. A filed claim is not changed.

        The draft of a caller who is verified only then becomes one of their policy.
        """
        ...

    async def file(self, call_id: str, number: str = "") -> ClaimRecord:
        """File the call's draft, under ``number`` where that is free. Asked again, gives the claim that was filed the
        first time.

        Raises:
            ClaimWaits: it will be filed, but nobody may be given a number yet.
        """
        ...

    async def get(self, claim_id: str) -> ClaimRecord | None:
        """One filed claim."""
        ...

    async def list(self, *, limit: int = 50, policy_id: str | None = None) -> Sequence[ClaimRecord]:
        """Filed claims, the newest first."""
        ...

    async def broken_off(self, policy_id: str, since: datetime) -> ClaimRecord | None:
        """The newest draft of a verified caller of this policy, changed after ``since``, whose call is over."""
        ...

    async def adopt(self, earlier_call: str, call_id: str) -> ClaimRecord | None:
        """Go on with the draft of an earlier call in this one; ``None`` when somebody else was quicker, when it has
        been filed, or when this call has a draft of its own."""
        ...

    async def discard(self, call_id: str) -> None:
        """Forget the call's draft: what it held has been put elsewhere. A filed claim stays."""
        ...

    async def add_note(self, claim_id: str, call_id: str, text: str) -> ClaimRecord | None:
        """Add what a caller says later to a filed claim; ``None`` when there is no such claim."""
        ...
