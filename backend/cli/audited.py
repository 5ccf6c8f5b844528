"""What commands that people run have in common: the database, and an entry in the audit of what they did."""

import asyncio
import getpass
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import use_key
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database
from backend.domain.audit import AuditEntry
from backend.errors import RingmasterError
from backend.ports import AuditBook
from config import Settings

__all__ = ["BROKEN_OFF", "Hand", "noted", "who_runs", "with_database"]

BROKEN_OFF = "ringmaster.failed"
"""Outcome of what ended with a fault that is none of ours, such as a full disk, or was stopped by hand."""


@dataclass(slots=True)
class Hand:
    """Who runs the command, and what the audit is told of it."""

    who: str
    target: str = ""
    before: str = ""
    after: str = ""
    detail: dict[str, Any] = field(default_factory=dict[str, Any])


def who_runs() -> str:
    """Whoever runs this command, as the audit has them; a container may run under a number without a name."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"cli:{os.getuid()}"


@asynccontextmanager
async def noted(audit: AuditBook, action: str, target: str) -> AsyncGenerator[Hand]:
    """Note in the audit what is done in the block, and what came of it. What ends in any other way was not done."""
    hand, outcome = Hand(who_runs(), target), BROKEN_OFF
    try:
        yield hand
        outcome = "ok"
    except RingmasterError as error:
        outcome = error.code
        raise
    finally:
        await audit.note(
            AuditEntry(
                at=datetime.now(UTC),
                actor=hand.who,
                action=action,
                target=hand.target,
                before=hand.before,
                after=hand.after,
                outcome=outcome,
                detail=hand.detail,
            )
        )


def with_database(settings: Settings, work: Callable[[Database], Awaitable[None]]) -> None:
    """Run something with the database of the settings, brought up to date."""
    logging.getLogger("backend").addHandler(logging.NullHandler())  # what matters is printed

    async def run() -> None:
        database = open_database(settings.connections, open_cipher(settings))
        try:
            await database.migrate()
            await use_key(database)
            await work(database)
        finally:
            await database.close()

    asyncio.run(run())
