"""Claims, drafts included (SQL)."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from backend.domain.records import ClaimRecord

__all__ = ["ClaimBook"]


class ClaimBook(Protocol):
    """Claims, drafts included (SQL)."""

    async def draft(self, call_id: str) -> ClaimRecord | None:
        """What this call has gathered so far."""
        ...

    async def save_fields(self, call_id: str, policy_id: str, fields: Mapping[str, Any]) -> ClaimRecord:
        """Merge ``fields`` into the call's draft, making it if need be. A filed claim is not changed."""
        ...

    async def file(self, call_id: str) -> ClaimRecord:
        """File the call's draft. Asked again, gives the claim that was filed the first time."""
        ...

    async def get(self, claim_id: str) -> ClaimRecord | None:
        """One filed claim."""
        ...

    async def list(self, *, limit: int = 50, policy_id: str | None = None) -> Sequence[ClaimRecord]:
        """Filed claims, the newest first."""
        ...
