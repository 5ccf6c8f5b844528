"""`ringmaster caller export|forget NUMBER`: what is kept of one caller."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.console import Console

from backend.adapters.redis.session_store import RedisSessionStore
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.key_uses import require_keys
from backend.adapters.terminal.screen import screen
from backend.api.written import read_caller
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database, open_redis
from backend.boot.kept_writes import SETTLE_S, kept_parts
from backend.boot.recordings import open_recordings
from backend.boot.tools import open_tries
from backend.cli.audited import Hand, noted
from backend.domain.worker_name import worker_name
from backend.engine.desk.caller_desk import CallerDesk
from backend.errors import ConfigError
from config import Settings

__all__ = ["export_caller", "forget_caller", "number_of"]

_out = screen()
_TOLD = ("calls", "cases", "drafts", "callbacks", "recordings", "cases_kept", "live", "waiting")
"""What the audit is told of what was deleted, as over HTTP."""


def number_of(text: str) -> str:
    """The number as it stands in calls: of any other nothing would be found, and that would be told as if it were so.

    Raises:
        ConfigError: it is no number with its country.
    """
    try:
        number = read_caller(text)
    except ValueError:
        number = ""
    if not number:
        raise ConfigError(f"NUMBER: expected a number with its country, such as +18005550123, got {text[:40]!r}")
    return number


def export_caller(settings: Settings, number: str) -> None:
    """Print everything that is kept of a number, as JSON, once it stands in the audit that somebody saw it.

    Raises:
        ConfigError: it is no number, or the database is sealed with another key.
        Unavailable: the database does not answer.
    """
    wanted, found = number_of(number), dict[str, Any]()

    async def read(desk: CallerDesk, hand: Hand) -> None:
        found.update(asdict(await desk.export(wanted)))
        hand.detail = {"calls": len(found["calls"]), "cases": len(found["cases"])}

    _at_desk(settings, "callers.export", read, cases=False)
    _tell_waiting(screen(stderr=True), found["waiting"])
    _out.print(json.dumps(found, ensure_ascii=False, indent=2, default=_plain), markup=False, soft_wrap=True)


def forget_caller(settings: Settings, number: str, *, cases: bool) -> None:
    """Delete everything of a number, and say what went.

    Raises:
        ConfigError: it is no number, or the database is sealed with another key.
        Unavailable, SessionLost: the database or Redis does not answer.
    """
    wanted = number_of(number)

    async def forget(desk: CallerDesk, hand: Hand) -> None:
        done = await desk.forget(wanted)
        hand.detail = {name: getattr(done, name) for name in _TOLD}
        _out.print(
            f"deleted: {done.calls} calls with all that was said, {done.drafts} drafts, {done.callbacks} call-backs, "
            f"{done.cases} filed cases, {done.recordings} recordings"
        )
        if done.cases_kept:
            _out.print(f"kept without the number: {done.cases_kept} filed cases; --cases deletes them, too")
        if done.live:
            _out.print(f"still going on: {done.live} calls; run it again when they are over")
        _tell_waiting(_out, done.waiting)

    _at_desk(settings, "callers.forget", forget, cases=cases or settings.data.forget_claims)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _tell_waiting(console: Console, waiting: int) -> None:
    if waiting:
        console.print(
            f"{waiting} entries of any caller are not in the database yet, running servers hold them; run it again "
            "in a minute"
        )


def _at_desk(
    settings: Settings, action: str, work: Callable[[CallerDesk, Hand], Awaitable[None]], *, cases: bool
) -> None:
    async def run() -> None:
        cipher = open_cipher(settings)
        async with AsyncExitStack() as stack:
            database = open_database(settings.connections, cipher)
            stack.push_async_callback(database.close)
            await database.migrate()
            await require_keys(database)
            kept = await stack.enter_async_context(kept_parts(settings, database, worker_name(), cipher))
            redis = await open_redis(settings.connections, stack)
            sessions = RedisSessionStore(redis, settings.connections.session_ttl_seconds, cipher) if redis else None
            tries = await open_tries(settings, stack, cipher) if redis else None
            settle = kept.outbox.settle
            recordings = open_recordings(settings, cipher, database, stack)
            book = SqlCallerData(database)
            desk = CallerDesk(book, sessions, tries, cases, lambda: settle(SETTLE_S), recordings)
            async with noted(SqlAuditBook(database), action, "") as hand:
                await work(desk, hand)

    asyncio.run(run())
