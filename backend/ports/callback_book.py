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

    async def list(self, *, limit: int = 50, line: str | None = None) -> Sequence[CallbackWish]:
        """The newest first."""
        ...
