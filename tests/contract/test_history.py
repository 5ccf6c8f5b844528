"""How it went over time, on the real databases: by day and hour, without tests, counts of all workers added."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.database import Database
from backend.adapters.sql.history import SqlHistory
from backend.adapters.sql.hour_book import SqlHourBook
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.domain.call import CallRecord
from backend.domain.call_use import CallUse, ModelUse
from backend.domain.history import Fault, FaultCount, HistoryFigures, HistoryQuery
from backend.domain.hour_counts import CountKind, hour_of
from backend.domain.private import Private

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
CHICAGO = "America/Chicago"
NUMBER = "+13125550142"


@pytest.fixture
async def database(database_url: str) -> Database:
    database = Database(database_url)
    await database.migrate()
    yield database
    await database.close()


async def call(database: Database, name: str, at: datetime, **changes: object) -> None:
    use = CallUse(phone_s=60, heard_s=30, spoken=100, models={"big": ModelUse(1, 0, 50, 0, 5)})
    known = {"line": "main", "direction": "inbound", "started_at": at, "outcome": "completed", "repairs": 1, "use": use}
    await SqlCallRecords(database).ended(CallRecord(call_id=name, **known | changes))


def query(since: datetime, until: datetime, **more: object) -> HistoryQuery:
    return HistoryQuery(since=since, until=until, **more)


async def days(database: Database, asked: HistoryQuery) -> dict[tuple[str, str], HistoryFigures]:
    found = await SqlHistory(database).history(asked)
    return {(asked.begins(slot).isoformat()[:16], line): figures for (slot, line), figures in found.slots.items()}


async def test_calls_are_cut_into_the_days_of_a_zone(database: Database) -> None:
    midnight = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)  # in Chicago
    await call(database, "before", midnight - timedelta(microseconds=1))
    await call(database, "after", midnight)
    await call(database, "live", midnight + timedelta(hours=1), outcome=None, repairs=None)
    await SqlOpenCalls(database).close("live", "the server went away", "idle")
    await call(database, "goes on", midnight + timedelta(hours=1), outcome=None, repairs=None)
    await call(database, "failed", midnight + timedelta(hours=23, minutes=59), outcome="failed", repairs=0)
    await call(database, "other", midnight, line="dental", use=None)
    await call(database, "test", midnight, test=True)
    await call(database, "outside", midnight + timedelta(hours=24))
    found = await days(database, query(midnight - timedelta(days=1), midnight + timedelta(days=1), zone=CHICAGO))
    assert {key: figures.calls for key, figures in found.items()} == {
        ("2026-11-25T06:00", "main"): 1, ("2026-11-26T06:00", "main"): 3, ("2026-11-26T06:00", "dental"): 1,
    }  # fmt: skip
    day = found["2026-11-26T06:00", "main"]
    assert day.outcomes == {"completed": 1, "failed": 1, "idle": 1}
    assert (day.named("repairs"), day.unknown) == ({"calls": 1, "counted": 2, "times": 1}, 0)
    assert day.use == CallUse(phone_s=180, heard_s=90, spoken=300, models={"big": ModelUse(3, 0, 150, 0, 15)})
    assert found["2026-11-26T06:00", "dental"].unknown == 1


async def test_the_day_on_which_clocks_are_changed_is_one_day(database: Database) -> None:
    for hour in range(25):  # of 2026-11-01 in Chicago
        await call(database, f"c{hour}", datetime(2026, 11, 1, 5, 30, tzinfo=UTC) + timedelta(hours=hour))
    asked = query(datetime(2026, 11, 1, 5, tzinfo=UTC), datetime(2026, 11, 3, 6, tzinfo=UTC), zone=CHICAGO)
    assert {key: figures.calls for key, figures in (await days(database, asked)).items()} == {
        ("2026-11-01T05:00", "main"): 25
    }


async def test_a_call_that_is_written_again_is_counted_once(database: Database) -> None:
    """By a worker that had been given up, and from outboxes: late, twice, with more and with less."""
    records = SqlCallRecords(database)
    more = CallUse(phone_s=90, spoken=100, models={"big": ModelUse(2, 0, 80, 0, 5), "small": ModelUse(1, 1)})
    await call(database, "a", NOON, outcome=None, repairs=None)
    await SqlOpenCalls(database).close("a", "the server went away")
    for _ in range(2):
        await call(database, "a", NOON, use=more)
        await call(database, "a", NOON, use=CallUse(phone_s=1))
    (figures,) = (await days(database, query(NOON, NOON + timedelta(hours=1)))).values()
    assert (figures.outcomes, figures.named("repairs")) == ({"completed": 1}, {"calls": 1, "counted": 1, "times": 1})
    kept = await records.get("a")
    assert kept is not None and figures.use == kept.use
    assert (figures.use.phone_s, figures.use.spoken, figures.use.models["big"].read) == (90, 100, 80)
    await call(database, "a", NOON, use=more, caller=Private(NUMBER), ended_at=NOON)
    assert (await SqlCallerData(database).forget(NUMBER)).calls == 1
    assert await days(database, query(NOON, NOON + timedelta(hours=1))) != {}  # numbers are nobody's


async def test_workers_that_count_at_the_same_time_wait_for_each_other(database: Database) -> None:
    books = [SqlHourBook(database) for _ in range(6)]
    some = counts((NOON, "main", "wait", "500", 1), (NOON, "dental", "wait", "500", 1))
    await asyncio.gather(*(book.add(some, []) for book in books))
    await asyncio.gather(*(call(database, f"c{number}", NOON) for number in range(6)))
    found = await days(database, query(NOON, NOON + timedelta(hours=1)))
    assert [figures.waits for _, figures in sorted(found.items())] == [{500: 6}, {500: 6}]
    assert sum(figures.calls for figures in found.values()) == 6


async def test_hours_and_lines(database: Database) -> None:
    await call(database, "a", NOON)
    await call(database, "b", NOON + timedelta(minutes=59))
    await call(database, "c", NOON + timedelta(minutes=60), line="dental")
    whole = {"by": "hour"}
    found = await days(database, query(NOON, NOON + timedelta(hours=2), **whole))
    assert {key: figures.calls for key, figures in found.items()} == {
        ("2026-11-26T12:00", "main"): 2, ("2026-11-26T13:00", "dental"): 1,
    }  # fmt: skip
    for limits in ({"line": "dental"}, {"lines": frozenset(["dental"])}):
        assert list(await days(database, query(NOON, NOON + timedelta(hours=2), **whole, **limits))) == [
            ("2026-11-26T13:00", "dental")
        ]


def counts(*wanted: tuple[datetime, str, CountKind, str, int]) -> dict[tuple[int, str, CountKind, str], int]:
    return {(hour_of(at.timestamp()), line, kind, name): count for at, line, kind, name, count in wanted}


async def test_counts_of_all_workers_are_added(database: Database) -> None:
    mine, theirs = SqlHourBook(database), SqlHourBook(database)
    await mine.add(counts((NOON, "main", "wait", "500", 3), (NOON, "main", "refused", "full", 1)), [])
    await theirs.add(counts((NOON, "main", "wait", "500", 2), (NOON, "main", "wait", "1250", 1)), [])
    await theirs.add(counts((NOON - timedelta(hours=12), "main", "wait", "750", 1)), [])
    await theirs.add(counts((NOON, "", "refused", "unknown=line", 1), (NOON, "main", "fault", "model.lost x.y", 4)), [])
    asked = query(NOON - timedelta(days=2), NOON + timedelta(minutes=30), zone=CHICAGO)
    found = await days(database, asked)
    today = found["2026-11-26T06:00", "main"]
    assert (today.waits, today.refused) == ({500: 5, 1250: 1}, {"full": 1})
    assert found["2026-11-25T06:00", "main"].waits == {750: 1}
    assert found["2026-11-26T06:00", ""].refused == {"unknown=line": 1}
    history = await SqlHistory(database).history(asked)
    assert history.faults() == [FaultCount("model.lost", "x.y", 4)]
    limited = await SqlHistory(database).history(query(asked.since, asked.until, lines=frozenset(["dental"])))
    assert (limited.slots, limited.faults()) == ({}, [])


def a_fault(number: int, line: str = "main") -> Fault:
    return Fault(
        at=NOON + timedelta(seconds=number), worker="w", level="error", event="model.lost", code="x", line=line,
        call_id=f"c{number}", message=f"it broke {number}",
    )  # fmt: skip


async def test_the_last_faults_are_kept_and_older_ones_go(database: Database) -> None:
    book, history = SqlHourBook(database), SqlHistory(database)
    await book.add({}, [a_fault(number) for number in range(990)])
    await book.add({}, [a_fault(number, "dental") for number in range(990, 1010)])
    assert await history.faults(limit=2) == [a_fault(1009, "dental"), a_fault(1008, "dental")]
    assert await history.faults(limit=1, lines=["main"]) == [a_fault(989)]
    assert len(await history.faults(limit=2000)) == 1000


async def test_counts_of_long_ago_go(database: Database) -> None:
    now = datetime.now(UTC)
    old, young = now - timedelta(days=401), now - timedelta(days=399)
    await SqlHourBook(database).add(counts((old, "main", "wait", "50", 1), (young, "main", "wait", "50", 1)), [])
    found = await SqlHistory(database).history(query(old - timedelta(days=1), now))
    assert [figures.waits for figures in found.slots.values()] == [{50: 1}]
