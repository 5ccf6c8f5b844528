"""``ringmaster store from-call``: a rehearsal of a real call, with everybody and everything that it names replaced."""

import asyncio
from pathlib import Path

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.terminal.screen import screen
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database
from backend.cli.audited import noted
from backend.cli.rehearsal_parts import open_store
from backend.disguise.from_call import known_of, made_from, require_spoken
from backend.disguise.rehearsal import MadeRehearsal
from backend.errors import ConfigError
from config import Settings

__all__ = ["make_from_call"]

_out = screen(soft_wrap=True)


def make_from_call(settings: Settings, call_id: str, into: Path | None, suite: str, caller: str) -> None:
    """Print it, or write its files below ``into``; what is there already stays.

    Raises:
        ConfigError: there is no such call, or a file of that name is there.
        NotInStore, RunRefused: no rehearsal can be made of it.
        Unavailable: the database cannot be read.
    """
    made = asyncio.run(_made(settings, call_id, suite, caller))
    for name, text in made.files.items():
        if into is None:
            _out.print(f"# {name}\n{text}", markup=False)
        else:
            _write(into / name, text)
    for remark in made.remarks:
        _out.print(remark, style="yellow", markup=False)


async def _made(settings: Settings, call_id: str, suite: str, caller: str) -> MadeRehearsal:
    store = open_store(settings, None)
    database = open_database(settings.connections, open_cipher(settings))
    try:
        call = await SqlCallRecords(database).get(call_id)
        if call is None:
            raise ConfigError(f"there is no recorded call {call_id}")
        require_spoken(call, store)
        async with noted(SqlAuditBook(database), "rehearsals.from_call", call_id):
            known = await known_of(call, SqlCaseBook(database), store)
    finally:
        await database.close()
    return made_from(call, store, settings.connections.rehearsals, known, suite=suite, caller=caller)


def _write(place: Path, text: str) -> None:
    if place.exists():
        raise ConfigError(f"{place} is there already")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    _out.print(f"wrote {place}", markup=False)
