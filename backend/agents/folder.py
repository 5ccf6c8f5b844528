"""The store's folders on disk: read whole, written whole, one process at a time."""

import asyncio
import json
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from backend.agents.files import StoreFiles, read_files
from backend.agents.folder_lock import FolderLock
from backend.agents.links import LEADS_OUT, is_within, root_of
from backend.agents.store_names import is_inside, is_store_name, name_fault
from backend.agents.whole_write import NOTE, BrokenNote, WholeWrite
from backend.errors import EditRefused

__all__ = ["StoreFolder", "is_store_name"]

log = logging.getLogger(__name__)

_OLD_NOTE = ".change.json"
"""What versions up to 0.2 left behind: new texts that were to be written, of which some may be."""


class StoreFolder:
    """Where agents, lines and prompts are.

    A change of several files is made whole or not at all (``whole_write``). A process that dies in the middle leaves a
    note behind, and the next to read the store puts the old files back; where the disk does not let it, the old texts
    are read all the same. Nothing about a note keeps anybody from reading the store.
    """

    def __init__(self, agent_store: Path, prompt_store: Path) -> None:
        self.agent_store = agent_store
        self.prompt_store = prompt_store
        self.trouble = ""
        """One sentence on what is wrong with the folders; empty where nothing is known to be."""
        self._told = ""

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """Keep every other process that reads or writes this store waiting.

        Raises:
            EditRefused: another one has kept us waiting too long.
        """
        lock = FolderLock(self.agent_store)
        try:
            await asyncio.to_thread(lock.take)
            yield
        finally:
            lock.release()

    async def load(self) -> StoreFiles:
        """Everything as it is now. Raises like ``alone``."""
        async with self.alone():
            return await asyncio.to_thread(self.read)

    def files_of(self, contents: Mapping[str, str]) -> StoreFiles:
        """These folders, had they these contents."""
        return StoreFiles(agent_folder=self.agent_store.name, prompt_folder=self.prompt_store.name).changed(contents)

    def read(self) -> StoreFiles:
        """Everything as it is now, without what a change that broke off has done. Blocks; to be called ``alone``."""
        if self.trouble and self._is_writable():
            self.trouble = ""  # unless it shows itself again
        before = self._recover()
        files = read_files(self.agent_store, self.prompt_store)
        return _restored(files, before) if before else files

    @asynccontextmanager
    async def writing(self, changes: Mapping[str, str | None]) -> AsyncGenerator[Callable[[], Awaitable[None]]]:
        """Put these files in place; ``None`` takes one away. To be entered ``alone``.

        They count once what this yields has been called and has returned; else the old files are put back.

        Raises:
            EditRefused: the folders cannot be written, or a name is not one of a store; nothing has changed.
        """
        try:
            write = await asyncio.to_thread(self._begin, changes)
        except OSError as error:
            raise self._unwritable(error) from error
        settled = False

        async def settle() -> None:
            nonlocal settled
            await asyncio.to_thread(write.settle)
            settled = True

        try:
            await asyncio.to_thread(write.apply)
            yield settle
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            if settled:
                self.trouble = self._told = ""
            else:
                self._undo(write)  # here and at once: whoever cancels us must not leave half a change

    def write(self, changes: Mapping[str, str | None]) -> None:
        """Make these files so; ``None`` takes one away. All of them or none. Blocks; to be called ``alone``.

        Raises:
            OSError: the folders cannot be written; nothing has changed.
            EditRefused: a name is not one of a store.
        """
        write = self._begin(changes)
        try:
            write.apply()
            write.settle()
        except OSError:
            self._undo(write)
            raise

    def _begin(self, changes: Mapping[str, str | None]) -> WholeWrite:
        for name, text in changes.items():
            fault = name_fault(name)
            if fault and (text is not None or not is_inside(name)):  # what is there already may be taken away
                raise EditRefused(fault)
        if self._recover():
            raise EditRefused(f"the store's folders cannot be written: {self.trouble}")
        return WholeWrite.prepare(self.agent_store / NOTE, changes, self._place)

    def _undo(self, write: WholeWrite) -> None:
        try:
            write.undo()
        except OSError as error:
            self._tell(f"a change that was not made cannot be taken back on disk: {error.strerror}")

    def _recover(self) -> dict[str, bytes | None]:
        """Undo what broke off. What could not be undone on disk comes back, to be read as it was."""
        self._look_at_old_note()
        note = self.agent_store / NOTE
        try:
            if not note.exists():
                return {}
            write = WholeWrite.found(note, self._place)
        except (BrokenNote, OSError) as error:
            self._tell(f"{error}; take {NOTE} away and look at what was being changed")
            return {}
        before = write.before()
        try:
            write.undo()
        except OSError as error:
            self._tell(f"a change that broke off cannot be taken back on disk: {error.strerror}")
            return before
        log.warning("an interrupted change of the agent store was undone", extra={"event": "store.undone"})
        return {}

    def _look_at_old_note(self) -> None:
        """Finish what an earlier version began and half did; what it did not begin stays undone: it was refused."""
        note = self.agent_store / _OLD_NOTE
        try:
            if not note.exists():
                return
            wanted = _wanted(json.loads(note.read_text("utf-8")))
            done = {name for name, text in wanted.items() if self._holds(name, text)}
            note.rename(note.with_name(f"{_OLD_NOTE}.done"))
            if done and done != wanted.keys():
                self.write({name: text for name, text in wanted.items() if name not in done})
        except Exception as error:  # whatever it is: a note never stops a start
            self._tell(f"{_OLD_NOTE} of an earlier version cannot be used ({type(error).__name__})")

    def _holds(self, name: str, text: str | None) -> bool:
        path = self._place(name)
        found = path.read_bytes() if path.exists() else None
        return found == (None if text is None else text.encode("utf-8", "surrogateescape"))

    def _place(self, name: str) -> Path:
        if not is_inside(name):
            raise EditRefused(name_fault(name))
        folder, _, rest = name.partition("/")
        store = self.prompt_store if folder == "prompts" else self.agent_store
        inside = store if folder == "prompts" else store / folder
        if not is_within(inside / rest, root_of(inside, store)):
            raise EditRefused(f"{name} {LEADS_OUT}")
        return inside / rest

    def _unwritable(self, error: OSError) -> EditRefused:
        words = f"the store's folders cannot be written: {error.strerror}"
        self._tell(words)
        return EditRefused(words)

    def _is_writable(self) -> bool:
        return all(os.access(folder, os.W_OK | os.X_OK) for folder in (self.agent_store, self.prompt_store))

    def _tell(self, sentence: str) -> None:
        if sentence != self._told:
            log.error(
                "the folders of the agent store have a problem", extra={"event": "store.folder", "trouble": sentence}
            )
        self.trouble = self._told = sentence


def _wanted(record: Any) -> dict[str, str | None]:
    return {name: text for name, text in dict(record).items() if text is None or isinstance(text, str)}


def _restored(files: StoreFiles, before: Mapping[str, bytes | None]) -> StoreFiles:
    """The store as it was before a change that cannot be undone on disk."""
    contents = {name: text for name, text in files.contents().items() if name not in before}
    old = {
        name: raw.decode("utf-8-sig" if name.startswith("prompts/") else "utf-8", "surrogateescape")
        for name, raw in before.items()
        if raw is not None
    }
    restored = files.changed(contents | old)
    places = {f"{files.agent_folder}/{name}" for name in before}
    places |= {f"{files.prompt_folder}/{name.removeprefix('prompts/')}" for name in before}
    restored.problems += [problem for problem in files.problems if problem.file not in places]
    return restored
