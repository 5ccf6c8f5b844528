"""What an operator must put right is said in a sentence, with exit status 2."""

import errno
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import typer

from backend.errors import RingmasterError, StoreError, SuiteError

if TYPE_CHECKING:
    from rich.console import Console

    from config import Settings
    from config.connections import ConnectionSettings

__all__ = ["guarded", "guarded_places", "told"]

_MACHINE = {
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EMFILE, errno.ENFILE,
    errno.EIO, errno.EFBIG, errno.ESTALE, errno.ENXIO, errno.ENODEV, errno.ETXTBSY, errno.ENOMEM,
}  # fmt: skip
"""What is wrong with the machine and not with the program: a full, read-only or failing disk, a folder that may not be
used."""
_PLACE = {errno.ENOENT, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTEMPTY, errno.EBUSY}
"""What is wrong with a place that was named: it is not there, or is something else."""


def guarded(command: Callable[["Settings"], None]) -> None:
    """Run a command with the settings; an error of ours ends it with status 2."""
    from config import load_settings

    with told():
        settings = load_settings()
        for remark in settings.remarks:
            _errors().print(f"ringmaster: {remark}", style="yellow", markup=False, soft_wrap=True)
        command(settings)


def guarded_places(command: Callable[["ConnectionSettings"], None]) -> None:
    """The same for a command that only needs to know where things are, and is to be quick."""
    from config import load_places

    with told():
        command(load_places())


@cache
def _errors() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False, emoji=False)


@contextmanager
def told() -> Generator[None]:
    """What is wrong inside is said in a sentence and ends the command with status 2."""
    try:
        yield
    except (StoreError, SuiteError) as error:
        what = "the agent store" if isinstance(error, StoreError) else "the rehearsal"
        _errors().print(f"[red]{what} did not pass the check:[/]")
        for problem in error.problems:
            _errors().print(f"  {problem}", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    except RingmasterError as error:
        _say(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        if error.errno not in _MACHINE and not (error.errno in _PLACE and error.filename):
            raise
        place = f"{error.filename}: " if error.filename else ""
        _say(f"{place}{error.strerror}")
        raise typer.Exit(2) from None


def _say(message: str) -> None:
    for line in message.split("\n"):
        _errors().print("[red]ringmaster:[/]", end=" ")
        _errors().print(line, markup=False, soft_wrap=True)
