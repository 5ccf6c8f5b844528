"""Entries that wait in a file of this machine until the database is there."""

import asyncio
import contextlib
import errno
import fcntl
import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backend.domain.entry import Entry, entry_in
from backend.errors import SealBroken, Unavailable
from backend.ports import Cipher

__all__ = ["FileSpool"]

log = logging.getLogger(__name__)

_ENDING = ".spool"
_BOUND = "spool"
_QUIET_S = 2.0
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


class FileSpool:
    """``Shelf`` in a file: one sealed entry a line, for each worker a file that it holds locked while it lives.

    A line that was torn by a crash is passed over: nobody was told that it is kept. The file is emptied when everything
    in it is written, and kept when something in it cannot be read.

    Args:
        folder: where the files are; made when it is first needed, for this user alone.
        owner: the worker whose entries these are, as ``DATABASE.WORKER``.
        cipher: seals them.
        megabytes: so large at most.
    """

    name = "disk"

    def __init__(self, folder: Path, owner: str, cipher: Cipher, megabytes: int = 64) -> None:
        self._folder = folder
        self._path = folder / (_UNSAFE.sub("_", owner) + _ENDING)
        self._cipher = cipher
        self._megabytes = megabytes
        self._handle: int | None = None
        self._size = 0
        self._lines: dict[int, tuple[int, int]] = {}  # where each entry that is not written yet begins and ends
        self._unreadable = 0
        self._hopeless: set[Path] = set()
        self._quiet_until = 0.0
        self._turn = asyncio.Lock()

    # -- the shelf ------------------------------------------------------------------------

    async def put(self, entry: Entry) -> bool:
        """Lay an entry down; it is on the disk when this returns."""
        line = self._cipher.seal(msgspec.json.encode(entry), _BOUND) + b"\n"
        async with self._turn:
            if _now() < self._quiet_until or self._size + len(line) > self._megabytes << 20:
                return False
            try:
                await asyncio.to_thread(self._append, entry.number, line)
            except OSError as error:
                self._quiet_until = _now() + _QUIET_S
                log.error(
                    "database writes cannot be kept on the disk",
                    extra={"event": "outbox.no_disk", "error": os.strerror(error.errno or 0)},
                )
                return False
        return True

    async def read(self, after: int, limit: int) -> Sequence[Entry]:
        """The next entries by number."""
        async with self._turn:
            try:
                return await asyncio.to_thread(self._read, after, limit)
            except OSError as error:
                raise Unavailable("spool", f"{self._path.name} cannot be read: {error.strerror}") from error

    async def drop(self, entry: Entry) -> None:
        """It is written."""
        async with self._turn:
            if self._lines.pop(entry.number, None) is not None and not self._lines and not self._unreadable:
                with contextlib.suppress(OSError):  # then all of it is written again some day
                    await asyncio.to_thread(self._empty)

    async def left_behind(self) -> "Sequence[FileSpool]":
        """Files of workers that are gone."""
        try:
            return await asyncio.to_thread(self._find)
        except OSError:
            return ()

    async def elsewhere(self) -> int:
        """How many entries lie in files of other workers, those that are written already included."""
        try:
            return await asyncio.to_thread(self._count_others)
        except OSError:
            return 0

    async def close(self) -> None:
        """Let go of it; an empty file goes too."""
        async with self._turn:
            if self._handle is None:
                return
            if not self._size:
                self._path.unlink(missing_ok=True)
            os.close(self._handle)
            self._handle = None

    # -- the file -------------------------------------------------------------------------

    def _append(self, number: int, line: bytes) -> None:
        handle = self._open()
        try:
            if os.pwrite(handle, line, self._size) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, self._size)  # half a line would spoil the next
            raise
        self._lines[number] = (self._size, self._size + len(line) - 1)
        self._size += len(line)

    def _read(self, after: int, limit: int) -> list[Entry]:
        if self._handle is None:
            return []
        numbers = [number for number in sorted(self._lines) if number > after][:limit]
        found = [self._opened(*self._lines[number]) for number in numbers]
        return [entry for entry in found if entry is not None]

    def _opened(self, begin: int, end: int) -> Entry | None:
        assert self._handle is not None
        sealed = os.pread(self._handle, end - begin, begin)
        try:
            return entry_in(self._cipher.open(sealed, _BOUND))
        except (msgspec.DecodeError, SealBroken):
            return None

    def _empty(self) -> None:
        assert self._handle is not None
        os.ftruncate(self._handle, 0)
        self._size = 0

    def _open(self) -> int:
        if self._handle is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._handle = _locked(self._path)
            self._size = os.fstat(self._handle).st_size
        return self._handle

    def _find(self) -> "list[FileSpool]":
        found: list[FileSpool] = []
        for path in self._others():
            with contextlib.suppress(OSError):  # it is held by a worker that lives, or cannot be read
                spool = FileSpool(self._folder, path.name.removesuffix(_ENDING), self._cipher, self._megabytes)
                spool._take_over(path)
                if spool._unreadable:
                    self._hopeless.add(path)
                    log.error(
                        "waiting database writes cannot be decrypted with the keys that are set; they stay in %s",
                        path.name,
                        extra={"event": "outbox.unreadable", "place": self.name, "left": spool._unreadable},
                    )
                found.append(spool)
        return found

    def _others(self) -> list[Path]:
        """Files of other workers with the same database, of which something may be read."""
        same = self._path.name.partition(".")[0]  # entries of another database are not for this one
        paths = sorted(self._folder.glob(f"{same}.*{_ENDING}"))
        return [path for path in paths if path != self._path and path not in self._hopeless]

    def _count_others(self) -> int:
        return sum(path.read_bytes().count(b"\n") for path in self._others())

    def _take_over(self, path: Path) -> None:
        self._path, self._handle = path, _locked(path)
        begin = 0
        with os.fdopen(os.dup(self._handle), "rb") as file:
            for line in file:
                end = begin + len(line)
                if line.endswith(b"\n"):
                    entry = self._opened(begin, end - 1)
                    self._unreadable += entry is None
                    if entry is not None:
                        self._lines[entry.number] = (begin, end - 1)
                begin = end
        self._size = begin
        if not self._lines and not self._unreadable:
            self._empty()


def _locked(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _now() -> float:
    return asyncio.get_running_loop().time()
