"""What is kept of callers goes when its time is over, and nothing before."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from caller_stage import NOW, NUMBERS, Line, a_call, counts, swept
from sqlalchemy import text, update

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Call
from backend.domain.audit import AuditQuery
from backend.domain.search import CaseQuery
from backend.engine.desk import sweeper as sweeper_module
from backend.engine.desk.sweeper import Sweeper
from backend.testing.keys import a_key_ring


@pytest.fixture(params=["clear", "sealed"])
async def database(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    found = Database(database_url, a_key_ring() if request.param == "sealed" else None)
    await found.migrate()
    yield found
    await found.close()


async def test_nothing_is_deleted_where_a_line_says_nothing(database: Database) -> None:
    await a_call(database, "old", filed=True, age=3650)
    before = await counts(database)
    assert await swept(database) == 0
    assert await counts(database) == before


async def test_words_go_and_the_call_stays(database: Database) -> None:
    await a_call(database, "old", filed=True, age=31)
    await a_call(database, "young", age=29)
    await a_call(database, "live", age=90, over=False)
    assert await swept(database, words=30) == 1
    records = SqlCallRecords(database)
    texts = {call_id: (await records.get(call_id)).turns[0].caller_text for call_id in ("old", "young", "live")}
    assert texts == {"old": "", "young": "words young", "live": "words live"}
    details = {call.call_id: call.detail for call in await records.list()}
    assert details == {"old": "", "young": "told young", "live": "told live"}, "why it ended may be in their words"
    assert await swept(database, words=30) == 0


async def test_calls_go_in_whole_and_what_a_case_needs_stays(database: Database) -> None:
    await a_call(database, "claimed", filed=True, age=31)
    await a_call(database, "plain", age=31)
    await a_call(database, "young", age=29)
    assert await swept(database, calls=30) == 2
    assert await counts(database) == {
        "calls": 2, "turns": 1, "call_agents": 2, "audit": 1, "callbacks": 3, "cases": 1,
    }  # fmt: skip
    assert await swept(database, calls=30) == 0
    assert await swept(database, cases=30, callbacks=30, calls=30) == 4
    assert await counts(database) == {
        "calls": 1, "turns": 1, "call_agents": 1, "audit": 1, "callbacks": 1, "cases": 0,
    }  # fmt: skip


async def test_a_wish_of_a_test_call_stays_one_when_the_call_is_gone(database: Database) -> None:
    for call_id, test in (("tried", True), ("real", False)):
        await a_call(database, call_id, age=31)
        async with database.engine.begin() as connection:
            await connection.execute(update(Call).where(Call.call_id == call_id).values(test=test))
    assert await swept(database, calls=30) == 2
    book = SqlCallbackBook(database)
    assert {wish.call_id: wish.test for wish in await book.list()} == {"tried": True, "real": False}
    assert [wish.call_id for wish in await book.list(test=False)] == ["real"]
    found = await SqlCaseSearch(database).find("tried")
    assert found is not None and found.test
    stepped = await book.step("tried", 0, "called", "ann")
    assert stepped is not None and stepped.test
    assert await counts(database) == {
        "calls": 1, "turns": 0, "call_agents": 1, "audit": 0, "callbacks": 2, "cases": 0,
    }, "of the one it is kept that it was a test"  # fmt: skip
    assert await swept(database, calls=30) == 0
    assert await swept(database, calls=30, callbacks=30) == 3
    assert not any((await counts(database)).values())


async def test_drafts_go_and_filed_cases_stay(database: Database) -> None:
    for call_id, filed, age in (("old draft", False, 31), ("old case", True, 31), ("young draft", False, 29)):
        await a_call(database, call_id, filed=filed, age=age)
    assert await swept(database, drafts=30) == 1
    listed = await SqlCaseSearch(database).list(CaseQuery(status="any"))
    left = [one.case.call_id for one in listed if one.case.status in ("draft", "filed")]
    assert sorted(left) == ["old case", "young draft"]


async def statuses(database: Database) -> list[tuple[str, str]]:
    async with database.engine.connect() as connection:
        rows = await connection.execute(text("SELECT form, status FROM cases ORDER BY form"))
        return [(str(form), str(status)) for form, status in rows]


async def aged(database: Database, form: str, days: int) -> None:
    """What this form took down is so many days old."""
    at = NOW - timedelta(days=days)
    moved = "UPDATE cases SET updated_at = :at, filed_at = CASE WHEN filed_at IS NULL THEN NULL ELSE :at END"
    async with database.engine.begin() as connection:
        await connection.execute(text(f"{moved} WHERE form = :form"), {"at": at, "form": form})


@pytest.mark.parametrize("days", [{"drafts": 7}, {"drafts": 7, "cases": 365}])
async def test_a_draft_takes_no_filed_case_of_its_call_with_it(database: Database, days: dict[str, int]) -> None:
    await a_call(database, "two forms", filed=True, age=31)
    await SqlCaseBook(database).save_fields("two forms", "address", "POL-1", {"street": "Lake"})
    await aged(database, "address", 31)
    assert await swept(database, **days) == 1
    assert await statuses(database) == [("fnol", "filed")]


async def test_an_old_case_takes_no_younger_one_of_its_call_with_it(database: Database) -> None:
    await a_call(database, "two forms", filed=True, age=31)
    for form, days in (("address", 2), ("towing", 2)):
        await SqlCaseBook(database).save_fields("two forms", form, "POL-1", {"street": "Lake"})
        await aged(database, form, days)
    await SqlCaseBook(database).file("two forms", "towing", NUMBERS)
    await aged(database, "towing", 2)
    assert await swept(database, cases=30) == 1
    assert await statuses(database) == [("address", "draft"), ("towing", "filed")]


async def test_several_workers_sweep_in_small_batches(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeper_module, "_BATCH", 3)
    monkeypatch.setattr(sweeper_module, "_PAUSE_S", 0)
    for number in range(10):
        await a_call(database, f"c{number}", age=31)
    gone = await asyncio.gather(*(swept(database, calls=30, callbacks=30) for _ in range(3)))
    assert sum(gone) >= 20 and not any((await counts(database)).values())


async def strays(database: Database, *call_ids: str) -> None:
    """Of these calls nothing is known any more, as after a `forget` of a version that left filed cases without them."""
    async with database.engine.begin() as connection:
        for call_id in call_ids:
            for table in ("turns", "call_agents", "callbacks", "calls"):
                await connection.execute(text(f"DELETE FROM {table} WHERE call_id = :call"), {"call": call_id})


class Kept(Line):
    """Another line."""

    def __init__(self, name: str, **days: int) -> None:
        super().__init__(**days)
        self.name = name


async def swept_of(database: Database, *lines: Line) -> int:
    return await Sweeper(SqlCallerData(database), lambda: lines, 1, lambda: NOW).sweep()


async def test_cases_of_no_known_call_go_when_no_line_would_keep_them(database: Database) -> None:
    for age in (41, 39, 9, 7):
        await a_call(database, f"{age} days", filed=age > 30, age=age)
    await strays(database, "41 days", "39 days", "9 days", "7 days")
    await a_call(database, "known", filed=True, age=39)
    lines = Kept("insurance", cases=40, drafts=5), Kept("dental", cases=30, drafts=8)
    assert await swept_of(database, *lines) == 2
    found = await SqlCaseSearch(database).list(CaseQuery(status="any"))
    left = sorted(one.case.call_id for one in found if one.case.status in ("draft", "filed"))
    assert left == ["39 days", "7 days", "known"]
    assert await swept_of(database, *lines) == 0


async def test_they_stay_where_one_line_keeps_its_own_for_good(database: Database) -> None:
    await a_call(database, "case", filed=True, age=3000)
    await strays(database, "case")
    assert await swept_of(database, Kept("insurance", cases=40), Kept("dental", drafts=8)) == 0
    assert await swept_of(database) == 0
    assert (await counts(database))["cases"] == 1


async def test_what_agents_did_in_no_known_call_goes_and_what_people_did_stays(database: Database) -> None:
    for call_id, age in (("old", 31), ("young", 29)):
        await a_call(database, call_id, age=age)
    await SqlCallRecords(database).audit(
        call_id="old", actor="ann", action="case.correct", detail={}, at=NOW - timedelta(days=99)
    )
    async with database.engine.begin() as connection:
        moved = "UPDATE audit SET at = :at WHERE call_id = :call AND actor = 'agent'"
        for call_id, age in (("old", 31), ("young", 29)):
            await connection.execute(text(moved), {"at": NOW - timedelta(days=age), "call": call_id})
    await strays(database, "old", "young")
    assert await swept(database, calls=30) == 1
    kept = await SqlAuditBook(database).list(AuditQuery(), limit=9)
    assert sorted((one.entry.call_id, one.entry.actor) for one in kept) == [("old", "ann"), ("young", "agent")]
