"""Recordings in a folder: a folder for each call, a file for each segment."""

import os
import re
import secrets
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from backend.domain.recording import SegmentName
from backend.errors import Unavailable

__all__ = ["FolderRecordings"]

_NAME = "folder of recordings"
_ENDING = re.compile(r"^(\d{15})\.rec$")
_SAFE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$")


class FolderRecordings:
    """``RecordingStore`` in a folder, for this user alone (0700, files 0600).

    It waits for the disk, in the recording thread. A new file gets its name when it is there; a piece that could be
    written in part only is taken back.

    Args:
        folder: made when it is first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def begin(self, segment: SegmentName) -> None:
        """Make an empty file."""
        path = self._path(segment)
        with _told("begin"):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unnamed = path.with_name(f".{secrets.token_hex(8)}")
            os.close(os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            unnamed.rename(path)

    async def append(self, segment: SegmentName, data: bytes) -> None:
        """Add to its end."""
        with _told("write"):
            handle = os.open(self._path(segment), os.O_WRONLY | os.O_APPEND)
            try:
                before = os.fstat(handle).st_size
                _write_whole(handle, data, before)
            finally:
                os.close(handle)

    async def segments(self, call_id: str) -> Sequence[SegmentName]:
        """What there is of a call."""
        with _told("read"):
            folder = self._of_call(call_id)
            names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        return [SegmentName(call_id, int(found[1])) for name in names if (found := _ENDING.match(name))]

    async def size(self, segment: SegmentName) -> int:
        """Length of its file."""
        with _told("read"):
            path = self._path(segment)
            return path.stat().st_size if path.exists() else 0

    async def read(self, segment: SegmentName, start: int, length: int) -> bytes:
        """A stretch of it."""
        with _told("read"), self._path(segment).open("rb") as file:
            return os.pread(file.fileno(), length, start)

    async def delete(self, call_id: str) -> int:
        """Delete the folder of a call."""
        with _told("delete"):
            folder = self._of_call(call_id)
            paths = list(folder.iterdir()) if folder.is_dir() else []
            for path in paths:
                path.unlink(missing_ok=True)
            if folder.is_dir():
                folder.rmdir()
        return sum(bool(_ENDING.match(path.name)) for path in paths)

    async def check(self) -> None:
        """Write something, and take it away."""
        with _told("write"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f".{secrets.token_hex(8)}"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                _write_whole(handle, bytes(4096), 0)
            finally:
                os.close(handle)
                path.unlink()

    async def close(self) -> None:
        """Nothing is held open."""

    def _of_call(self, call_id: str) -> Path:
        if not _SAFE.match(call_id):
            raise Unavailable(_NAME, "no call has such an id")
        return self._folder / call_id

    def _path(self, segment: SegmentName) -> Path:
        return self._of_call(segment.call_id) / segment.file


def _write_whole(handle: int, data: bytes, before: int) -> None:
    left = memoryview(data)
    try:
        while left:
            left = left[os.write(handle, left) :]
    except OSError:
        os.ftruncate(handle, before)
        raise


@contextmanager
def _told(what: str) -> Generator[None]:
    """What the disk says against it, in our words."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise Unavailable(_NAME, f"cannot {what}: {why}") from error
