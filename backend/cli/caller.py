"""`ringmaster caller export|forget NUMBER`: what is kept of one caller."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import asdict

from rich.console import Console

from backend.adapters.redis.session_store import RedisSessionStore
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.key_uses import require_keys
from backend.boot.ciphers import open_cipher
from backend.boot.databases import open_database, open_redis
from backend.boot.kept_writes import SETTLE_S, kept_parts
from backend.boot.recordings import open_recordings
from backend.boot.tools import open_tries
from backend.domain.worker_name import worker_name
from backend.engine.desk.caller_desk import CallerDesk
from config import Settings

__all__ = ["export_caller", "forget_caller"]

_out = Console(highlight=False)


def export_caller(settings: Settings, number: str) -> None:
    """Print everything that is kept of a number, as JSON.

    Raises:
        ConfigError: the database is sealed with another key.
        Unavailable: the database does not answer.
    """

    async def show(desk: CallerDesk) -> None:
        data = asdict(await desk.export(number))
        _tell_waiting(Console(stderr=True, highlight=False), data["waiting"])
        _out.print(json.dumps(data, ensure_ascii=False, indent=2, default=str), markup=False, soft_wrap=True)

    _at_desk(settings, show, cases=False)


def forget_caller(settings: Settings, number: str, *, cases: bool) -> None:
    """Delete everything of a number, and say what went.

    Raises:
        ConfigError: the database is sealed with another key.
        Unavailable, SessionLost: the database or Redis does not answer.
    """

    async def forget(desk: CallerDesk) -> None:
        done = await desk.forget(number)
        _out.print(
            f"deleted: {done.calls} calls with all that was said, {done.drafts} drafts, {done.callbacks} call-backs, "
            f"{done.cases} filed cases, {done.recordings} recordings"
        )
        if done.cases_kept:
            _out.print(f"kept without the number: {done.cases_kept} filed cases; --cases deletes them, too")
        if done.live:
            _out.print(f"still going on: {done.live} calls; run it again when they are over")
        _tell_waiting(_out, done.waiting)

    _at_desk(settings, forget, cases=cases or settings.data.forget_claims)


def _tell_waiting(console: Console, waiting: int) -> None:
    if waiting:
        console.print(
            f"{waiting} entries of any caller are not in the database yet, running servers hold them; run it again "
            "in a minute"
        )


def _at_desk(settings: Settings, work: Callable[[CallerDesk], Awaitable[None]], *, cases: bool) -> None:
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
            await work(CallerDesk(book, sessions, tries, cases, lambda: settle(SETTLE_S), recordings))

    asyncio.run(run())
