"""Wishes to be called back (SQL)."""

from collections.abc import Collection, Sequence
from typing import Protocol

from backend.domain.callback import CallbackWish

__all__ = ["CallbackBook"]


class CallbackBook(Protocol):
    """Wishes to be called back (SQL)."""

    async def keep(self, wish: CallbackWish) -> None:
        """Keep it for good, before the caller is told so. A call has one wish: the last replaces the ones before."""
        ...

    async def get(self, call_id: str) -> CallbackWish | None:
        """The wish of one call."""
        ...

    async def list(
        self,
        *,
        limit: int = 50,
        line: str | None = None,
        test: bool | None = None,
        before: str = "",
        lines: Collection[str] | None = None,
    ) -> Sequence[CallbackWish]:
        """The newest first.

        Args:
            limit: so many at most.
            line: only those of this line.
            test: only those of tests, or only those of none.
            before: call of the last one seen.
            lines: only those of these lines; ``None`` for all.
        """
        ...
