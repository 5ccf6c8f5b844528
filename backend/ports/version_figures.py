"""How calls went, by the version of the agent store that they had (SQL)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.share import VersionFigures

__all__ = ["VersionFigureBook"]


class VersionFigureBook(Protocol):
    """How calls went, by the version of the agent store that they had (SQL)."""

    async def figures(
        self, versions: Sequence[str], since: datetime, lines: Collection[str] | None = None
    ) -> Mapping[str, VersionFigures]:
        """Of real calls that began since a moment; every version asked for is there.

        Args:
            versions: which.
            since: from when on.
            lines: only calls of these; ``None``: of all.

        Raises:
            Unavailable: they cannot be had now.
        """
        ...
