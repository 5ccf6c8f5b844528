"""Looking for calls and cases: SQL finds, counts and pages what plain reading of every record finds."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, text

import backend.adapters.sql.database as database_module
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database, upgrade_to
from backend.domain.call import CallRecord
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.domain.search import CallQuery, CaseQuery, FoundCase, Totals
from backend.domain.unsealed import Unsealed
from backend.testing.keys import a_key_ring

NUMBERS = NumberPattern("CLA-{year}-{random:6}")
FORMS = ("fnol", "outage")
SEARCHES = int(os.environ.get("SEARCHES", "50"))
"""Random queries of each kind; more of them (250) before a release."""
_PAGE = 13
KEYS = a_key_ring()

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOMENTS = [NOW + timedelta(minutes=minute) for minute in range(4)]
LINES, AGENTS = ("insurance", "dental"), ("auth", "fnol", "info")
OUTCOMES = (None, "completed", "transferred", "failed")
CALLERS = ("+13125550142", "+13125550143", "", "anonymous", "8:acs:somebody")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url, KEYS)
    await found.migrate()
    yield found
    await found.close()


def writers(database: Database) -> Iterator[SqlCallRecords]:
    """By turns one with a key and one of the time before there was one: both kinds of rows must be found."""
    before = copy(database)
    before.cipher = Unsealed()
    return cycle((SqlCallRecords(database), SqlCallRecords(before)))


def some_calls(chance: random.Random, count: int = 120) -> list[CallRecord]:
    return [
        CallRecord(
            call_id=f"c{number:03}",
            line=chance.choice(LINES),
            direction=chance.choice(("inbound", "inbound", "outbound", "chat")),
            way=chance.choice((None, "acs", "livekit", "local")),
            caller=Private(chance.choice(CALLERS)),
            called=Private(chance.choice(CALLERS)),
            connection_id=f"cc-{number % 40}",
            started_at=chance.choice(MOMENTS),
            ended_at=chance.choice((None, NOW + timedelta(hours=1))),
            outcome=chance.choice(OUTCOMES),
            agents=chance.sample(AGENTS, chance.randint(0, 3)),
            test=chance.random() < 0.3,
        )
        for number in range(count)
    ]


def some_call_query(chance: random.Random) -> CallQuery:
    def maybe(*values: Any) -> Any:
        return chance.choice(values) if chance.random() < 0.3 else None

    return CallQuery(
        outcome=maybe(*OUTCOMES[1:]),
        line=maybe(*LINES, "none") or "",
        agent=maybe(*AGENTS, "none") or "",
        since=maybe(*MOMENTS),
        until=maybe(*MOMENTS),
        caller=maybe(*(Private(number) for number in CALLERS[:3])),
        connection_id=maybe("cc-1", "cc-2") or "",
        way=maybe("acs", "livekit", "local"),
        test=maybe(True, False),
        lines=maybe(frozenset(), frozenset(["dental"]), frozenset(LINES)),
    )


def newest_first(calls: Sequence[CallRecord]) -> list[str]:
    return [call.call_id for call in sorted(calls, key=lambda call: (call.started_at, call.call_id), reverse=True)]


@pytest.fixture(scope="module")
def written(own_database_url: str) -> tuple[str, list[CallRecord]]:
    """A database with calls that have ended, and the calls; written once, as the tests only read it.

    Of every third the beginning was written too, as both kinds of writers do it.
    """

    async def write(calls: Sequence[CallRecord]) -> None:
        database = Database(own_database_url, KEYS)
        await database.migrate()
        for number, (call, writer) in enumerate(zip(calls, writers(database), strict=False)):
            if number % 3 == 0:
                await writer.started(replace(call, outcome=None, agents=call.agents[:1]))
            await writer.ended(call)
        await database.close()

    calls = some_calls(random.Random(8))
    asyncio.run(write(calls))
    return own_database_url, calls


@pytest.fixture
async def records(written: tuple[str, list[CallRecord]]) -> AsyncIterator[SqlCallRecords]:
    """The calls that are written."""
    database = Database(written[0], KEYS)
    yield SqlCallRecords(database)
    await database.close()


async def test_what_is_found_is_what_fits_and_the_total_is_how_much_of_it_there_is(
    records: SqlCallRecords, written: tuple[str, list[CallRecord]]
) -> None:
    chance, calls = random.Random(8), written[1]
    met = 0
    for _ in range(SEARCHES):
        query, without = some_call_query(chance), {call.call_id for call in chance.sample(calls, chance.choice((0, 9)))}
        fitting = [call for call in calls if query.fits(call) and call.call_id not in without]
        met += bool(fitting)
        found = await records.list(query, limit=1000, without=without)
        assert [call.call_id for call in found] == newest_first(fitting), query
        tests = sum(call.test for call in fitting)
        assert await records.count(query, without=without) == Totals(len(fitting) - tests, tests), query
    assert met > SEARCHES * 0.4


@pytest.mark.parametrize("limit", [1, 7, 50])
async def test_pages_of_calls_of_one_moment_skip_nobody_and_repeat_nobody(
    records: SqlCallRecords, written: tuple[str, list[CallRecord]], limit: int
) -> None:
    seen: list[str] = []
    before: dict[str, Any] = {}
    while page := await records.list(limit=limit, **before):
        seen += [call.call_id for call in page]
        before = {"before": page[-1].started_at, "before_id": page[-1].call_id}
    assert seen == newest_first(written[1])


async def test_a_test_stays_one(database: Database) -> None:
    records = SqlCallRecords(database)
    await records.started(CallRecord(call_id="c1", line="insurance", direction="inbound", started_at=NOW, test=True))
    kept = await records.get("c1")
    assert kept is not None
    assert kept.test


async def test_a_forgotten_caller_is_found_by_no_agent(database: Database) -> None:
    records = SqlCallRecords(database)
    call = CallRecord(call_id="c1", line="insurance", direction="inbound", started_at=NOW, agents=["auth"])
    await records.ended(replace(call, caller=Private("+13125550142"), ended_at=NOW, outcome="completed"))
    assert (await SqlCallerData(database).forget("+13125550142")).calls == 1
    assert await records.count(CallQuery(agent="auth")) == Totals()


# -- cases ------------------------------------------------------------------------------------


async def some_cases(database: Database, chance: random.Random) -> list[tuple[FoundCase, CallRecord | None]]:
    """Cases of all kinds, as they were filed, and their calls; of a few cases no call is known."""
    book = SqlCaseBook(database)
    made: list[tuple[FoundCase, CallRecord | None]] = []
    for call, records in zip(some_calls(chance, 60), writers(database), strict=False):
        known = chance.random() < 0.9
        if known:
            await records.ended(call)
        case = await book.save_fields(
            call.call_id,
            chance.choice(FORMS),
            chance.choice(("POL-1", "POL-2")),
            {"a": 1},
            verified=chance.random() < 0.8,
        )
        if chance.random() < 0.5:
            case = await book.file(call.call_id, case.form, NUMBERS)
        over = not known or call.ended_at is not None
        found = FoundCase(case, call.line if known else "", known and call.test, case.status == "draft" and over)
        made.append((found, call if known else None))
    return made


def fits(query: CaseQuery, found: FoundCase, call: CallRecord | None) -> bool:
    case = found.case
    return (
        {
            "any": True,
            "filed": case.status == "filed",
            "draft": case.status == "draft",
            "broken_off": found.broken_off,
        }[query.status]
        and query.subject in ("", case.subject)
        and query.form in ("", case.form)
        and query.verified in (None, case.verified)
        and query.test in (None, found.test)
        and (query.lines is None or found.line in query.lines)
        and (query.since is None or found.moment >= query.since)
        and (query.until is None or found.moment < query.until)
        and (call is not None or not (query.line or query.agent or query.caller is not None))
        and (call is None or CallQuery(line=query.line, agent=query.agent, caller=query.caller).fits(call))
    )


async def test_cases_are_found_counted_and_paged_as_they_fit(database: Database) -> None:
    chance = random.Random(10)
    search, made = SqlCaseSearch(database), await some_cases(database, chance)
    moments = [found.moment for found, _ in made]
    paged = 0
    for _ in range(SEARCHES):
        calls = some_call_query(chance)
        query = CaseQuery(
            status=chance.choice(("filed", "draft", "broken_off", "any")),
            line=calls.line,
            agent=calls.agent,
            caller=calls.caller,
            test=calls.test,
            since=chance.choice((None, None, chance.choice(moments))),
            until=chance.choice((None, None, chance.choice(moments))),
            form=chance.choice(("", "", *FORMS)),
            subject=chance.choice(("", "", "POL-1")),
            verified=chance.choice((None, None, True, False)),
            lines=calls.lines,
        )
        fitting = [found for found, call in made if fits(query, found, call)]
        fitting.sort(key=lambda found: (found.moment, found.case.call_id), reverse=True)
        assert await search.list(query, limit=1000) == fitting, query
        tests = sum(found.test for found in fitting)
        assert await search.count(query) == Totals(len(fitting) - tests, tests), query
        if len(fitting) <= _PAGE:
            continue
        paged += 1
        seen: list[FoundCase] = []
        before: dict[str, Any] = {}
        while page := await search.list(query, limit=_PAGE, **before):
            seen += page
            before = {"before": page[-1].moment, "before_id": page[-1].case.call_id}
        assert seen == fitting
    assert paged > SEARCHES * 0.1


async def test_one_case_is_found_by_its_number_and_by_its_call(database: Database) -> None:
    book, search = SqlCaseBook(database), SqlCaseSearch(database)
    await book.save_fields("c1", "fnol", "POL-1", {})
    case = await book.file("c1", "fnol", NUMBERS)
    assert case.number is not None
    for name in ("c1", case.number):
        found = await search.find(name)
        assert found is not None
        assert found.case == case
    assert await search.find("none") is None


# -- the tables --------------------------------------------------------------------------------


async def test_calls_from_before_are_found_by_their_agents(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")

    def until_claims(connection: Connection) -> None:
        config = Config()
        folder = Path(database_module.__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002_claims")
        values = "'c1', 'insurance', 'inbound', '', '', '', '', :at, :at, 'completed', '', NULL, :agents"
        row = {"at": "2026-11-21 12:00:00.000000", "agents": '["auth", "fnol", "auth"]'}
        connection.execute(text(f"INSERT INTO calls VALUES ({values})"), row)

    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(until_claims)
        await database.migrate()
        records = SqlCallRecords(database)
        for agent, count in (("auth", 1), ("fnol", 1), ("info", 0)):
            assert await records.count(CallQuery(agent=agent, test=False)) == Totals(count)
    finally:
        await database.close()


BEFORE_WAYS = {
    "c1": ("inbound", "LK_0af3", "livekit"),
    "c2": ("browser", "", "livekit"),
    "c3": ("chat", "", "local"),
    "c4": ("outbound", "401f0d80", "acs"),
    "c5": ("outbound", "", None),
}
"""Calls of the time before ways were kept: direction, connection, and the way it must have been."""


async def test_calls_from_before_tell_their_way_by_their_connection(new_database_url: str) -> None:
    database = Database(new_database_url)
    names = "call_id, line, direction, caller, called, connection_id, store_version, started_at, detail, agents"
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(upgrade_to, "0010_draining")
            for call_id, (direction, connection_id, _) in BEFORE_WAYS.items():
                values = (
                    f"'{call_id}', 'insurance', '{direction}', '', '', '{connection_id}', '', "
                    "'2026-11-21 12:00:00.000000', '', '[]'"
                )
                await connection.execute(text(f"INSERT INTO calls ({names}) VALUES ({values})"))
        await database.migrate()
        records = SqlCallRecords(database)
        for call_id, (*_, way) in BEFORE_WAYS.items():
            found = await records.get(call_id)
            assert found is not None
            assert found.way == way, call_id
            await records.ended(replace(found, outcome="failed"))
        found_by = {
            CallQuery(way="livekit"): ["c2", "c1"],
            CallQuery(way="local"): ["c3"],
            CallQuery(way="acs"): ["c4"],
        }
        for query, fitting in found_by.items():
            assert [call.call_id for call in await records.list(query)] == fitting
            assert await records.count(query) == Totals(len(fitting))
    finally:
        await database.close()


@pytest.mark.parametrize(
    "query",
    [
        CallQuery(outcome="failed"),
        CallQuery(line="insurance"),
        CallQuery(agent="auth"),
        CallQuery(since=NOW),
        CallQuery(caller=Private("+13125550142")),
        CallQuery(connection_id="cc-1"),
        CallQuery(way="livekit"),
        CallQuery(test=True),
    ],
    ids=repr,
)
async def test_no_filter_reads_every_call(tmp_path: Path, query: CallQuery) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    try:
        await database.migrate()
        records = SqlCallRecords(database)
        event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        await records.count(query)
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        statement, parameters = asked[-1]
        async with database.engine.connect() as connection:
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
        about = [str(row[3]) for row in plan]
        assert any("SEARCH" in step and "INDEX" in step for step in about), about
    finally:
        await database.close()
