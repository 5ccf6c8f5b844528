"""Every version of the agent store that was ever live (SQL)."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.revision import Revision

__all__ = ["Revisions"]


class Revisions(Protocol):
    """Every version of the agent store that was ever live (SQL)."""

    async def keep(self, revision: Revision) -> None:
        """Keep a version. One that is kept already stays as it is: the first time counts."""
        ...

    async def get(self, version: str) -> Revision | None:
        """One version, whole."""
        ...

    async def list(self, *, limit: int = 50) -> Sequence[Revision]:
        """Versions, the newest first, without their files."""
        ...
