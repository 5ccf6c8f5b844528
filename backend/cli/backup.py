"""``ringmaster backup`` and ``ringmaster restore``: everything in the database as one file, and back."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy.exc import SQLAlchemyError

from backend.adapters.sql.backup import Backup, Contents, contents, read_backup, write_backup
from backend.adapters.sql.backup import restore as put_back
from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import require_keys
from backend.adapters.sql.noting import note_there
from backend.adapters.sql.reason import reason
from backend.adapters.terminal.screen import screen
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database
from backend.cli.audited import BROKEN_OFF, who_runs
from backend.cli.guard import guarded
from backend.domain.audit import AuditEntry
from backend.errors import ConfigError, RingmasterError
from config import Settings

__all__ = ["backup", "restore"]

_out = screen()


def backup(
    file: Annotated[Path, typer.Argument(help="File to write, such as ringmaster.backup.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Overwrite an existing file without asking.")] = False,
) -> None:
    """Write everything in the database to one file.

    Servers may keep running: the file holds the database as it was at one moment. A backup of SQLite or PostgreSQL can
    be restored into either. Personal data in it stays encrypted: keep the data key too, in another place.
    """

    def run(settings: Settings) -> None:
        if file.exists() and not yes and not typer.confirm(f"{file} exists. Overwrite it?"):
            raise typer.Exit(1)
        asyncio.run(_backup(settings, file))

    guarded(run)


def restore(
    file: Annotated[Path, typer.Argument(help="File that `ringmaster backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Replace what is in the database without asking.")] = False,
) -> None:
    """Replace everything in the database with a backup.

    Stop every server that uses the database first. Either all of it is restored or nothing is changed. A backup of an
    earlier version is upgraded.
    """
    guarded(lambda settings: asyncio.run(_restore(settings, file, yes=yes)))


async def _backup(settings: Settings, file: Path) -> None:
    database = open_database(settings.connections, open_cipher(settings))
    try:
        async with _noted(database, _entry("database.backup", file)) as told:
            with _told(file):
                made = await write_backup(database, file)
            told.note = _said(made.rows)
    finally:
        await database.close()
    _out.print(f"[green]ok[/]: {escape(str(file))}, {_said(made.rows)}", soft_wrap=True)
    _tell_key(settings, made)
    waiting = _waiting(settings.connections.spool_dir)
    if waiting:
        where = escape(str(settings.connections.spool_dir))
        _out.print(
            f"[yellow]not in it:[/] what waits in {where} ({waiting} file(s)) because the database was away; a server "
            "that starts writes it",
            soft_wrap=True,
        )


@dataclass(slots=True)
class _Told:
    note: str = ""
    done: bool = False
    """Is it noted already?"""


def _entry(action: str, file: Path) -> AuditEntry:
    return AuditEntry(at=datetime.now(UTC), actor=who_runs(), action=action, target=str(file.absolute())[-256:])


@asynccontextmanager
async def _noted(database: Database, entry: AuditEntry) -> AsyncGenerator[_Told]:
    """Note in the audit what is done in the block. A database that can be read and not written is backed up all the
    same, and it is said that nothing was noted: it may be the last that is had of it."""
    told, outcome = _Told(), BROKEN_OFF
    try:
        yield told
        outcome = "ok"
    except RingmasterError as error:
        outcome = error.code
        raise
    finally:
        if not told.done:
            try:
                async with database.engine.begin() as connection:
                    await note_there(connection, replace(entry, outcome=outcome, note=told.note))
            except SQLAlchemyError as error:
                _out.print(
                    f"[yellow]not in the audit:[/] it cannot be written ({escape(reason(error))})", soft_wrap=True
                )


@contextmanager
def _told(file: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error


def _waiting(folder: Path) -> int:
    return sum(1 for one in folder.glob("*.spool") if one.stat().st_size) if folder.is_dir() else 0


async def _restore(settings: Settings, file: Path, *, yes: bool) -> None:
    with _told(file):
        found = read_backup(file)
    what = f"{file}: {_said(found.rows)}, of {found.made_at}, version {found.version}"
    _out.print(what, soft_wrap=True, markup=False)
    database = open_database(settings.connections, open_cipher(settings))
    try:
        there = await contents(database)
        _may_replace(there, yes=yes)
        entry = _entry("database.restore", file)
        async with _noted(database, entry) as told:
            note = f"of {found.made_at}: {_said(found.rows)}"
            await put_back(
                database, found, replace(entry, note=note, before=_count(there.rows), after=_count(found.rows))
            )
            told.done = True
        _out.print(f"[green]ok[/]: {_said(found.rows)}", soft_wrap=True)
        await _require_key(database)
    finally:
        await database.close()


def _may_replace(there: Contents, *, yes: bool) -> None:
    if there.alive:
        raise ConfigError(
            f"DATABASE_URL: {len(there.alive)} server process(es) use this database ({', '.join(there.alive)}); "
            "stop them, and wait 20 seconds after one that was killed"
        )
    if not any(there.rows.values()) or yes:
        return
    _out.print(f"[yellow]the database holds {_said(there.rows)}, which would be gone[/]", soft_wrap=True)
    if typer.prompt("Type yes to replace it all", default="no") != "yes":
        raise typer.Exit(1)


async def _require_key(database: Database) -> None:
    try:
        await require_keys(database)
    except ConfigError as error:
        raise ConfigError(f"the data is restored, but no server can start with it yet: {error}") from error


def _said(rows: dict[str, int]) -> str:
    counts = {
        "calls": rows.get("calls", 0),
        "cases": rows.get("cases", rows.get("claims", 0)),
    }  # as it was called before
    counts["callbacks"] = rows.get("callbacks", 0)
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    return f"{said} and {sum(rows.values()) - sum(counts.values())} other rows"


def _count(rows: dict[str, int]) -> str:
    return f"{sum(rows.values())} rows"


def _tell_key(settings: Settings, made: Backup) -> None:
    data = settings.data
    if not made.keys:
        _out.print("[yellow]nothing in it is sealed:[/] keep the file as safe as the database", soft_wrap=True)
        return
    where = "the setting DATA_KEY" if data.data_key.get_secret_value() else str(data.data_key_file)
    _out.print(
        f"personal data in it are sealed with the key {' and '.join(made.keys)}, which is not in it: it is in {where}. "
        "Keep it elsewhere than the file; without it the file cannot be read.",
        soft_wrap=True,
    )
