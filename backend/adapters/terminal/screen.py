"""Where commands print. What others wrote is printed as it is.

rich makes a pictogram of every word between colons (``main.yaml:100: ...``, the address ``8:a:1``), and a style of
every word in brackets; in lines of a file, in JSON and in what people wrote both are simply wrong.
"""

from rich.console import Console
from rich.text import Text

__all__ = ["as_written", "screen"]


def screen(*, stderr: bool = False, width: int | None = None, soft_wrap: bool = False) -> Console:
    """A terminal, or the file that is in its place.

    Args:
        stderr: for what is told beside the result.
        width: letters of a line; as many as the terminal has unless given.
        soft_wrap: long lines stay whole.
    """
    return Console(stderr=stderr, width=width, soft_wrap=soft_wrap, highlight=False, emoji=False)


def as_written(*cells: str) -> list[Text]:
    """A row of a table whose words may be anybody's: nothing in them is a style, or moves the cursor."""
    return [Text("".join(letter if letter.isprintable() else " " for letter in cell)) for cell in cells]
