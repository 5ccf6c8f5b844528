"""Every version of the agent store that was ever live (SQL)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from backend.domain.revision import Revision

__all__ = ["Revisions"]


class Revisions(Protocol):
    """Every version of the agent store that was ever live (SQL)."""

    async def keep(self, revision: Revision) -> None:
        """Keep a version. One that is kept already stays as it is: the first time counts."""
        ...

    async def went_live(self, version: str, at: datetime, actor: str, note: str = "") -> None:
        """A kept version went live: a draft becomes one that was live, and the last time is written down, with why."""
        ...

    async def last_live(self) -> Revision | None:
        """The version that went live last, whole."""
        ...

    async def get(self, version: str) -> Revision | None:
        """One version, whole; a draft, too."""
        ...

    async def last_text(self, *files: str) -> str | None:
        """What a file of the store held in the newest version that was live and had it; where none was, in a draft.

        Of several names, the one that this version has.
        """
        ...

    async def list(self, *, limit: int = 50) -> Sequence[Revision]:
        """Versions that were live, the newest first, without their files."""
        ...
