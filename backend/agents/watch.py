"""Keeps a live store up to date: with its folders on disk, and with what the other workers agree on."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

from watchfiles import Change, awatch

from backend.agents.live import LiveStore
from backend.agents.sharing import Sharing
from backend.errors import RingmasterError
from backend.ports import VersionBoard

__all__ = ["watch_share", "watch_store"]

log = logging.getLogger(__name__)

_LOOK_MS = 10_000
"""The disk is looked at so often besides, for what a network share or a replaced folder does not report."""
_QUIET_MS = 50
_GROUP_MS = 400
_PAUSE_S = 3.0
_SHARE_S = 2.0
"""So often a worker asks whether a share of calls goes on: when nobody can say, it is over here."""


@asynccontextmanager
async def watch_store(
    live: LiveStore, board: VersionBoard, folders: tuple[Path, ...], pause_s: float = _PAUSE_S
) -> AsyncGenerator[None]:
    """Watch while the block runs. What fails is logged and tried again after ``pause_s``."""
    tasks = [
        asyncio.create_task(_again(lambda: _follow_disk(live, folders), pause_s), name="watch-store"),
        asyncio.create_task(_again(lambda: _follow_board(live, board), pause_s), name="follow-store"),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def watch_share(sharing: Sharing, look_s: float = _SHARE_S) -> AsyncGenerator[None]:
    """Follow what the workers agreed on while the block runs; it is known when that begins."""
    await sharing.follow()

    async def look() -> None:
        while True:
            await asyncio.sleep(look_s)
            await sharing.follow()

    task = asyncio.create_task(_again(look, look_s), name="follow-share")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _again(work: Callable[[], Awaitable[None]], pause_s: float) -> None:
    while True:
        try:
            await work()
        except RingmasterError as error:
            log.warning(
                "cannot watch the agent store; trying again", extra={"event": "store.not_followed", "code": error.code}
            )
        except Exception:
            # The edge of the task: whatever it is, calls go on and so does the watch.
            log.exception("watching the agent store failed", extra={"event": "store.watch_broke"})
        await asyncio.sleep(pause_s)


async def _follow_disk(live: LiveStore, folders: tuple[Path, ...]) -> None:
    await live.look()
    changes = awatch(
        *folders,
        watch_filter=_is_of_the_store,
        debounce=_GROUP_MS,
        step=_QUIET_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
    )
    async with aclosing(changes):
        async for _ in changes:
            await live.look()


async def _follow_board(live: LiveStore, board: VersionBoard) -> None:
    changes = board.changes()
    async with aclosing(changes):
        async for agreed in changes:
            await live.follow(agreed)


def _is_of_the_store(_: Change, path: str) -> bool:
    name = Path(path).name
    return not name.startswith(".") and not name.endswith(("~", ".tmp", ".swp"))
