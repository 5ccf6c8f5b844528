"""Joins the board of live calls with those of other workers, where there are any."""

from contextlib import AsyncExitStack

from backend.adapters.redis.live_feed import LocalLiveFeed, RedisLiveFeed
from backend.adapters.redis.session_store import MemorySessionStore, RedisSessionStore
from backend.engine.desk.live_board import LiveBoard
from backend.ports import CallRecords, Cipher

__all__ = ["open_live_board"]


def open_live_board(
    worker: str,
    sessions: RedisSessionStore | MemorySessionStore,
    cipher: Cipher,
    records: CallRecords,
    stack: AsyncExitStack,
) -> LiveBoard:
    """The board; closed with ``stack``."""
    alone = isinstance(sessions, MemorySessionStore)
    feed = LocalLiveFeed() if alone else RedisLiveFeed(sessions.redis, worker, cipher)
    stack.push_async_callback(feed.close)
    board = LiveBoard(worker, feed, records)
    stack.push_async_callback(board.close)
    return board
