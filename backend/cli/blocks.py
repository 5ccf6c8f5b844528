"""``ringmaster blocks``: the block list: show, add, remove."""

from datetime import datetime

from rich.table import Table

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.block_book import SqlBlockBook
from backend.adapters.sql.database import Database
from backend.adapters.terminal.screen import as_written, screen
from backend.api.block_desk import BlockDesk
from backend.api.written import read_moment
from backend.cli.audited import noted, with_database
from backend.errors import ConfigError, KeyRefused
from config import Settings

__all__ = ["add_block", "list_blocks", "remove_block"]

_out = screen()


def list_blocks(settings: Settings) -> None:
    """Print the block list, with its numbers: looking at it is noted in the audit."""

    async def run(database: Database) -> None:
        table = Table("id", "number", "line", "until", "why", "by", box=None, pad_edge=False)
        async with noted(SqlAuditBook(database), "blocks.list", ""):
            blocks = await BlockDesk(SqlBlockBook(database)).list()
        for block in blocks:
            number = (block.number.reveal() or "withheld") + ("..." if block.prefix else "")
            until = block.until.astimezone().strftime("%Y-%m-%d %H:%M") if block.until else ""
            table.add_row(*as_written(block.id, number, block.line or "all", until, block.why, block.by))
        _out.print(table)

    with_database(settings, run)


def add_block(settings: Settings, number: str, line: str, until: str, why: str, *, prefix: bool) -> None:
    """Block a number; servers that run know it within ten seconds."""
    known = {file.stem for file in (settings.connections.agent_store / "lines").glob("*.y*ml")}
    if line and line not in known:
        raise KeyRefused(f"--line: there is no line {line!r}; there are: {', '.join(sorted(known))}")
    moment = _moment(until)

    async def run(database: Database) -> None:
        async with noted(SqlAuditBook(database), "blocks.add", "") as hand:
            desk = BlockDesk(SqlBlockBook(database))
            block = await desk.add(number, prefix=prefix, line=line, until=moment, why=why, by=hand.who)
            hand.after = block.id
        _out.print(f"[green]ok[/]: blocked as {block.id}; servers that run know it within ten seconds")

    with_database(settings, run)


def remove_block(settings: Settings, block_id: str) -> None:
    """Take a number off the block list."""

    async def run(database: Database) -> None:
        async with noted(SqlAuditBook(database), "blocks.remove", block_id):
            await BlockDesk(SqlBlockBook(database)).remove(block_id)
        _out.print("[green]ok[/]: taken off; servers that run know it within ten seconds")

    with_database(settings, run)


def _moment(text: str) -> datetime | None:
    try:
        return read_moment(text) if text else None
    except ValueError as error:
        raise ConfigError(f"--until: {error}") from error
