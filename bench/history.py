"""How long the history of the Health page and the totals of calls take with 100,000 calls, and by which plan.

    python -m bench.history DATABASE_URL

The database is to be empty, and is filled: 90 days of calls on three lines, with tokens and waits. The history is asked
for as an upgraded server has it, with hours alone, and when its workers have put them together by day.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import event, insert, text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.adapters.sql.history import SqlHistory
from backend.adapters.sql.hour_book import SqlHourBook
from backend.adapters.sql.tables import Call, CallModel, HourRow
from backend.adapters.telemetry.events import EVENTS
from backend.api.history_views import HistoryView
from backend.domain.call_use import CallUse, ModelUse
from backend.domain.history import HistoryQuery
from backend.domain.hour_counts import counts_of_call
from backend.domain.search import CallQuery
from config.prices import PriceSettings

__all__ = ["main"]

_CALLS = 100_000
_DAYS = 90
_LINES = ("insurance", "dental", "bank")
_OUTCOMES = ("completed", "completed", "transferred", "caller_hung_up", "failed")
_TOKENS = {"deployment": "gpt-5.1", "answers": 14, "untold": 2, "read": 40_000, "cached": 20_000, "written": 900}
_ROUNDS = 7
_PART = 5000


def _calls(now: datetime) -> Iterator[dict[str, Any]]:
    chance = random.Random(5)  # noqa: S311  the same calls each time
    for number in range(_CALLS):
        began = now - timedelta(days=_DAYS) * (1 - number / _CALLS)
        yield {
            "call_id": f"{chance.getrandbits(128):032x}", "line": chance.choice(_LINES), "direction": "inbound",
            "way": "acs", "caller": "x" * 100, "caller_key": f"{number % 30_000:032x}", "called": "x" * 100,
            "connection_id": f"{number:036}", "store_version": "3f9c1a7be2d04c55", "started_at": began,
            "ended_at": began + timedelta(minutes=3), "outcome": chance.choice(_OUTCOMES), "detail": "",
            "repairs": chance.choice((0, 0, 1, 2)), "agents": ["auth", "intake"], "test": number % 50 == 0,
            "worker": "w", "phone_s": 180.0, "trunk_s": 0.0, "heard_s": 178.0, "spoken": 2100, "recorded_s": 0.0,
        }  # fmt: skip


def _hours(now: datetime) -> list[dict[str, Any]]:
    """Every hour of every line with calls, waits of 24 lengths, a refusal and a fault."""
    use = CallUse(
        phone_s=2700.0, heard_s=2670.0, spoken=31_500, models={"gpt-5.1": ModelUse(210, 30, 600_000, 300_000, 9)}
    )
    counts = {f"{kind} {name}": count for (kind, name), count in counts_of_call("completed", 4, use).items()}
    counts |= {f"wait {ms}": 3 for ms in range(300, 1500, 50)} | {
        "refused full": 1,
        "fault model.attempt_failed x.y": 2,
    }
    told, last = json.dumps(counts), int(now.timestamp()) // 3600
    return [{"hour": last - back, "line": line, "counts": told} for back in range(_DAYS * 24) for line in _LINES]


async def _fill(database: Database, now: datetime) -> None:
    of_call = ("call_id", "line", "started_at", "test")
    async with database.engine.begin() as connection:
        for some in _in_parts(_calls(now)):
            await connection.execute(insert(Call), some)
            models = [{name: call[name] for name in of_call} | _TOKENS for call in some]
            await connection.execute(insert(CallModel), models)
        for some in _in_parts(_hours(now)):
            await connection.execute(insert(HourRow), some)
    async with database.engine.begin() as connection:
        await connection.execute(text("analyze"))


def _in_parts(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while some := list(islice(left, _PART)):
        yield some


async def _timed(name: str, ask: Callable[[], Awaitable[object]]) -> None:
    took: list[float] = []
    spent = time.process_time()
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - began) * 1000)
    ours = (time.process_time() - spent) * 1000 / _ROUNDS
    told = f"median {statistics.median(took):6.0f} ms, most {max(took):6.0f} ms, processor {ours:4.0f} ms"
    sys.stdout.write(f"{name:44} {told}\n")


async def _answer(history: SqlHistory, query: HistoryQuery) -> None:
    """All that the page waits for."""
    told = await history.history(query)
    found: Any = SimpleNamespace(advice=EVENTS.get)
    view = await asyncio.to_thread(
        HistoryView.of, told, query, found, PriceSettings().price_list("gpt-5.1"), faults=True
    )
    await asyncio.to_thread(view.model_dump_json)


async def _plans(database: Database, ask: Callable[[], Awaitable[object]]) -> None:
    """What the database does for it, statement by statement."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await ask()
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    explain = "explain (analyze)" if database.engine.dialect.name == "postgresql" else "explain query plan"
    async with database.engine.connect() as connection:
        for statement, parameters in asked:
            rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
            sys.stdout.write("".join(f"    {row[-1]}\n" for row in rows) + "\n")


async def _run(url: str) -> None:
    database, now = Database(url), datetime.now(UTC)
    await database.migrate()
    await _fill(database, now)
    history, records, book = SqlHistory(database), SqlCallRecords(database), SqlHourBook(database)
    whole = HistoryQuery(since=now - timedelta(days=_DAYS), until=now, zone="America/Chicago")
    month = HistoryQuery(since=now - timedelta(days=30), until=now, zone="America/Chicago", line="dental")
    day = HistoryQuery(since=now - timedelta(days=1), until=now, by="hour")
    asked = {"90 days, 100,000 calls": whole, "30 days, one line": month, "24 hours": day}
    for state in ("by hours", "by days"):
        for name, query in asked.items():
            await _timed(f"history of {name}, {state}", lambda query=query: _answer(history, query))
        began, steps = time.perf_counter(), 0
        while state == "by hours" and await book.pack():
            steps += 1
        if database.engine.dialect.name == "postgresql":  # as it does by itself within a minute
            async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                await connection.exec_driver_sql("vacuum analyze")
        sys.stdout.write(f"put together in {steps} steps of 20, {time.perf_counter() - began:.1f} s\n")
    await _timed("totals of all calls", records.use)
    since = CallQuery(since=now - timedelta(days=30), line="dental")
    await _timed("totals of 30 days, one line", lambda: records.use(since))
    outcome = CallQuery(outcome="completed")
    await _timed("totals of all that were completed", lambda: records.use(outcome))
    for ask in (
        lambda: history.history(whole),
        lambda: history.history(month),
        records.use,
        lambda: records.use(since),
    ):
        await _plans(database, ask)
    await database.close()


def main() -> None:
    """The command."""
    asyncio.run(_run(sys.argv[1]))


if __name__ == "__main__":
    main()
