"""Hours that are put together by day, on the real databases: nothing of what they tell changes by it."""

import asyncio
import math
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.database import Database
from backend.adapters.sql.days import young_from
from backend.adapters.sql.history import SqlHistory
from backend.adapters.sql.hour_book import SqlHourBook
from backend.adapters.sql.tables import Base, DayRow, HourRow
from backend.domain.call import CallRecord
from backend.domain.call_use import CallUse, ModelUse
from backend.domain.history import History, HistoryQuery, wait_bound, wait_within
from backend.domain.hour_counts import HourKey, counts_of_call, hour_of
from backend.domain.private import Private

NOW = datetime.now(UTC)
FIRST = NOW - timedelta(days=9)
ZONES = ("UTC", "America/Chicago", "Asia/Kolkata", "America/St_Johns", "Pacific/Auckland")
NUMBER = "+13125550142"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    await database.migrate()
    yield database
    await database.close()


async def packed(database: Database) -> None:
    """All that is old enough is put together."""
    while await SqlHourBook(database).pack():
        pass


async def rows(database: Database, table: type[HourRow] | type[DayRow]) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


def told(history: History) -> dict[tuple[int, str], dict[tuple[str, str], int]]:
    """What is in it, without counts of nothing."""
    slots = {key: {name: count for name, count in one.counts.items() if count} for key, one in history.slots.items()}
    return {key: counts for key, counts in slots.items() if counts}


def queries() -> list[HistoryQuery]:
    days = [HistoryQuery(since=FIRST, until=NOW, zone=zone) for zone in ZONES]
    since, until = NOW - timedelta(days=6, hours=7), NOW - timedelta(days=3, hours=2)
    one = HistoryQuery(since=since, until=until, by="hour", line="main")
    return [*days, one, HistoryQuery(since=since, until=until, zone=ZONES[1], lines=frozenset(["main", ""]))]


async def all_told(database: Database) -> list[Any]:
    return [told(await SqlHistory(database).history(query)) for query in queries()]


def some_counts(chance: random.Random, hours: int = 200) -> dict[HourKey, int]:
    last = hour_of(NOW.timestamp())
    names = (("wait", "500"), ("wait", "1250"), ("refused", "full"), ("fault", "model.lost x.y"), ("outcome", "failed"))
    return {
        (last - back, line, *chance.choice(names)): chance.randint(-2, 9)
        for back in range(hours) for line in ("main", "dental", "") if chance.random() < 0.3
    }  # fmt: skip


async def test_days_tell_what_their_hours_told(database: Database) -> None:
    book, chance = SqlHourBook(database), random.Random(3)
    await book.add(some_counts(chance), [])
    before = await all_told(database)
    assert all(before)
    await packed(database)
    young = hour_of(NOW.timestamp()) - young_from(hour_of(NOW.timestamp())) + 1
    assert 0 < await rows(database, HourRow) <= 3 * young and 9 <= await rows(database, DayRow) <= 3 * 9
    assert await all_told(database) == before


async def test_what_is_counted_late_is_added(database: Database) -> None:
    """Before it is put together and after, as often as it comes."""
    book, chance = SqlHourBook(database), random.Random(4)
    whole = Counter[HourKey]()
    for _ in range(3):
        some = some_counts(chance)
        for key, count in some.items():
            whole[key] += count
        await book.add(some, [])
        await packed(database)
    other = {key: count for key, count in whole.items() if count}
    slots = [HistoryQuery(since=FIRST, until=NOW, by="hour", line=line) for line in ("main", "dental")]
    for query in slots:
        found = told(await SqlHistory(database).history(query))
        counted: dict[Any, dict[Any, int]] = {}
        for (hour, line, kind, name), count in other.items():
            if line == query.line:
                counted.setdefault((hour, line), {})[kind, name] = count
        assert found == counted


async def test_workers_put_together_and_count_at_the_same_time(database_url: str, database: Database) -> None:
    books = [SqlHourBook(Database(database_url)) for _ in range(4)]
    some = some_counts(random.Random(5))
    await books[0].add(some, [])
    before = await all_told(database)
    late = dict.fromkeys(list(some)[-60:], 1)  # the oldest
    await asyncio.gather(*(work for book in books for work in (book.pack(), book.add(late, []), book.pack())))
    for _ in range(4):
        await packed(database)
    found = await all_told(database)
    for query, was, now in zip(queries(), before, found, strict=True):
        more = sum(sum(one.values()) for one in now.values()) - sum(sum(one.values()) for one in was.values())
        fits = [key for key in late if _within(query, key)]
        assert more == 4 * len(fits)
    for book in books:
        await book._database.close()


