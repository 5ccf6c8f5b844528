"""The live store: the version that new calls get, and the ways in which it becomes another."""

import asyncio
import logging
import re
from typing import Any

from backend.agents.agreement import Agreement
from backend.agents.edit import Edit, EditOutcome, applied, difference, spare, writes
from backend.agents.folder import StoreFolder
from backend.agents.release_gate import ReleaseGate
from backend.agents.releasing import Releasing
from backend.agents.seeding import Planted
from backend.agents.snapshots import Snapshots
from backend.agents.status import Note, Seen, StoreStatus, no_note, status_of
from backend.agents.store import AgentStore
from backend.agents.store_check import StoreCheck
from backend.agents.version_log import VersionLog
from backend.domain.tool import ToolNames
from backend.errors import EditConflict, NotInStore, RingmasterError, StoreError
from backend.ports import Revisions, VersionBoard

__all__ = ["LiveStore"]

log = logging.getLogger(__name__)

_TRIES = 5
_VERSION = re.compile(r"[0-9a-f]{1,64}")


class LiveStore:
    """One worker's live store. Only whole versions that passed the check become live, one after another.

    Args:
        folder: where the files are.
        tools: what agents may use.
        revisions: every version that was live is kept here.
        board: where workers agree which one is live.
        note: tells the auditors who put what live.
        planted: what became of the image's seed, where there is one.
        gate: says which versions may go live; ``None``: all that pass the check.
    """

    def __init__(
        self,
        folder: StoreFolder,
        tools: ToolNames,
        revisions: Revisions,
        board: VersionBoard,
        note: Note = no_note,
        planted: Planted | None = None,
        gate: ReleaseGate | None = None,
    ) -> None:
        self._folder = folder
        self._log, self._agreement = VersionLog(revisions, note), Agreement(board)
        self._planted = planted
        self._lock = asyncio.Lock()
        self.snapshots = Snapshots()
        self._seen = Seen()
        self._check = StoreCheck(tools, self._log)
        self._releasing = Releasing(gate, self._log, self._check)
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def store(self) -> AgentStore:
        """The version that new calls get. There is one once ``open`` has returned."""
        return self.snapshots.live

    def status(self) -> StoreStatus:
        """How it stands."""
        rejected, note = self._check.rejected, self._log.remark or self._folder.trouble
        return status_of(self.snapshots, self._planted, self._seen.version, rejected, note)

    async def open(self) -> AgentStore:
        """Find out what is live: what the workers agreed on, or what is on disk where that is new.

        Raises:
            StoreError: the store on disk does not pass the check, and there is no agreed version to go on with.
        """
        async with self._lock:
            files = await self._folder.load()
            self._seen, agreed = Seen.of(files), await self._agreement.known()
            try:
                disk = await self._check.build(files)
            except StoreError as error:
                if not await self._adopt(agreed):
                    raise
                self._check.reject("disk", error)
                return self.store
            # A version that was live before is an older copy of the store, not an edit of it.
            old = agreed not in {None, disk.version} and await self._log.was_live(disk.version)
            if old and await self._adopt(agreed):
                _tell_that_it_is_older(disk.version, agreed)
                return self.store
            before = await self._releasing.predecessor(agreed, disk)
            if before and await self._adopt(before) and not await self._releasing.allows(self.store, disk):
                return self.store
            actor = (self._planted and self._planted.actor) or "disk"
            self.snapshots.put(disk, actor)
            if not old:
                await self._settle(agreed, actor)
            return self.store

    async def visit(self) -> None:
        """Like ``open``, for somebody who only compares or goes back: nothing goes live by it. Raises the same."""
        async with self._lock:
            files = await self._folder.load()
            self._seen = Seen.of(files)
            if await self._adopt(await self._agreement.known()):
                return
            try:
                self.snapshots.put(await self._check.build(files), "disk")
            except StoreError as error:
                self._check.reject("disk", error)
                if not await self._adopt(await self._log.newest()):
                    raise

    async def look(self) -> None:
        """Take over what changed on disk, if it passes the check. Raises ``Unavailable``: not recorded; look again."""
        async with self._lock:
            await self._log.mark()
            await self._look()

    async def _look(self) -> None:
        files = await self._folder.load()
        seen = Seen.of(files)
        if seen == self._seen and not self._releasing.held:
            return
        self._seen = seen
        if not seen.unread and await self._is_known(seen.version):
            self._check.taken_back(seen.version)
            return
        try:
            disk = await self._check.build(files)
            if not await self._releasing.allows(self.store, disk):
                return
            await self._log.keep(disk, "disk", draft=False)
        except StoreError as error:
            self._check.reject("disk", error)
            return
        except RingmasterError:
            self._seen = Seen()
            raise
        previous = self.store.version
        self.snapshots.put(disk, "disk")
        self._check.rejected = None
        await self._settle(previous)

    async def _is_known(self, version: str) -> bool:
        """Is it live here, or with the other workers that write to the same disk?"""
        if version == self.store.version:
            return True
        return version == await self._agreement.known() and await self._adopt(version)

    async def require_release(self, after: AgentStore, edit: Edit) -> None:
        """Let a version be given to callers, as ``edit`` would. Raises ``NotRehearsed``, ``Unavailable``."""
        await self._releasing.require(self.store, after, edit)

    async def _settle(self, previous: str | None, actor: str = "disk") -> None:
        """Record what came from disk and have the others follow; without Redis the worker goes on by itself."""
        version = self.store.version
        await self._log.keep(self.store, actor, draft=False)
        if await self._agreement.announce(previous, version) and previous != version:
            await self._log.tell(actor, version, previous or "")

    async def follow(self, agreed: str | None) -> None:
        """Take over what the workers agreed on; where the board forgot it or missed ours, say it again.

        Raises ``SessionLost``, ``Unavailable``: follow again."""
        async with self._lock:
            await self._log.mark()
            # It may have been read before an edit of ours, which had the lock.
            await self._follow(agreed if agreed == self.store.version else await self._agreement.current())

    async def _follow(self, agreed: str | None) -> None:
        version = self.store.version
        if await self._agreement.take_back(agreed):
            return
        if agreed == version:
            self._agreement.stands()
        elif self._agreement.missed(agreed):
            await self._agreement.say_again(agreed, version)
        elif await self._adopt(agreed):
            self._agreement.stands()

    async def _adopt(self, version: str | None) -> bool:
        """Make a version from the records live here."""
        if version is None or self._check.refused(version):
            return False
        kept = await self._log.agreed(version)
        if kept is None:
            return False
        try:
            store = await self._check.build(self._folder.files_of(kept.files))
        except StoreError as error:
            self._check.reject(kept.version, error)
            return False
        self._check.passed_again()
        self.snapshots.put(store, kept.actor)
        if kept.draft:  # whoever wrote it down died before saying that it is live
            await self._log.went_live(kept.version, kept.actor)
        return True

    async def edit(self, edit: Edit, *, check: bool = False) -> EditOutcome:
        """Make an edit, whole or not at all; with ``check`` only say what it would do.

        Raises:
            StoreError: the store would not pass the check.
            EditRefused: it does not fit the store as it is by now.
            SessionLost, Unavailable: the other workers or the records cannot be reached.
        """
        task = asyncio.create_task(self._edit(edit, check), name="edit-store")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)  # an editor who hangs up leaves no half-made edit

    async def rollback(self, version: str, actor: str, *, note: str = "", check: bool = False) -> EditOutcome:
        """Make an earlier version live again, also over an edit on disk that was refused. Raises like ``edit``."""
        kept = await self._log.get(version) if _VERSION.fullmatch(version) else None
        if kept is None or kept.draft:
            raise NotInStore(f"no version {version[:64]!r} in the list of versions")
        return await self.edit(Edit(dict(kept.files), actor, note=note, whole=True), check=check)

    async def _edit(self, edit: Edit, check: bool) -> EditOutcome:
        async with self._lock:
            for _ in range(_TRIES):
                if not edit.whole:
                    await self._look()
                await self._follow(await self._agreement.current())
                outcome = await self._prepare(edit)
                if not check and outcome.changed:
                    await self.require_release(outcome.store, edit)
                if check or (not outcome.changed and not edit.whole) or await self._commit(edit, outcome):
                    return outcome
        raise EditConflict("the store is being changed by others; try again")

    async def _prepare(self, edit: Edit) -> EditOutcome:
        before = self.store
        edit.guard(before)
        if self._check.edit_waits:
            spare(edit, self._seen.contents, before.files)
        after, store = applied(edit, before.files), before
        if after != before.files:
            store = await self._check.build(self._folder.files_of(after))
        changed, diff = await asyncio.to_thread(difference, before.files, after)
        return EditOutcome(store, before.version, changed, diff)

    async def _commit(self, edit: Edit, outcome: EditOutcome) -> bool:
        """Write, record, agree, swap. False when somebody else was quicker.

        The disk comes first: nobody is told of a version that cannot be written.
        """
        async with self._folder.alone():
            disk = await asyncio.to_thread(lambda: Seen.of(self._folder.read()))
            if disk != self._seen and not edit.whole:
                return False
            changes = writes(edit, disk.contents, outcome.store.files, spared=self._check.edit_waits)
            async with self._folder.writing(changes) as settle:
                if not await self._agree(edit, outcome):
                    return False
                try:
                    await settle()
                except OSError:
                    self._agreement.doubt(outcome.previous, outcome.store.version)
                    await self._agreement.take_back(outcome.store.version)
                    raise
        self._seen = disk.after(changes)
        self._check.rejected = None if edit.whole else self._check.rejected
        self.snapshots.put(outcome.store, edit.actor)
        await self._log.went_live(outcome.store.version, edit.actor, outcome.previous, edit.note)
        return True

    async def _agree(self, edit: Edit, outcome: EditOutcome) -> bool:
        """Have all workers go to the new version; it is in the records, as a draft, before anybody looks it up."""
        await self._log.keep(outcome.store, edit.actor)
        return await self._agreement.move(outcome.previous, outcome.store.version)

    async def close(self) -> None:
        """Let edits under way end."""
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _tell_that_it_is_older(disk: str, live: str | None) -> None:
    log.warning(
        "agent store on disk is older than the live version",
        extra={"event": "store.disk_is_older", "disk": disk, "live": live},
    )
