"""Wishes to be called back among cases, what people do about them, and calling back, over HTTP."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.api.application import create_api
from backend.api.services import ApiServices
from backend.domain.call import CallRecord
from backend.domain.callback import CallbackWish, CallingBack
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.errors import CallRefused, RingmasterError, TimedOut

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CALLER, GIVEN = "+13125550142", "+12065550144"


class Form:
    fields = ()


class Store:
    def lines(self) -> list[Any]:
        return []

    def form(self, name: str) -> Form | None:
        return Form() if name == "fnol" else None


class Desk:
    """Places calls on paper."""

    draining = False

    def __init__(self) -> None:
        self.placed: list[tuple[str, str | None, CallingBack | None]] = []
        self.fault: RingmasterError | None = None
        self.calls: list[CallRecord] = []

    def live(self) -> list[CallRecord]:
        return self.calls

    async def place(self, to: str, line: str | None, out: object, back: CallingBack | None = None) -> CallRecord:
        if self.fault is not None:
            raise self.fault
        self.placed.append((to, line, back))
        new = CallRecord(call_id=back.placed, line=line, direction="outbound", called=Private(to), started_at=NOW)
        self.calls.append(new)
        return new


class Trail:
    """The audit without an outbox."""

    def __init__(self, book: SqlAuditBook) -> None:
        self.note = self.require = book.note


class House:
    """The API of one worker over a database with calls, wishes and drafts."""

    def __init__(self, database: Database) -> None:
        self.records, self.cases = SqlCallRecords(database), SqlCaseBook(database)
        self.wishes, self.desk, self.audit = SqlCallbackBook(database), Desk(), SqlAuditBook(database)
        app = create_api(
            ApiServices(
                desk=self.desk, records=self.records, cases=self.cases, case_search=SqlCaseSearch(database),
                callbacks=self.wishes, store=Store(), open_media=None, audit=Trail(self.audit),
            )
        )  # fmt: skip
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test/api/v1")

    async def call(self, call_id: str, **changes: Any) -> None:
        made = CallRecord(
            call_id=call_id, line="insurance", direction="inbound", caller=Private(CALLER), started_at=NOW,
            ended_at=NOW, outcome="caller_hung_up",
        )  # fmt: skip
        await self.records.ended(replace(made, **changes))

    async def wish(self, call_id: str, minute: int = 0, **changes: Any) -> None:
        made = CallbackWish(call_id, "insurance", GIVEN, "=Ann Lee", "nobody came", NOW + timedelta(minutes=minute))
        await self.wishes.keep(replace(made, **changes))

    async def listed(self, query: str) -> list[str]:
        answer = await self.http.get(f"/cases?{query}")
        assert answer.status_code == 200, answer.text
        assert int(answer.headers["x-total-count"]) >= len(answer.json()) or "limit" in query
        return [one["call_id"] for one in answer.json()]

    async def call_back(self, call_id: str, **body: Any) -> httpx2.Response:
        return await self.http.post(f"/calls/{call_id}/call-back", json=body)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    yield House(database)
    await database.close()


async def test_a_wish_is_a_case_without_a_form(house: House) -> None:
    await house.call("c1")
    await house.wish("c1", subject="POL-1")
    (found,) = (await house.http.get("/cases?status=open")).json()
    assert (found["form"], found["status"], found["number"], found["line"]) == ("call_back", "open", "", "insurance")
    assert found["fields"] == {"phone": GIVEN, "name": "=Ann Lee", "reason": "nobody came"}
    assert (found["subject"], found["verified"], found["broken_off"]) == ("POL-1", True, False)


async def test_lists_hold_wishes_where_they_are_asked_for(house: House) -> None:
    for minute, name in enumerate("abc"):
        await house.call(name)
        await house.wish(name, minute)
    await house.cases.save_fields("b", "fnol", "POL-1", {"loss_date": "2026-11-20"})
    await house.cases.file("b", "fnol", NumberPattern("CLA-{random:6}"))
    assert await house.listed("") == ["b"]
    assert await house.listed("status=open") == ["c", "b", "a"] == await house.listed("form=call_back")
    assert len(await house.listed("status=any")) == 4
    assert await house.listed("status=draft&form=call_back") == []
    assert await house.listed(f"status=open&caller=%2B{GIVEN[1:]}") == ["c", "b", "a"]
    assert await house.listed("status=open&caller=%2B13125550199") == []
    assert await house.listed("status=open&line=dental") == []
    assert await house.listed("status=open&verified=true") == []
    pages: list[str] = []
    while page := await house.listed(f"status=any&limit=1{f'&before={last}' if (last := _last(pages)) else ''}"):
        answer = await house.http.get(f"/cases?status=any&limit=1{f'&before={last}' if last else ''}")
        pages.append(f"{page[0]}/{answer.json()[0]['form']}")
    assert sorted(pages) == ["a/call_back", "b/call_back", "b/fnol", "c/call_back"]


def _last(pages: list[str]) -> str:
    return pages[-1] if pages else ""


async def test_the_file_has_them_with_who_did_what(house: House) -> None:
    await house.call("c1")
    await house.wish("c1")
    await house.wishes.step("c1", 0, "done", "key:ann")
    answer = await house.http.get("/cases/export?form=call_back")
    (row,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert (row["status"], row["phone"], row["name"]) == ("done", f"'{GIVEN}", "'=Ann Lee")
    assert "key:ann" in row["steps"]


async def test_people_say_how_a_wish_stands_and_the_audit_who(house: House) -> None:
    await house.call("c1")
    await house.wish("c1")
    read = await house.http.get("/callbacks/c1")
    assert (read.headers["etag"], read.json()["state"]) == ('"0"', "open")
    change = {"json": {"state": "done"}, "headers": {"If-Match": '"0"'}}
    changed = await house.http.patch("/callbacks/c1", **change)
    assert (changed.json()["state"], changed.json()["steps"][0]["who"]) == ("done", "local")
    assert (await house.http.patch("/callbacks/c1", **change)).status_code == 412
    assert (await house.http.patch("/callbacks/c1", json={"state": "open"})).status_code == 428
    assert (await house.http.patch("/callbacks/c2", **change)).status_code == 404
    wrong = await house.http.patch("/callbacks/c1", json={"state": "lost"}, headers={"If-Match": "1"})
    assert wrong.status_code == 422
    changes = [one.entry for one in await house.audit.list() if one.entry.action == "callbacks.change"]
    noted = [one for one in changes if one.outcome == "ok"]
    assert [(one.target, one.line, one.before, one.after) for one in noted] == [("c1", "insurance", "open", "done")]


async def test_what_is_kept_again_leaves_standing_what_people_did(house: House) -> None:
    await house.wish("c1")
    await house.wishes.step("c1", 0, "called", "key:ann", "new")
    await house.wish("c1", reason="told otherwise")
    kept = await house.wishes.get("c1")
    assert kept is not None
    assert (kept.state, kept.reason, kept.steps[0].call_id) == ("called", "told otherwise", "new")


async def test_who_asked_for_it_is_called_at_the_number_that_they_gave(house: House) -> None:
    await house.call("c1")
    await house.wish("c1")
    answer = await house.call_back("c1")
    assert answer.status_code == 201, answer.text
    ((to, line, back),) = house.desk.placed
    assert (to, line) == (GIVEN, "insurance")
    assert back == CallingBack("c1", asked=True, form="", placed=answer.json()["call_id"])
    kept = await house.wishes.get("c1")
    assert kept is not None
    assert (kept.state, [step.call_id for step in kept.steps]) == ("called", [back.placed])
    (noted,) = [one.entry for one in await house.audit.list() if one.entry.action == "calls.call_back"]
    assert (noted.target, noted.detail["to"], noted.detail["call"]) == ("c1", "+1...44", back.placed)


async def test_whose_call_broke_off_is_called_where_they_called_from_and_goes_on_with_the_form(house: House) -> None:
    await house.call("c1")
    await house.cases.save_fields("c1", "fnol", "POL-1", {"loss_date": "2026-11-20"})
    assert (await house.call_back("c1", form="other")).status_code == 404
    assert (await house.call_back("c1")).status_code == 201
    ((to, _, back),) = house.desk.placed
    assert (to, back.asked, back.form) == (CALLER, False, "fnol")


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ({"outcome": None, "ended_at": None}, "still goes on"),
        ({"caller": Private("")}, "not known"),
        ({"direction": "browser"}, "no number"),
        ({"direction": "chat"}, "no number"),
    ],
)
async def test_who_cannot_be_called_back(house: House, call: dict[str, Any], why: str) -> None:
    await house.call("c1", **call)
    answer = await house.call_back("c1")
    assert answer.status_code == 409
    assert why in answer.text
    assert house.desk.placed == []
    assert (await house.call_back("c9")).status_code == 404


async def test_who_was_forgotten_meanwhile_is_not_called(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.call("c1")
    await house.wish("c1")

    async def forgotten(*_: object, **__: object) -> None:
        """Somebody was faster with `caller forget`."""

    monkeypatch.setattr(house.wishes, "step", forgotten)
    assert ((await house.call_back("c1")).status_code, house.desk.placed) == (404, [])


@pytest.fixture
async def workers(database_url: str) -> AsyncIterator[list[House]]:
    """Three of them, with a desk of its own each, over one database."""
    databases = [Database(database_url) for _ in range(3)]
    await databases[0].migrate()
    yield [House(database) for database in databases]
    for database in databases:
        await database.close()


@pytest.mark.parametrize("wished", [False, True])
async def test_workers_that_are_asked_at_once_call_one_person_once(workers: list[House], wished: bool) -> None:
    await workers[0].call("c1")
    if wished:
        await workers[0].wish("c1")
    answers = await asyncio.gather(*(house.call_back("c1") for house in workers for _ in range(2)))
    assert sum(answer.status_code == 201 for answer in answers) == 1
    assert {answer.status_code for answer in answers} <= {201, 409, 412}
    assert len([call for house in workers for call in house.desk.placed]) == 1


async def test_who_is_called_back_is_not_called_about_something_else_meanwhile(workers: list[House]) -> None:
    one, two, _ = workers
    for name in ("c1", "c2"):
        await one.call(name)
    placed = (await one.call_back("c1")).json()["call_id"]
    answer = await two.call_back("c2")
    assert (answer.status_code, two.desk.placed) == (409, [])
    assert "already" in answer.text
    await one.call(placed, direction="outbound", called=Private(CALLER), caller=Private(""))  # it is over
    assert (await two.call_back("c2")).status_code == 201


async def test_who_could_not_be_called_may_be_called_again_at_once(workers: list[House]) -> None:
    one, two, _ = workers
    await one.call("c1")
    one.desk.fault = CallRefused("this worker takes no more calls now")
    assert (await one.call_back("c1")).status_code == 409
    assert (await two.call_back("c1")).status_code == 201


async def test_who_may_be_ringing_is_not_called_a_second_time(workers: list[House]) -> None:
    one, two, _ = workers
    await one.call("c1")
    one.desk.fault = TimedOut("acs", "late")
    await one.call_back("c1")
    assert ((await two.call_back("c1")).status_code, two.desk.placed) == (409, [])


@pytest.mark.parametrize(
    ("fault", "state"), [(CallRefused("this number may not be called"), "open"), (TimedOut("acs", "late"), "called")]
)
async def test_a_wish_is_open_again_where_the_call_could_not_be_placed(
    house: House, fault: RingmasterError, state: str
) -> None:
    await house.call("c1")
    await house.wish("c1")
    house.desk.fault = fault
    assert (await house.call_back("c1")).status_code in (409, 503, 504)
    kept = await house.wishes.get("c1")
    assert kept is not None
    assert kept.state == state
