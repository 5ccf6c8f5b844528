"""How far a command is, on standard error and on a terminal only; nothing is left of it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from backend.adapters.terminal.screen import screen

__all__ = ["progress"]


@contextmanager
def progress(what: str, total: int) -> Generator[Callable[[], None]]:
    """Show it while this lasts; what is given advances it by one."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
