"""The data of a new PostgreSQL are made once in a run, and copied: to make them takes most of a second of the
processor, and a run with a crew starts nine servers.

Who first asks for one makes them, and whoever asks meanwhile waits for that. Where nothing is kept, as in a test that
is run by itself, and where the server runs as somebody whose files root can't just copy, each is made as ever.
"""

import fcntl
import shutil
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from local_azure import postgres_server

__all__ = ["Make", "copied", "kept_in"]

Make = Callable[[Sequence[str], Path, Path], None]


def copied(make: Make, kept: Path) -> Make:
    """The same, but from what is made once at ``kept``."""

    @wraps(make)
    def copy(somebody: Sequence[str], binaries: Path, data: Path) -> None:
        if "setpriv" in somebody:
            return make(somebody, binaries, data)
        with kept.with_name(f"{kept.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                begun = kept.with_name(f"{kept.name}.begun")
                shutil.rmtree(begun, ignore_errors=True)  # somebody's whose time was up
                make(somebody, binaries, begun)
                begun.rename(kept)
        shutil.copytree(kept, data, dirs_exist_ok=True)
        return None

    return copy


@contextmanager
def kept_in(folder: Path) -> Generator[None]:
    """Have all servers of this process, and of those that are forked from it, begin so while this is open."""
    before, kept = postgres_server._make, folder / "postgres"
    postgres_server._make = copied(before, kept)
    try:
        yield
    finally:
        postgres_server._make = before
        shutil.rmtree(kept, ignore_errors=True)
