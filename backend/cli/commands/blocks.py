"""``ringmaster blocks``: the block list."""

from typing import Annotated

import typer

from backend.cli.commands.guarded import guarded

__all__ = ["blocks"]


blocks = typer.Typer(help="The block list: numbers whose calls are not taken.", no_args_is_help=True)


@blocks.command("list")
def blocks_list() -> None:
    """Show the block list."""
    from backend.cli.blocks import list_blocks

    guarded(list_blocks)


@blocks.command("add")
def blocks_add(
    number: Annotated[str, typer.Argument(help="The number, such as +18005550123, or withheld.")],
    why: Annotated[str, typer.Option(help="The reason, shown in the block list. No words of callers.")],
    prefix: Annotated[bool, typer.Option("--prefix", help="Block every number that begins with NUMBER.")] = False,
    line: Annotated[str, typer.Option(help="Block on this line only. Default: all lines.")] = "",
    until: Annotated[
        str,
        typer.Option(help="When the block ends, with a time zone: 2026-11-26T09:00:00Z. Default: when it is removed."),
    ] = "",
) -> None:
    """Block a number: its calls are refused, and no call is placed or transferred to it."""
    from backend.cli.blocks import add_block

    guarded(lambda settings: add_block(settings, number, line, until, why, prefix=prefix))


@blocks.command("remove")
def blocks_remove(block_id: Annotated[str, typer.Argument(help="The id that `blocks list` shows.")]) -> None:
    """Take a number off the block list."""
    from backend.cli.blocks import remove_block

    guarded(lambda settings: remove_block(settings, block_id))
