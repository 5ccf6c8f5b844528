"""The figures of all workers of one container, through files: whichever worker is asked tells those of all."""

import contextlib
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil

from backend.adapters.telemetry.snapshot import Snapshot, added

__all__ = ["SharedFigures"]

_GONE = "gone"


class SharedFigures:
    """One worker's file among those of the others.

    A worker that is gone leaves what it has counted, so that totals never fall: whoever notices adds it to one
    file for all that are gone. What it *had* (live calls, connections) went with it.

    Args:
        folder: where the files are, the same for all workers of a container; ``None``: this is the only one.
        collect: gives this worker's figures.
        alive: does this process live?
    """

    def __init__(
        self,
        folder: Path | None,
        collect: Callable[[], Snapshot],
        alive: Callable[[int], bool] = psutil.pid_exists,
    ) -> None:
        self._folder = folder
        self._collect = collect
        self._alive = alive
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(Snapshot)

    def write(self) -> None:
        """Let the others see this worker's figures. Blocks: for a thread."""
        if self._folder is not None:
            mine = self._collect()
            self._put(self._folder / f"{mine.pid}.json", mine)

    def all(self) -> Snapshot:
        """Those of all workers, summed. Blocks: for a thread."""
        mine = self._collect()
        if self._folder is None:
            return added([mine])
        self._put(self._folder / f"{mine.pid}.json", mine)
        try:
            with (self._folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # nobody is buried while others are read, or they would count twice
                self._bury(self._folder)
                files = [path for path in self._folder.glob("*.json") if path.stem != str(mine.pid)]
                others = [self._read(path) for path in files]
        except OSError:  # the folder is gone or cannot be written: better one worker's figures than none
            others = []
        return added([mine, *(other for other in others if other is not None)])

    def _bury(self, folder: Path) -> None:
        """Add what workers that are gone have counted to one file."""
        dead = [path for path in folder.glob("*.json") if path.stem != _GONE and not self._alive(int(path.stem))]
        if not dead:
            return
        gone = folder / f"{_GONE}.json"
        found = [self._read(path) for path in (*dead, *([gone] if gone.exists() else []))]
        self._put(gone, added(each.counted() for each in found if each is not None))
        for path in dead:
            path.unlink(missing_ok=True)

    def _put(self, path: Path, snapshot: Snapshot) -> None:
        """Whole or not at all, so that nobody reads half of it."""
        part = path.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):  # a full disk: the others' last figures stand
            part.write_bytes(self._encoder.encode(snapshot))
            part.replace(path)

    def _read(self, path: Path) -> Snapshot | None:
        try:
            return self._decoder.decode(path.read_bytes())
        except (OSError, msgspec.DecodeError):
            return None
