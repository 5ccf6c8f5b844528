"""``ringmaster store``: which version is live, which there were, and how to go back to one."""

import asyncio
import getpass
import logging
from collections.abc import Awaitable, Callable

from rich.console import Console
from rich.table import Table

from backend.adapters.sql.database import Database
from backend.agents.edit import difference
from backend.errors import NotInStore
from backend.store_parts import StoreParts, store_parts
from backend.tool_store.catalogue import tool_names
from config import Settings

__all__ = ["roll_back", "show_diff", "show_revisions"]

_out = Console(highlight=False)
_STYLES = (("+++", "bold"), ("---", "bold"), ("@@", "cyan"), ("+", "green"), ("-", "red"))


def show_revisions(settings: Settings, limit: int) -> None:
    """Print the versions that were live, the newest first, the live one marked."""
    _with_store(settings, lambda parts: _revisions(parts, limit))


def show_diff(settings: Settings, version: str) -> None:
    """Print what would change if ``version`` went live now."""
    _with_store(settings, lambda parts: _diff(parts, version))


def roll_back(settings: Settings, version: str) -> None:
    """Make ``version`` live; servers that run take it over."""
    _with_store(settings, lambda parts: _roll_back(parts, version))


def _with_store(settings: Settings, work: Callable[[StoreParts], Awaitable[None]]) -> None:
    logging.getLogger("backend").addHandler(logging.NullHandler())  # what matters is printed

    async def run() -> None:
        database = Database(settings.connections.database_url.get_secret_value())
        try:
            await database.migrate()
            async with store_parts(settings, database, tool_names(), watch=False) as parts:
                await work(parts)
        finally:
            await database.close()

    asyncio.run(run())


async def _revisions(parts: StoreParts, limit: int) -> None:
    status = parts.live.status()
    table = Table("version", "first live", "by", "", box=None, pad_edge=False)
    for revision in await parts.revisions.list(limit=limit):
        at = revision.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(revision.version, at, revision.actor, "live" if revision.version == status.version else "")
    _out.print(table)
    if status.rejected:
        _out.print("\n[red]the store on disk does not pass the check;[/] `ringmaster check` says why")


async def _diff(parts: StoreParts, version: str) -> None:
    kept = await parts.revisions.get(await _whole(parts, version))
    assert kept is not None
    _, diff = difference(parts.live.store.files, kept.files)
    for line in diff.splitlines():
        style = next((style for start, style in _STYLES if line.startswith(start)), "")
        _out.print(line, style=style, markup=False, soft_wrap=True)
    if not diff:
        _out.print("no difference to the live version")


async def _roll_back(parts: StoreParts, version: str) -> None:
    outcome = await parts.live.rollback(await _whole(parts, version), f"{getpass.getuser()} (command line)")
    if not outcome.changed:
        _out.print(f"[green]ok[/]: {outcome.store.version} is live already")
        return
    _out.print(f"[green]ok[/]: {outcome.store.version} is live in place of {outcome.previous}")
    for name in outcome.changed:
        _out.print(f"  {name}")


async def _whole(parts: StoreParts, beginning: str) -> str:
    """The one version that begins so."""
    found = [revision.version for revision in await parts.revisions.list(limit=1000)]
    fitting = [version for version in found if version.startswith(beginning)]
    if len(fitting) != 1:
        what = "no version in the records begins" if not fitting else f"{len(fitting)} versions begin"
        raise NotInStore(f"{what} with {beginning!r}; `ringmaster store revisions` lists them")
    return fitting[0]
