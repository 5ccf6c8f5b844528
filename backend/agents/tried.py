"""Versions of the store that somebody tries: past ones, and drafts that were never live."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime

from backend.agents.edit import Edit, EditOutcome, applied
from backend.agents.live import LiveStore
from backend.agents.store import AgentStore
from backend.domain.revision import Revision
from backend.errors import NotInStore
from backend.ports import Revisions

__all__ = ["TriedVersions"]

_VERSION = re.compile(r"[0-9a-f]{1,64}")
_KEPT = 16


class TriedVersions:
    """Makes a version ready for a call without putting it live.

    Args:
        live: the live store; what it has at hand is not made again.
        revisions: where versions and drafts are kept, for all workers.
    """

    def __init__(self, live: LiveStore, revisions: Revisions) -> None:
        self._live = live
        self._revisions = revisions
        self._ready: OrderedDict[str, AgentStore] = OrderedDict()

    def get(self, version: str) -> AgentStore | None:
        """A version that is ready: one that was live not long ago, or that was tried here."""
        return self._live.snapshots.get(version) or self._ready.get(version)

    async def keep(self, edit: Edit, actor: str) -> AgentStore:
        """Keep what an edit would make of the store as a draft; nothing goes live.

        Raises:
            StoreError: it would not pass the check.
            EditRefused: it does not fit the store as it is by now.
            Unavailable: it cannot be kept.
        """
        store = (await self._live.edit(edit, check=True)).store
        await self._revisions.keep(Revision(store.version, datetime.now(UTC), actor, store.files, draft=True))
        self._put(store)
        return store

    async def check(self, base: str, changes: Mapping[str, str | None], actor: str) -> EditOutcome:
        """What these changes of a version would make of the store; nothing is kept.

        Raises:
            StoreError: it would not pass the check.
            NotInStore: there is no version of that name.
        """
        files = await self._files_of(base)
        after = applied(Edit(changes, actor), files)
        return await self._live.edit(Edit(after, actor, whole=True), check=True)

    async def _files_of(self, version: str) -> Mapping[str, str]:
        if (ready := self.get(version)) is not None:
            return ready.files
        kept = await self._revisions.get(version) if _VERSION.fullmatch(version) else None
        if kept is None:
            raise NotInStore(f"no version {version[:64]!r} of the agent store, live, past or draft")
        return kept.files

    async def prepare(self, version: str) -> AgentStore:
        """Have a version ready, whether it was live or is a draft.

        Raises:
            NotInStore: there is none of that name.
            StoreError: it would not pass the check of today.
        """
        if (ready := self.get(version)) is not None:
            return ready
        files = await self._files_of(version)
        store = (await self._live.edit(Edit(files, "", whole=True), check=True)).store
        self._put(store)
        return store

    def _put(self, store: AgentStore) -> None:
        self._ready[store.version] = store
        self._ready.move_to_end(store.version)
        if len(self._ready) > _KEPT:
            self._ready.popitem(last=False)
