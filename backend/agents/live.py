"""The live store: the version that new calls get, and the ways in which it becomes another."""

import asyncio
import logging
import re
from collections import deque
from datetime import UTC, datetime
from typing import Any

from backend.agents.edit import Edit, EditOutcome, applied, difference, spare, writes
from backend.agents.files import StoreFiles, version_of
from backend.agents.folder import StoreFolder
from backend.agents.problem import Problem
from backend.agents.seeding import Planted
from backend.agents.snapshots import Snapshots
from backend.agents.status import Note, Rejected, Seen, StoreStatus, no_note
from backend.agents.store import AgentStore, build_store
from backend.domain.revision import Revision
from backend.domain.tool import ToolNames
from backend.errors import EditConflict, NotInStore, RingmasterError, SessionLost, StoreError
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
    """

    def __init__(
        self,
        folder: StoreFolder,
        tools: ToolNames,
        revisions: Revisions,
        board: VersionBoard,
        note: Note = no_note,
        planted: Planted | None = None,
    ) -> None:
        self._folder, self._tools = folder, tools
        self._revisions, self._board, self._note = revisions, board, note
        self._planted = planted
        self._lock = asyncio.Lock()
        self.snapshots = Snapshots()
        self._seen = Seen()
        self._rejected: Rejected | None = None
        self._remark = ""
        self._alone_since: str | None = None
        self._doubtful: tuple[str, str] | None = None
        """A version that was refused, and the one before it: the others may have been told of it all the same."""
        self._unmarked: deque[tuple[str, datetime, str, str]] = deque()
        """Versions that went live and are not recorded as such yet: version, when, by whom, the one before."""
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def store(self) -> AgentStore:
        """The version that new calls get. There is one once ``open`` has returned."""
        return self.snapshots.live

    def status(self) -> StoreStatus:
        """How it stands."""
        now, warnings = self.snapshots, self.store.warnings
        return StoreStatus(
            version=now.live.version,
            since=now.since,
            actor=now.actor,
            disk=self._seen.version,
            rejected=self._rejected,
            note=self._remark or self._folder.trouble,
            warnings=tuple(str(warning) for warning in warnings),
            outdated=any(warning.outdated for warning in warnings),
            seed=self._seed_waits(),
        )

    def _seed_waits(self) -> str:
        waits = self._planted is not None and self._planted.version != self.store.version
        return self._planted.waits if self._planted is not None and waits else ""

    async def open(self) -> AgentStore:
        """Find out what is live: what the workers agreed on, or what is on disk where that is new.

        Raises:
            StoreError: the store on disk does not pass the check, and there is no agreed version to go on with.
        """
        async with self._lock:
            files = await self._folder.load()
            self._seen, agreed = Seen.of(files), await self._agreed()
            try:
                disk = await self._build(files)
            except StoreError as error:
                if not await self._adopt(agreed):
                    raise
                self._reject("disk", error)
                return self.store
            # A version that was live before is an older copy of the store, not an edit of it.
            old = agreed not in {None, disk.version} and await self._was_live(disk.version)
            if old and await self._adopt(agreed):
                log.warning(
                    "agent store on disk is older than the live version",
                    extra={"event": "store.disk_is_older", "disk": disk.version, "live": agreed},
                )
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
            if await self._adopt(await self._agreed()):
                return
            try:
                self.snapshots.put(await self._build(files), "disk")
            except StoreError as error:
                self._reject("disk", error)
                newest = await self._revisions.list(limit=1)
                if not newest or not await self._adopt(newest[0].version):
                    raise

    async def _agreed(self) -> str | None:
        try:
            return await self._board.current()
        except SessionLost as error:
            log.warning(
                "workers cannot agree on a store version", extra={"event": "store.not_agreed", "code": error.code}
            )
            return None

    async def look(self) -> None:
        """Take over what has changed on disk since the last look, if it passes the check.

        Raises:
            Unavailable: the version could not be recorded; look again.
        """
        async with self._lock:
            await self._mark()
            await self._look()

    async def _look(self) -> None:
        files = await self._folder.load()
        seen = Seen.of(files)
        if seen == self._seen:
            return
        self._seen = seen
        if not seen.unread and await self._is_known(seen.version):
            self._rejected = None
            return
        try:
            disk = await self._build(files)
            await self._keep(disk, "disk", draft=False)
        except StoreError as error:
            self._reject("disk", error)
            return
        except RingmasterError:
            self._seen = Seen()
            raise
        previous = self.store.version
        self.snapshots.put(disk, "disk")
        self._rejected = None
        await self._settle(previous)

    async def _is_known(self, version: str) -> bool:
        """Is it live here, or with the other workers that write to the same disk?"""
        if version == self.store.version:
            return True
        return version == await self._agreed() and await self._adopt(version)

    async def _settle(self, previous: str | None, actor: str = "disk") -> None:
        """Record what came from disk and have the others follow; without Redis the worker goes on by itself."""
        version = self.store.version
        await self._keep(self.store, actor, draft=False)
        try:
            moved = await self._board.move(expected=previous, to=version)
            if not moved:  # what is on disk is the newest that anybody wrote
                moved = await self._board.move(expected=await self._board.current(), to=version)
            self._alone_since = None
        except SessionLost as error:
            self._alone_since = previous
            log.warning(
                "other workers were not told of a store version", extra={"event": "store.not_told", "code": error.code}
            )
            return
        if previous != version:
            await self._note(actor, "store.live", {"version": version, "previous": previous or ""})

    async def follow(self, agreed: str | None) -> None:
        """Take over what the workers agreed on; where the board forgot it or missed ours, say it again."""
        async with self._lock:
            await self._mark()
            await self._follow(agreed)

    async def _follow(self, agreed: str | None) -> None:
        version = self.store.version
        if self._doubtful and await self._take_back(agreed):
            return
        if agreed == version:
            self._alone_since = None
        elif agreed is None or agreed == self._alone_since:
            if await self._board.move(expected=agreed, to=version):
                self._alone_since = None
        elif await self._adopt(agreed):
            self._alone_since = None

    async def _take_back(self, agreed: str | None) -> bool:
        """Make what was refused not agreed, where the answer that it was agreed had been lost."""
        if self._doubtful is None:
            return False
        version, previous = self._doubtful
        moved = agreed == version and await self._board.move(expected=version, to=previous)
        self._doubtful = None
        return moved

    async def _adopt(self, version: str | None) -> bool:
        """Make a version from the records live here."""
        if version is None or (self._rejected and self._rejected.origin == version):
            return False
        kept = await self._revisions.get(version)
        if kept is None:
            remark = f"the workers agreed on {version}, which is not in the records"
            if remark != self._remark:
                log.error(
                    "agreed store version is not in the records",
                    extra={"event": "store.version_missing", "version": version},
                )
            self._remark = remark
            return False
        try:
            store = await self._build(self._folder.files_of(kept.files))
        except StoreError as error:
            self._reject(kept.version, error)
            return False
        if self._rejected and self._rejected.origin != "disk":
            self._rejected = None
        self._remark = ""
        self.snapshots.put(store, kept.actor)
        if kept.draft:  # whoever wrote it down died before saying that it is live
            self._unmarked.append((kept.version, datetime.now(UTC), kept.actor, ""))
            await self._mark()
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

    async def rollback(self, version: str, actor: str, *, check: bool = False) -> EditOutcome:
        """Make an earlier version live again, also over an edit on disk that was refused. Raises like ``edit``."""
        kept = await self._revisions.get(version) if _VERSION.fullmatch(version) else None
        if kept is None or kept.draft:
            raise NotInStore(f"no version {version[:64]!r} in the records")
        return await self.edit(Edit(dict(kept.files), actor, whole=True), check=check)

    async def _edit(self, edit: Edit, check: bool) -> EditOutcome:
        async with self._lock:
            for _ in range(_TRIES):
                if not edit.whole:
                    await self._look()
                await self._follow(await self._board.current())
                outcome = await self._prepare(edit)
                if check or (not outcome.changed and not edit.whole) or await self._commit(edit, outcome):
                    return outcome
        raise EditConflict("others keep changing the store; try again")

    async def _prepare(self, edit: Edit) -> EditOutcome:
        before = self.store
        edit.guard(before)
        if self._unfinished:
            spare(edit, self._seen.contents, before.files)
        after, store = applied(edit, before.files), before
        if after != before.files:
            store = await self._build(self._folder.files_of(after))
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
            changes = writes(edit, disk.contents, outcome.store.files, spared=self._unfinished)
            async with self._folder.writing(changes) as settle:
                if not await self._agree(edit, outcome):
                    return False
                try:
                    await settle()
                except OSError:
                    self._doubtful = (outcome.store.version, outcome.previous)
                    await self._take_back(outcome.store.version)
                    raise
        self._seen = disk.after(changes)
        self._rejected = None if edit.whole else self._rejected
        self.snapshots.put(outcome.store, edit.actor)
        self._unmarked.append((outcome.store.version, datetime.now(UTC), edit.actor, outcome.previous))
        await self._mark()
        return True

    async def _mark(self) -> None:
        """Write down what went live; it is live whether or not that can be done just now."""
        try:
            while self._unmarked:
                version, at, actor, previous = self._unmarked[0]
                await self._revisions.went_live(version, at, actor)
                if previous:
                    await self._note(actor, "store.live", {"version": version, "previous": previous})
                self._unmarked.popleft()
        except RingmasterError as error:
            log.warning("a live version was not recorded yet", extra={"event": "store.unrecorded", "code": error.code})

    async def _agree(self, edit: Edit, outcome: EditOutcome) -> bool:
        """Have all workers go to the new version; it is in the records, as a draft, before anybody looks it up."""
        await self._keep(outcome.store, edit.actor)
        try:
            return await self._board.move(expected=outcome.previous, to=outcome.store.version)
        except SessionLost:
            self._doubtful = (outcome.store.version, outcome.previous)
            raise

    @property
    def _unfinished(self) -> bool:
        """Is there an edit on disk that somebody has yet to put right?"""
        return self._rejected is not None and self._rejected.origin == "disk"

    async def _build(self, files: StoreFiles) -> AgentStore:
        """Check it all. What only an earlier Ringmaster let pass is a warning where this very version was live."""
        try:
            return await asyncio.to_thread(build_store, files, self._tools)
        except StoreError as error:
            if not all(isinstance(fault, Problem) and fault.outdated for fault in error.details):
                raise
            if not await self._was_live(version_of(files.contents())):
                raise
        return await asyncio.to_thread(build_store, files, self._tools, was_live=True)

    async def _was_live(self, version: str) -> bool:
        kept = await self._revisions.get(version)
        return kept is not None and not kept.draft

    async def _keep(self, store: AgentStore, actor: str, *, draft: bool = True) -> None:
        now = datetime.now(UTC)
        await self._revisions.keep(Revision(store.version, now, actor, store.files, draft))
        last = None if draft else await self._revisions.last_live()
        if not draft and (last is None or last.version != store.version):
            await self._revisions.went_live(store.version, now, actor)

    def _reject(self, origin: str, error: StoreError) -> None:
        self._rejected = Rejected(datetime.now(UTC), origin, tuple(error.problems))
        log.error(
            "agent store edit rejected; the live version stays",
            extra={
                "event": "store.refused",
                "origin": origin,
                "problems": len(error.problems),
                "first": error.problems[0],
            },
        )

    async def close(self) -> None:
        """Let edits under way end."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
