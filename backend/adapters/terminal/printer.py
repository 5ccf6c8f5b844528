"""Prints rows on a terminal from a thread of its own: one that is stopped with Ctrl-S must not stop calls."""

import queue
import threading
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["Printer", "Row"]

_MOST_WAITING = 500
_LABEL = 20
"""Columns for labels."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: who or what it is about, and the words."""

    label: str
    text: str = field(repr=False)
    style: str = ""
    """Of the label, as rich names styles."""
    text_style: str = ""


class Printer:
    """Rows one below the other: long ones are broken between words, under each other.

    Args:
        console: where they are printed.
        most_waiting: rows beyond these are left out, and how many is told.
    """

    def __init__(self, console: Console, most_waiting: int = _MOST_WAITING) -> None:
        self._console = console
        self._rows: queue.Queue[Row | None] = queue.Queue(most_waiting)
        self._left_out = 0
        self._thread = threading.Thread(target=self._run, name="terminal", daemon=True)
        self._thread.start()

    def put(self, row: Row) -> None:
        """Have a row printed soon. Never waits."""
        try:
            self._rows.put_nowait(row)
        except queue.Full:
            self._left_out += 1

    def close(self, limit_s: float = 1.0) -> None:
        """Print what waits, for so long at most. Waits; not to be called on the event loop."""
        try:
            self._rows.put(None, timeout=limit_s)
        except queue.Full:
            return
        self._thread.join(limit_s)

    def _run(self) -> None:
        while (row := self._rows.get()) is not None:
            self._print(row)
            if self._rows.empty():
                self._tell_left_out()
        self._tell_left_out()

    def _tell_left_out(self) -> None:
        if self._left_out:
            missed, self._left_out = self._left_out, 0
            self._print(Row("", f"{missed} rows were left out: the terminal was too slow", "", "dim"))

    def _print(self, row: Row) -> None:
        grid = Table.grid(padding=(0, 1), expand=False)
        grid.add_column(width=_LABEL, justify="right", no_wrap=True, overflow="ellipsis")
        grid.add_column(overflow="fold")
        grid.add_row(Text(_plain(row.label), row.style), Text(_plain(row.text), row.text_style))
        self._console.print(grid)


def _plain(text: str) -> str:
    """Without anything that a terminal would obey: words of callers may come from a keyboard, too."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
