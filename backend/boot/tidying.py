"""Joins those who tidy up in the background: what was kept long enough goes, and no call stays without an end."""

from contextlib import AsyncExitStack

from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.adapters.sql.run_book import SqlStoreRuns
from backend.agents.gone_lines import GoneLines
from backend.boot.data import DataParts
from backend.boot.live_store import StoreParts
from backend.boot.providers import ProviderParts
from backend.engine.desk.call_closer import CallCloser, lives_somewhere
from backend.engine.desk.call_desk import CallDesk
from backend.engine.desk.chat_desk import ChatDesk
from backend.engine.desk.recording_desk import RecordingDesk
from backend.engine.desk.sweeper import Sweeper
from backend.ports import HealthSource
from config import Settings

__all__ = ["open_tidying"]


async def open_tidying(
    settings: Settings,
    worker: str,
    data: DataParts,
    providers: ProviderParts,
    store: StoreParts,
    recordings: RecordingDesk,
    desk: CallDesk,
    chats: ChatDesk,
    stack: AsyncExitStack,
) -> HealthSource:
    """Begin to tidy up, until ``stack`` ends; gives what tells how that goes."""
    every_s = settings.data.retention_sweep_seconds
    book, live = SqlCallerData(data.database), store.live
    sweeper = Sweeper(
        book,
        lambda: list(live.store.lines.values()),
        every_s,
        recordings=recordings,
        runs=SqlStoreRuns(data.database),
        gone=GoneLines(book, store.revisions),
    )
    stack.push_async_callback(sweeper.close)
    sweeper.start()
    lives = lives_somewhere(desk, chats, providers.exchange, providers.sessions)
    nameless_s = 2.0 * settings.voice.call_max_seconds
    closer = CallCloser(SqlOpenCalls(data.database), worker, lives, nameless_s=nameless_s)
    stack.push_async_callback(closer.close)
    await closer.start()
    return sweeper.health
