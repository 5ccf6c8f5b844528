"""The record of a live store: every version that was live, when, and by whom."""

import logging
from collections import deque
from datetime import UTC, datetime

from backend.agents.status import Note
from backend.agents.store import AgentStore
from backend.domain.revision import Revision
from backend.errors import RingmasterError
from backend.ports import Revisions

__all__ = ["VersionLog"]

log = logging.getLogger(__name__)


class VersionLog:
    """Writes versions down, those that went live as soon as that can be done.

    Args:
        revisions: every version that was live is kept here.
        note: tells the auditors who put what live.
    """

    def __init__(self, revisions: Revisions, note: Note) -> None:
        self._revisions, self._note = revisions, note
        self._unmarked: deque[tuple[str, datetime, str, str, str]] = deque()
        """Versions that went live and are not recorded as such yet: version, when, by whom, the one before, why."""
        self.remark = ""
        """One sentence where the workers agreed on what is not in the record; else empty."""

    async def get(self, version: str) -> Revision | None:
        """A version with its files, whether it was live or is a draft."""
        return await self._revisions.get(version)

    async def agreed(self, version: str) -> Revision | None:
        """What the workers agreed on; ``None``, told once, where it is not in the record."""
        kept = await self._revisions.get(version)
        remark = "" if kept else f"the workers agreed on {version}, which is not in the records"
        if remark and remark != self.remark:
            log.error(
                "the store version that workers agreed on is not in the database",
                extra={"event": "store.version_missing", "version": version},
            )
        self.remark = remark
        return kept

    async def newest(self) -> str | None:
        """The version that was recorded last."""
        found = await self._revisions.list(limit=1)
        return found[0].version if found else None

    async def last_live(self) -> str | None:
        """The version that went live last."""
        found = await self._revisions.last_live()
        return found.version if found else None

    async def was_live(self, version: str) -> bool:
        """Was this very version live before?"""
        kept = await self._revisions.get(version)
        return kept is not None and not kept.draft

    async def keep(self, store: AgentStore, actor: str, *, draft: bool = True) -> None:
        """Write a version down; not a draft, it is the live one.

        Raises:
            Unavailable: it cannot be written now.
        """
        now = datetime.now(UTC)
        await self._revisions.keep(Revision(store.version, now, actor, store.files, draft))
        last = None if draft else await self._revisions.last_live()
        if not draft and (last is None or last.version != store.version):
            await self._revisions.went_live(store.version, now, actor)

    async def tell(self, actor: str, version: str, previous: str, why: str = "") -> None:
        """Tell the auditors that one took the place of another."""
        told = {"version": version, "previous": previous} | ({"note": why} if why else {})
        await self._note(actor, "store.live", told)

    async def went_live(self, version: str, actor: str, previous: str = "", why: str = "") -> None:
        """A version that is written down as a draft is live. It is so whether or not that can be recorded just now."""
        self._unmarked.append((version, datetime.now(UTC), actor, previous, why))
        await self.mark()

    async def mark(self) -> None:
        """Record what went live and is not recorded yet."""
        try:
            while self._unmarked:
                version, at, actor, previous, why = self._unmarked[0]
                await self._revisions.went_live(version, at, actor, why)
                if previous:
                    await self.tell(actor, version, previous, why)
                self._unmarked.popleft()
        except RingmasterError as error:
            log.warning(
                "the live store version is not yet written to the database",
                extra={"event": "store.unrecorded", "code": error.code},
            )
