"""A house for all tests of a file, each of which finds it as it was: to open one and close it is most of a second.

What a test has done to the server is undone behind it. Who needs other settings, or another voice, opens a house alone.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from house import House
from sqlalchemy import delete

from backend.adapters.sql.tables import Base, Revision, Worker
from backend.engine.desk.live_board import LiveBoard

__all__ = ["lent"]

_LIMIT_S = 30


@asynccontextmanager
async def lent(running: House) -> AsyncGenerator[House]:
    """Have it for a test; behind it no call goes on, and nothing is kept but the version that was live before."""
    assert running.services.live is not None
    first = running.services.live.store.store.version
    yield running
    await _nobody_calls(running)
    await _as_before(running, first)
    await _nothing_kept(running, first)


async def _nobody_calls(running: House) -> None:
    for call in running.services.desk.live():
        await running.services.desk.hang_up(call.call_id)
    chats = running.services.chats
    for chat in getattr(chats, "live", list[None])():
        await chats.end(chat.call_id)  # type: ignore[union-attr]
    async with asyncio.timeout(_LIMIT_S):
        while running.ringmaster.desk.calls.all() or not await _all_written(running):
            await asyncio.sleep(0.05)


async def _all_written(running: House) -> bool:
    return all(call.outcome for call in await running.services.records.list(limit=200))


async def _as_before(running: House, version: str) -> None:
    """The store."""
    live = running.services.live
    assert live is not None
    live.store._check.rejected = None
    if live.sharing is not None and live.sharing.active is not None:
        await live.sharing.end()
    if live.store.store.version != version:
        await live.store.rollback(version, "test")


async def _nothing_kept(running: House, version: str) -> None:
    board = running.services.live_board
    assert isinstance(board, LiveBoard)
    board._calls.clear()  # it shows for a while how calls have ended
    board._forgotten = board._number
    async with running.services.history._database.session() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table is Revision.__table__:
                await session.execute(delete(Revision).where(Revision.version != version))
            elif table is not Worker.__table__:
                await session.execute(table.delete())
