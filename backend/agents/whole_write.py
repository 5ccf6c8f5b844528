"""A change of several files that is made whole or not at all, also when the process dies in the middle.

Everything that can fail is done before the first file is replaced: the new texts are written beside their places, and
copies of the old ones, too, so that going back needs neither room nor luck. Then a note says what is about to be
replaced. While the note is there the change does not count: whoever finds it puts the old files back. Taking the note
away is the moment in which the change counts.
"""

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["NOTE", "BrokenNote", "WholeWrite"]

NOTE = ".edit.json"
"""Name of the note, in agent_store."""

_NEW, _OLD = ".edit-new", ".edit-old"

PathOf = Callable[[str], Path]


class BrokenNote(Exception):
    """A note that says nothing which could be undone."""


@dataclass(frozen=True, slots=True)
class _Target:
    """One file that is to be replaced or taken away."""

    path: Path
    was_there: bool

    @property
    def new(self) -> Path:
        """Where the new text waits."""
        return self.path.with_name(f".{self.path.name}{_NEW}")

    @property
    def old(self) -> Path:
        """Where a copy of the old text waits."""
        return self.path.with_name(f".{self.path.name}{_OLD}")


class WholeWrite:
    """One change of a store's files. All methods block.

    Args:
        note: where its note belongs.
        targets: the files by lasting name.
        made: folders that were made for it, outermost first.
    """

    def __init__(self, note: Path, targets: Mapping[str, _Target], made: list[Path]) -> None:
        self._note, self._targets, self._made = note, targets, made

    @classmethod
    def prepare(cls, note: Path, changes: Mapping[str, str | None], place: PathOf) -> "WholeWrite":
        """Try everything, and write all that will be needed, beside the files that are still the old ones.

        Raises:
            OSError: it cannot be done; nothing has changed, and nothing is left behind.
        """
        targets = {name: _Target(place(name), place(name).exists()) for name in changes}
        write = cls(note, targets, [])
        try:
            for folder in {target.path.parent for target in targets.values()}:
                _clear(folder)
            for name, target in targets.items():
                write._stage(target, changes[name])
            record = {"was_there": {name: target.was_there for name, target in targets.items()}}
            _put(note.with_name(f"{note.name}{_NEW}"), json.dumps(record))
        except BaseException:
            write._sweep()
            raise
        return write

    @classmethod
    def found(cls, note: Path, place: PathOf) -> "WholeWrite":
        """The change that an earlier process left behind.

        Raises:
            BrokenNote: it cannot be told what is to be undone.
        """
        try:
            record: Any = json.loads(note.read_text("utf-8"))
            targets = {str(name): _Target(place(str(name)), bool(was)) for name, was in record["was_there"].items()}
            return cls(note, targets, [])
        except Exception as error:  # whatever it is: a note never stops a start
            raise BrokenNote(f"{note.name} cannot be read ({type(error).__name__})") from error

    def apply(self) -> None:
        """Put the new files in place. They do not count before ``settle``.

        Raises:
            OSError: it cannot be done; call ``undo``.
        """
        _rename(self._note.with_name(f"{self._note.name}{_NEW}"), self._note)
        for target in self._targets.values():
            if target.new.exists():
                _rename(target.new, target.path)
            else:
                target.path.unlink(missing_ok=True)

    def settle(self) -> None:
        """From here on the change counts.

        Raises:
            OSError: it does not; call ``undo``.
        """
        self._note.unlink()
        _flush(self._note.parent)
        self._sweep(made=False)

    def undo(self) -> None:
        """Put the old files back. May be tried again.

        Raises:
            OSError: it cannot be done now; the note stays.
        """
        if self._note.exists():
            for target in self._targets.values():
                if target.old.exists():
                    _rename(target.old, target.path)
                elif not target.was_there:
                    target.path.unlink(missing_ok=True)
            self._note.unlink()
            _flush(self._note.parent)
        self._sweep()

    def before(self) -> dict[str, bytes | None]:
        """What the files held before it, by lasting name; what cannot be read any more is left out."""
        found: dict[str, bytes | None] = {}
        for name, target in self._targets.items():
            if not target.was_there:
                found[name] = None
            elif target.old.exists():
                with contextlib.suppress(OSError):
                    found[name] = target.old.read_bytes()
        return found

    def _stage(self, target: _Target, text: str | None) -> None:
        if target.path.is_dir():
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(target.path))
        if text is not None:
            self._make(target.path.parent)
            _put(target.new, text)
        if target.was_there:
            shutil.copyfile(target.path, target.old)
            _flush_file(target.old)
            for beside in (target.old, target.new):
                if beside.exists():
                    beside.chmod(target.path.stat().st_mode & 0o777)

    def _make(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
            self._made.append(each)

    def _sweep(self, *, made: bool = True) -> None:
        """Leave nothing of ours behind. What cannot be taken away is hidden and does no harm."""
        beside = [path for target in self._targets.values() for path in (target.new, target.old)]
        for path in (*beside, self._note.with_name(f"{self._note.name}{_NEW}")):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        for folder in reversed(self._made if made else []):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _clear(folder: Path) -> None:
    """Take away what a process left that died while it prepared a change."""
    for suffix in (_NEW, _OLD):
        for path in folder.glob(f".*{suffix}"):
            with contextlib.suppress(OSError):
                path.unlink()


def _put(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _rename(source: Path, to: Path) -> None:
    source.replace(to)
    _flush(to.parent)


def _flush(folder: Path) -> None:
    """Have the disk remember names, too; some kinds of disks cannot."""
    with contextlib.suppress(OSError):
        _flush_file(folder)


def _flush_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
