"""A lock on a folder that every process which reads or writes the store takes."""

import fcntl
import os
import threading
import time
from pathlib import Path

from backend.errors import EditRefused

__all__ = ["FolderLock"]

_LIMIT_S = 5.0


class FolderLock:
    """An advisory lock on a folder (flock), which the system lets go of when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None
        self._given_up = False
        self._guard = threading.Lock()

    def take(self) -> None:
        """Wait for it. Blocks.

        Raises:
            EditRefused: another process has kept it for too long.
        """
        until = time.monotonic() + _LIMIT_S
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
