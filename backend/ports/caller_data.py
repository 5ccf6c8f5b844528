"""What is kept of callers for good, to be shown, forgotten, or deleted when its time is over (SQL)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.call import CallRecord
from backend.domain.caller_data import CallerData, Forgotten, Remains, Strays
from backend.domain.search import CallQuery

__all__ = ["CallerDataBook"]


class CallerDataBook(Protocol):
    """What is kept of callers for good, to be shown, forgotten, or deleted when its time is over (SQL)."""

    async def export(self, number: str, *, most: int | None = None) -> CallerData:
        """Everything that is kept of a number.

        Raises:
            ExportTooLarge: of more calls than ``most``.
        """
        ...

    async def forget(self, number: str, *, cases: bool = False) -> Forgotten:
        """Delete everything of a number, its filed cases only where ``cases`` says so.

        A case that is kept loses the number it came from. Done again it changes nothing.
        """
        ...

    async def saying(self, words: str, query: CallQuery, *, span: int) -> Sequence[CallRecord]:
        """Of the newest ``span`` calls that fit, those in which all these words were said, by whomever.

        They come with the turns that have any of them. Words are opened in a thread; numbers that are hidden are not
        found.
        """
        ...

    async def lines(self) -> Sequence[str]:
        """The lines that anything is kept of, whether the store still has them or not."""
        ...

    async def sweep(self, line: str, what: Remains, before: datetime, limit: int) -> int:
        """Delete what of a line is older than ``before``, ``limit`` of them at most; gives how many went.

        Any number of workers may do so at once.
        """
        ...

    async def sweep_strays(self, what: Strays, before: datetime, limit: int) -> int:
        """Likewise delete what is older than ``before`` and of a call that nothing is kept of, so that it is no line's.

        A case may be left so by a call that was never written down, or that an earlier version deleted.
        """
        ...