def _within(query: HistoryQuery, key: HourKey) -> bool:
    hour, line, *_ = key
    first, last = hour_of(query.since.timestamp()), -hour_of(-query.until.timestamp())
    of_line = query.line in ("", line) and (query.lines is None or line in query.lines)
    return first <= hour < last and of_line


# -- the records of calls and what is counted of them ---------------------------------------------

OUTCOMES = ("completed", "failed", "transferred", "caller_hung_up")
USES = st.one_of(
    st.none(),
    st.builds(
        CallUse, phone_s=st.integers(0, 300), heard_s=st.integers(0, 300), spoken=st.integers(0, 5000),
        models=st.dictionaries(st.sampled_from(["big", "small"]), st.builds(
            ModelUse, st.integers(0, 9), st.integers(0, 3), st.integers(0, 900), st.integers(0, 90), st.integers(0, 90),
        )),
    ),
)  # fmt: skip
CALLS = st.lists(
    st.fixed_dictionaries({
        "call_id": st.sampled_from([f"c{number}" for number in range(7)]), "outcome": st.sampled_from(OUTCOMES),
        "repairs": st.one_of(st.none(), st.integers(0, 4)), "use": USES,
        "then": st.sampled_from(["", "pack", "forget"]),
    }),
    min_size=1, max_size=14,
)  # fmt: skip


def facts(call_id: str) -> dict[str, Any]:
    """What a call was from its beginning on: moments of ten days, three lines, every fifth a test."""
    chance = random.Random(call_id)
    began = NOW - timedelta(hours=chance.randint(0, 200), minutes=chance.randint(0, 59))
    return {
        "line": chance.choice(("main", "dental")), "test": call_id == "c4", "started_at": began, "ended_at": began,
        "direction": "inbound", "caller": Private(NUMBER if chance.random() < 0.5 else ""),
    }  # fmt: skip


async def emptied(database: Database) -> None:
    async with database.session() as session:
        for table in reversed(Base.metadata.sorted_tables):
            await session.execute(delete(table))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
@given(written=CALLS)
async def test_what_is_counted_is_what_the_records_hold(database: Database, written: Sequence[dict[str, Any]]) -> None:
    """Calls that are written again and again, put together in between; those that are forgotten stay counted."""
    await emptied(database)
    records, gone = SqlCallRecords(database), Counter[HourKey]()
    forgotten: set[str] = set()
    for one in written:
        call_id, then = one["call_id"], one["then"]
        if call_id in forgotten:
            continue  # who is forgotten calls no more
        more = {name: one[name] for name in ("outcome", "repairs", "use")}
        await records.ended(CallRecord(call_id=call_id, **facts(call_id), **more))
        if then == "pack":
            await packed(database)
        elif then == "forget":
            theirs = [call for call in await records.list() if call.caller.reveal() == NUMBER]
            for call in theirs:
                gone.update(_counts(call))
            forgotten |= {call.call_id for call in theirs}
            await SqlCallerData(database).forget(NUMBER)
    whole = Counter(gone)
    for call in await records.list():
        whole.update(_counts(call))
    for line in ("main", "dental"):
        found = told(await SqlHistory(database).history(HistoryQuery(since=FIRST, until=NOW, by="hour", line=line)))
        counted: dict[Any, dict[Any, int]] = {}
        for (hour, of_line, kind, name), count in whole.items():
            if of_line == line and count:
                counted.setdefault((hour, line), {})[kind, name] = count
        assert found == counted


def _counts(call: CallRecord) -> Counter[HourKey]:
    if call.test or call.outcome is None:
        return Counter()
    hour, counts = hour_of(call.started_at.timestamp()), counts_of_call(call.outcome, call.repairs, call.use)
    return Counter({(hour, call.line, kind, name): count for (kind, name), count in counts.items()})


@given(st.lists(st.floats(1, 29_000), min_size=1, max_size=400), st.sampled_from([0.5, 0.95]))
def test_a_share_of_waits_is_told_within_the_width_of_its_bucket(waits: list[float], share: float) -> None:
    """However the waits are spread over hours and days: their buckets are added, and nothing is lost by it."""
    parts = [Counter(wait_bound(wait) for wait in waits[first::3]) for first in range(3)]
    told_ms = wait_within(sum(parts, Counter[int]()), share)
    exact = sorted(waits)[math.ceil(share * len(waits)) - 1]
    width = 50 if exact <= 2000 else 250 if exact <= 5000 else 1000
    assert told_ms is not None and abs(told_ms - exact) <= width + 0.1
