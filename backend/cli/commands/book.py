"""``ringmaster book``: books."""

from pathlib import Path
from typing import Annotated

import typer

from backend.cli.commands.guarded import guarded

__all__ = ["book"]


book = typer.Typer(help="Books: the records in which callers are looked up.", no_args_is_help=True)


@book.callback()
def book_group() -> None:
    """Books: the records in which callers are looked up."""


@book.command("import")
def book_import(
    name: Annotated[str, typer.Argument(help="Name of the book, that of its file: agent_store/books/NAME.yaml.")],
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The records, as YAML or CSV.")],
) -> None:
    """Import records into a book's file. Secrets, such as PINs, are stored as hashes."""
    from backend.adapters.terminal.screen import screen
    from backend.cli.books import import_book

    guarded(lambda settings: import_book(settings, name, source, screen(soft_wrap=True)))
