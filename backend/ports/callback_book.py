"""Wishes to be called back (SQL)."""

from collections.abc import Sequence
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
        self, *, limit: int = 50, line: str | None = None, test: bool | None = None, before: str = ""
    ) -> Sequence[CallbackWish]:
        """The newest first; ``before`` is the call of the last one seen, ``test`` what its calls are to be."""
        ...
