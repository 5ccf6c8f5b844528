"""``ringmaster keys``: keys of the API: make, list, exchange, revoke."""

from datetime import UTC, datetime, timedelta

from rich.markup import escape
from rich.table import Table

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.key_book import SqlKeyBook
from backend.adapters.terminal.screen import as_written, screen
from backend.api.key_desk import KeyDesk, rights_of
from backend.cli.audited import noted, with_database
from backend.domain.api_key import ApiKey, NewKey
from config import Settings

__all__ = ["add_key", "list_keys", "revoke_key", "rotate_key"]

_out = screen()


def list_keys(settings: Settings) -> None:
    """Print every key; of none is the secret known."""

    async def run(database: Database) -> None:
        table = Table("name", "id", "role", "lines", "destinations", "made", "ends", "", box=None, pad_edge=False)
        for key in await KeyDesk(SqlKeyBook(database)).list():
            table.add_row(*as_written(*_row(key)))
        _out.print(table)

    with_database(settings, run)


def add_key(
    settings: Settings, name: str, role: str, lines: list[str], destinations: list[str], days: int | None
) -> None:
    """Make a key and print it, this once."""
    known = [file.stem for file in (settings.connections.agent_store / "lines").glob("*.y*ml")]
    rights = rights_of(role, lines or None, destinations, known=known)

    async def run(database: Database) -> None:
        async with noted(SqlAuditBook(database), "keys.add", name) as hand:
            new = await KeyDesk(SqlKeyBook(database)).add(name, rights, by=hand.who, days=days)
            hand.after = new.key.id
        _show(new)

    with_database(settings, run)


def rotate_key(settings: Settings, name: str, overlap_hours: int, days: int | None) -> None:
    """Make a second key of the same rights and print it; the first ends after the overlap."""

    async def run(database: Database) -> None:
        async with noted(SqlAuditBook(database), "keys.rotate", name) as hand:
            overlap = timedelta(hours=overlap_hours)
            new = await KeyDesk(SqlKeyBook(database)).rotate(name, by=hand.who, overlap=overlap, days=days)
            hand.after = new.key.id
        _show(new)
        _out.print(f"the earlier key is taken for {overlap_hours} h more")

    with_database(settings, run)


def revoke_key(settings: Settings, name: str, identifier: str | None) -> None:
    """End a key now; servers that run know it within ten seconds."""

    async def run(database: Database) -> None:
        async with noted(SqlAuditBook(database), "keys.revoke", name) as hand:
            ended = await KeyDesk(SqlKeyBook(database)).revoke(name, identifier)
            hand.before = ",".join(key.id for key in ended)
        _out.print(f"[green]ok[/]: {len(ended)} key(s) revoked; servers that run know it within ten seconds")

    with_database(settings, run)


def _show(new: NewKey) -> None:
    _out.print(f"[green]ok[/]: the key {escape(new.key.name)}; it is shown this once and kept nowhere:", soft_wrap=True)
    print(new.token)


def _row(key: ApiKey) -> tuple[str, ...]:
    rights = key.rights
    lines = "all" if rights.lines is None else " ".join(sorted(rights.lines))
    state = "live" if key.lives(datetime.now(UTC)) else "ended"
    return (
        key.name,
        key.id,
        " ".join(sorted(rights.roles)),
        lines,
        " ".join(rights.destinations) or "as the line",
        _day(key.created_at),
        _day(key.ends_at),
        state,
    )


def _day(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""
