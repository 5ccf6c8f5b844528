"""A share of new calls gets another version than the live one, agreed by all workers; the rest get the live one."""

import asyncio
import logging
from datetime import UTC, datetime

from backend.agents.live import LiveStore
from backend.agents.store import AgentStore
from backend.agents.tried import TriedVersions
from backend.domain.share import Share
from backend.errors import EditConflict, EditRefused, RingmasterError, SessionLost
from backend.ports import ShareBoard

__all__ = ["Sharing"]

log = logging.getLogger(__name__)


class Sharing:
    """Gives each new call its version: by a draw of the call's id, the same at every worker.

    In doubt it is the live one: while nobody can be asked what is agreed on, when the version of the share cannot be
    used here, and when another version has gone live since the share began. ``note`` then says so.

    Args:
        live: the live version.
        tried: makes the other one ready.
        board: where workers agree.
    """

    def __init__(self, live: LiveStore, tried: TriedVersions, board: ShareBoard) -> None:
        self._live, self._tried, self._board = live, tried, board
        self._share: Share | None = None
        self._store: AgentStore | None = None
        self._lock = asyncio.Lock()
        self.note = ""
        """One sentence on why every call gets the live version although a share is agreed on; else empty."""

    def store_for(self, call_id: str) -> AgentStore:
        """What a new call begins with."""
        live, share, store = self._live.store, self.active, self._store
        return store if share is not None and store is not None and share.draws(call_id) else live

    def get(self, version: str) -> AgentStore | None:
        """The version of the share, for calls that go from worker to worker."""
        return self._store if self._store is not None and self._store.version == version else None

    @property
    def share(self) -> Share | None:
        """What is agreed on, as far as this worker knows."""
        return self._share

    @property
    def active(self) -> Share | None:
        """The share that new calls are drawn for here, now."""
        share = self._share
        usable = share is not None and not self.note and share.base == self._live.store.version
        return share if usable else None

    async def follow(self) -> None:
        """Take over what the workers agreed on; whatever fails, calls get the live version."""
        async with self._lock:
            await self._follow()

    async def _follow(self) -> None:
        try:
            agreed = await self._board.share()
        except SessionLost:
            if self._share is not None:
                self._doubt("the other workers cannot be asked whether the share goes on")
            return
        if agreed != self._share or (agreed is not None and self.note):
            await self._take(agreed)
        if agreed is not None and agreed.base != self._live.store.version:
            await self._void(agreed)

    async def _take(self, agreed: Share | None) -> None:
        before, self._share = self._share, agreed
        if agreed is None:
            self._store, self.note = None, ""
            if before is not None:
                log.info("the share of calls is over", extra={"event": "share.over", "version": before.version})
            return
        try:
            self._store = await self._tried.prepare(agreed.version)
        except RingmasterError as error:
            self._store = None
            self._doubt(f"this worker cannot use version {agreed.version}: {error.code}")
            return
        if before != agreed or self.note:
            told = {"version": agreed.version, "percent": agreed.percent, "actor": agreed.actor}
            log.info("a share of new calls gets another version", extra={"event": "share.began", **told})
        self.note = ""

    def _doubt(self, why: str) -> None:
        if why != self.note:
            log.warning("every call gets the live version for now", extra={"event": "share.in_doubt", "why": why})
        self.note = why

    async def _void(self, share: Share) -> None:
        """Another version has gone live, so there is nothing to compare with any more."""
        try:
            agreed = await self._board.current()
            await self._live.follow(agreed)
            if agreed in {None, share.base}:
                self._doubt("this worker has another live version than the one that the share began beside")
                return
            if not await self._board.put_share(share, None):
                return
        except SessionLost:
            self._doubt("another version is live since the share began")
            return
        log.warning(
            "the share of calls is over because another version went live",
            extra={"event": "share.void", "version": share.version, "live": self._live.store.version},
        )
        await self._take(None)

    async def begin(self, version: str, percent: int, actor: str, note: str = "") -> Share:
        """Have a share of new calls get a version, in the place of a share that there was.

        Raises:
            EditRefused: the version is live, or the percentage is none.
            EditConflict: somebody else was quicker.
            NotInStore, StoreError: the version cannot be used.
            SessionLost: the other workers cannot be told.
        """
        if not 1 <= percent <= 99:
            raise EditRefused(f"a share is 1 to 99 percent of new calls, got {percent}; without it all calls get it")
        store = await self._tried.prepare(version)
        async with self._lock:
            await self._follow()
            live = self._live.store.version
            if version == live:
                raise EditRefused(f"{version} is live: every call gets it already")
            share = Share(version, live, percent, actor, datetime.now(UTC), note)
            before = self._share
            if before is not None and (before.version, before.base) == (version, live):
                share = Share(version, live, percent, actor, before.since, note or before.note)
            if not await self._board.put_share(before, share):
                raise EditConflict("somebody else has changed the share of calls in the meantime; look again")
            self._store = store
            await self._take(share)
            return share

    async def end(self) -> Share | None:
        """Take the share back: every new call gets the live version; calls under way keep theirs. Gives what it was.

        Raises:
            EditConflict: somebody else was quicker.
            SessionLost: the other workers cannot be told.
        """
        async with self._lock:
            agreed = await self._board.share()
            if agreed is not None and not await self._board.put_share(agreed, None):
                raise EditConflict("somebody else has changed the share of calls in the meantime; look again")
            await self._take(None)
            return agreed
