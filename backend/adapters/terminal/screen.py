"""Where commands print. What others wrote is printed as it is.

rich makes a pictogram of every word between colons (``main.yaml:100: ...``, the address ``8:a:1``), and a style of
every word in brackets; in lines of a file, in JSON and in what people wrote both are simply wrong.
"""

import os
import sys

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

__all__ = ["as_written", "print_page", "screen"]

_FILE_LETTERS = 240
"""A line of a file or a pipe, so that tables keep their words whole for ``grep``; in eighty letters they cannot."""


def screen(*, stderr: bool = False, width: int | None = None, soft_wrap: bool = False) -> Console:
    """A terminal, or the file that is in its place.

    Args:
        stderr: for what is told beside the result.
        width: letters of a line; as many as the terminal has unless given, or as ``COLUMNS`` says.
        soft_wrap: long lines stay whole.
    """
    shown_by = sys.stderr if stderr else sys.stdout
    if width is None and not shown_by.isatty() and "COLUMNS" not in os.environ:
        width = _FILE_LETTERS
    return Console(stderr=stderr, width=width, soft_wrap=soft_wrap, highlight=False, emoji=False)


def print_page(console: Console, markdown: str) -> None:
    """A page of Markdown: drawn for a reader at a terminal, and in a file or a pipe as it is written."""
    if console.is_terminal:
        console.print(Markdown(markdown))
    else:
        console.print(markdown, markup=False, soft_wrap=True)


def as_written(*cells: str) -> list[Text]:
    """A row of a table whose words may be anybody's: nothing in them is a style, or moves the cursor."""
    return [Text("".join(letter if letter.isprintable() else " " for letter in cell)) for cell in cells]
