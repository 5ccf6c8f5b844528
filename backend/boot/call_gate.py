"""The call gate, joined: counts in Redis where there is one, the block list in the database, caps of the settings."""

import hashlib
from collections.abc import Callable
from contextlib import AsyncExitStack

from backend.adapters.redis.spending import RedisSpending
from backend.adapters.redis.try_ledger import RedisTries
from backend.adapters.sql.block_book import SqlBlockBook
from backend.adapters.sql.database import Database
from backend.api.block_desk import BlockDesk
from backend.boot.databases import open_redis
from backend.boot.tools import tries_key
from backend.domain.spending import MemorySpending
from backend.domain.tries import MemoryTries
from backend.engine.desk.gate import CallGate, Caps
from backend.ports import Cipher
from config import Settings

__all__ = ["open_gate"]

_HOUR_S, _DAY_S = 3600, 24 * 3600


async def open_gate(
    settings: Settings,
    stack: AsyncExitStack,
    database: Database,
    cipher: Cipher | None,
    *,
    live: Callable[[], int],
    tokens: Callable[[], int],
) -> tuple[CallGate, BlockDesk]:
    """The gate, which follows the block list until ``stack`` ends, and the desk that changes the list."""
    book = SqlBlockBook(database)
    redis = await open_redis(settings.connections, stack)
    if redis is None:  # one worker only
        ledgers, spending = (MemoryTries(_HOUR_S), MemoryTries(_DAY_S)), MemorySpending()
    else:
        secret = hashlib.sha256(f"caps {tries_key(settings, cipher)}".encode()).digest()
        ledgers = RedisTries(redis, secret, _HOUR_S), RedisTries(redis, secret, _DAY_S)
        spending = RedisSpending(redis)
    gate = CallGate(_caps(settings), *ledgers, spending, book, live=live, tokens=tokens)
    stack.push_async_callback(gate.close)
    await gate.start()
    return gate, BlockDesk(book, gate.refresh)


def _caps(settings: Settings) -> Caps:
    caps = settings.caps
    return Caps(
        caller_hour=caps.calls_per_caller_hour,
        caller_day=caps.calls_per_caller_day,
        calls_day=caps.calls_per_day,
        placed_number_day=caps.placed_calls_per_number_day,
        placed_day=caps.placed_calls_per_day,
        cost_day=caps.cost_per_day,
        minute=caps.cost_per_minute,
        token=caps.cost_per_1000_tokens / 1000,
    )
