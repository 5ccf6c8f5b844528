"""``ringmaster audit``: who did what, when, and what it was before and after."""

import json
from dataclasses import asdict
from datetime import datetime

from rich.table import Table

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.database import Database
from backend.adapters.terminal.screen import as_written, screen
from backend.api.written import read_moment
from backend.cli.audited import noted, with_database
from backend.domain.audit import AuditQuery
from backend.errors import ConfigError
from config import Settings

__all__ = ["show_audit"]

_out = screen()


def show_audit(
    settings: Settings,
    actor: str,
    action: str,
    target: str,
    since: str,
    until: str,
    *,
    agents: bool,
    limit: int,
    as_json: bool = False,
) -> None:
    """Print entries of the audit, the newest first; as JSON one a line. Looking at it is an entry, too."""
    query = AuditQuery(
        actor=actor,
        action=action,
        target=target,
        since=_moment("--since", since),
        until=_moment("--until", until),
        people=None if agents else True,
    )

    async def run(database: Database) -> None:
        book = SqlAuditBook(database)
        async with noted(book, "audit.read", ""):
            entries = [kept.entry for kept in await book.list(query, limit=limit)]
        if as_json:
            for entry in entries:
                print(json.dumps(asdict(entry), default=str))
            return
        table = Table("when", "who", "what", "to what", "before", "after", "", "note", box=None, pad_edge=False)
        for entry in entries:
            at = entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            to = entry.target or entry.call_id
            told = entry.before, entry.after, entry.outcome, entry.note
            table.add_row(*as_written(at, entry.actor, entry.action, to, *told))
        _out.print(table)

    with_database(settings, run)


def _moment(option: str, text: str) -> datetime | None:
    try:
        return read_moment(text) if text else None
    except ValueError as error:
        raise ConfigError(f"{option}: {error}") from error
