"""The book of business, read only."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.records import Policyholder

__all__ = ["PolicyBook"]


class PolicyBook(Protocol):
    """The book of business, read only."""

    async def get(self, policy_id: str) -> Policyholder | None:
        """One policy."""
        ...

    async def all(self) -> Sequence[Policyholder]:
        """Every policy, for verification that tolerates misheard names."""
        ...
