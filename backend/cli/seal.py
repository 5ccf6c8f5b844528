"""`ringmaster seal`: seal what was stored before there was a key, or under a key that is to go."""

import asyncio

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import use_key
from backend.adapters.sql.sealing import Sealing
from backend.adapters.terminal.screen import screen
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database
from backend.cli.audited import Hand, noted
from backend.cli.guard import guarded
from backend.cli.progress import progress
from config import Settings

__all__ = ["seal"]

_out = screen()


def seal() -> None:
    """Encrypt stored personal data with the data key that is set.

    Encrypts what was stored before there was a key, and after a change of keys everything again with the new one.
    Servers may keep running. The command may be stopped and run again: it continues where it stopped.
    """
    guarded(lambda settings: asyncio.run(_seal(settings)))


async def _seal(settings: Settings) -> None:
    database = open_database(settings.connections, open_cipher(settings))
    try:
        await database.migrate()
        async with noted(SqlAuditBook(database), "data.seal", "") as hand:
            await _seal_all(database, hand)
    finally:
        await database.close()


async def _seal_all(database: Database, hand: Hand) -> None:
    sealing = Sealing(database)
    left = await sealing.left()
    hand.after = database.cipher.key_id
    await use_key(database)
    with progress("sealing rows", left) as one_more:
        async for count in sealing.run():
            for _ in range(count):
                one_more()
    gone = await sealing.finish()
    hand.before, hand.detail = " ".join(gone), {"rows": left}
    _out.print(f"{left} rows were sealed; all personal data is sealed with the key {database.cipher.key_id}")
    if gone:
        _out.print(f"no longer needed, once no server runs with it: the key {' and '.join(gone)}")
        _out.print("but for recordings, which keep the key they were made with: docs/recordings.md")
