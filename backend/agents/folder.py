"""The store's folders on disk: read whole, written whole, one process at a time."""

import asyncio
import contextlib
import fcntl
import json
import logging
import os
import re
import threading
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from backend.agents.files import StoreFiles, read_files
from backend.errors import EditRefused

__all__ = ["StoreFolder", "is_store_name"]

log = logging.getLogger(__name__)

_PART = r"[^/.\\\x00-\x1f][^/\\\x00-\x1f]*"
_NAME = re.compile(
    r"(agents|lines|tools)/[a-z][a-z0-9_]{0,63}\.ya?ml"
    rf"|prompts/({_PART}/)*{_PART}\.jinja"
    rf"|knowledge/{_PART}/{_PART}\.md"
)
_PENDING = ".change.json"
_LOCK_LIMIT_S = 5.0


def is_store_name(name: str) -> bool:
    """Is this the lasting name of a file that a store may have? Nothing outside the folders is."""
    return _NAME.fullmatch(name) is not None


class StoreFolder:
    """Where agents, lines and prompts are.

    A change of several files is written down whole before the first of them is replaced. A process that dies in
    between leaves that note behind, and the next to read the store finishes the change: nobody sees half of it.
    """

    def __init__(self, agent_store: Path, prompt_store: Path) -> None:
        self.agent_store = agent_store
        self.prompt_store = prompt_store

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """Keep every other process that reads or writes this store waiting.

        Raises:
            EditRefused: another one has kept us waiting too long.
        """
        lock = _FolderLock(self.agent_store)
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
        """Everything as it is now. Blocks; to be called ``alone``."""
        pending = self.agent_store / _PENDING
        if pending.exists():
            log.warning("finishing a change that broke off", extra={"event": "store.change_finished"})
            self._finish(pending)
        return read_files(self.agent_store, self.prompt_store)

    def write(self, changes: Mapping[str, str | None]) -> None:
        """Make these files so; ``None`` takes one away. All of them or, in the end, all of them. Blocks.

        Raises:
            OSError: the folders cannot be written; nothing has changed, or the next reader finishes it.
            EditRefused: a name is not one of a store.
        """
        for name in changes:
            self._place(name)
        pending = self.agent_store / _PENDING
        _replace(pending, json.dumps(dict(changes)))
        self._finish(pending)

    def _finish(self, pending: Path) -> None:
        changes: dict[str, str | None] = json.loads(pending.read_text("utf-8"))
        for name, text in changes.items():
            path = self._place(name)
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                _replace(path, text)
        pending.unlink()

    def _place(self, name: str) -> Path:
        if not is_store_name(name):
            raise EditRefused(f"expected a name such as agents/auth.yaml or prompts/auth.jinja, got {name!r}")
        folder, _, rest = name.partition("/")
        return self.prompt_store / rest if folder == "prompts" else self.agent_store / name


class _FolderLock:
    """An advisory lock on a folder (flock), which the system lets go of when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None
        self._given_up = False
        self._guard = threading.Lock()

    def take(self) -> None:
        """Wait for it. Blocks."""
        until = time.monotonic() + _LOCK_LIMIT_S
        while not self._try():
            if time.monotonic() > until:
                raise EditRefused("another process has been writing the store for too long")
            time.sleep(0.01)

    def _try(self) -> bool:
        with self._guard:
            if self._given_up:
                return True
            try:
                handle = os.open(self._folder, os.O_RDONLY)
            except OSError:
                return True  # there is no folder; reading it says so
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                return False
            except OSError:
                os.close(handle)
                return True  # a file system without locks: one process at a time is the operator's care
            self._handle = handle
            return True

    def release(self) -> None:
        """Let go, also of a lock that is still being waited for."""
        with self._guard:
            self._given_up = True
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None


def _replace(path: Path, text: str) -> None:
    """Write beside, then put in place: a reader sees the old file or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
