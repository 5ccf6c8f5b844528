"""What calls have cost of late."""

from typing import Protocol

__all__ = ["Spending"]


class Spending(Protocol):
    """Sums what calls cost, over all workers. Nothing is raised: where the shared sum is away, this worker's holds."""

    async def add(self, amount: float) -> None:
        """So much was spent now."""
        ...

    async def total(self) -> float:
        """What was spent within the last 24 hours, counted in whole hours."""
        ...
