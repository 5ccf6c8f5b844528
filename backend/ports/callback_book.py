"""Wishes to be called back (SQL)."""

from collections.abc import Collection, Sequence
from typing import Protocol

from backend.domain.callback import CallbackWish, WishState

__all__ = ["CallbackBook"]


class CallbackBook(Protocol):
    """Wishes to be called back (SQL)."""

    async def keep(self, wish: CallbackWish) -> None:
        """Keep it for good, before the caller is told so. A call has one wish: the last replaces the ones before, and
        what people did about those stands."""
        ...

    async def get(self, call_id: str) -> CallbackWish | None:
        """The wish of one call."""
        ...

    async def step(
        self, call_id: str, revision: int, state: WishState, who: str, placed: str = ""
    ) -> CallbackWish | None:
        """Note that somebody did something about a wish; gives it as it stands then, or ``None`` where there is none.

        Args:
            call_id: the call of the wish.
            revision: how many steps there were when they saw it.
            state: how it stands from now on.
            who: they, as the audit names them.
            placed: id of the call that they had placed.

        Raises:
            CaseConflict: somebody else was faster.
        """
        ...

    async def begin(self, number: str, placed: str) -> bool:
        """A number is being called back from now on, until that call is over.

        Args:
            number: which.
            placed: id of the call that is about to be placed.

        Returns:
            ``False``: somebody has it called back already, at whichever worker.

        Raises:
            Unavailable: not now.
        """
        ...

    async def give_up(self, number: str, placed: str) -> None:
        """The call did not come about: the number may be called back again. Raises like ``begin``."""
        ...

    async def list(
        self,
        *,
        limit: int = 50,
        line: str | None = None,
        test: bool | None = None,
        state: WishState | None = None,
        before: str = "",
        lines: Collection[str] | None = None,
    ) -> Sequence[CallbackWish]:
        """The newest first.

        Args:
            limit: so many at most.
            line: only those of this line.
            test: only those of tests, or only those of none.
            state: only those that stand so.
            before: call of the last one seen.
            lines: only those of these lines; ``None`` for all.
        """
        ...
