"""Looking for calls and cases over HTTP: no filter is passed over, and totals are true."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.api import callers
from backend.api.application import create_api
from backend.api.services import ApiServices
from backend.api.written import read_moment
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.engine.desk.caller_desk import CallerDesk

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ANN, BOB = Private("+13125550142"), Private("+13125550143")


class Desk:
    draining = False

    def __init__(self) -> None:
        self.records: list[CallRecord] = []

    def live(self) -> list[CallRecord]:
        return self.records


class Nothing:
    def version(self) -> str:
        return "v1"

    def agents(self) -> list[Any]:
        return []

    lines = tools = agents


class House:
    """The API over a database and some live calls."""

    def __init__(self, database: Database) -> None:
        self.desk, self.database = Desk(), database
        self.records, self.cases = SqlCallRecords(database), SqlCaseBook(database)
        services = ApiServices(
            desk=self.desk,
            records=self.records,
            cases=self.cases,
            case_search=SqlCaseSearch(database),
            callbacks=SqlCallbackBook(database),
            store=Nothing(),
            open_media=None,
            callers=CallerDesk(SqlCallerData(database)),
        )
        self.app: FastAPI = create_api(services, origins=("https://desk.example.com",))
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app), base_url="http://test/api/v1")

    async def get(self, path: str) -> tuple[list[str], int, int]:
        """Ids of a list, and its totals."""
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        ids = [one["call_id"] for one in answer.json()]
        return ids, int(answer.headers["x-total-count"]), int(answer.headers["x-test-count"])

    async def refused(self, path: str) -> str:
        """The sentence of a 422."""
        answer = await self.http.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "request.invalid"), answer.text
        return answer.json()["error"]["message"]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    yield House(database)
    await database.close()


def call(name: str, minute: int = 0, **changes: Any) -> CallRecord:
    made = CallRecord(
        call_id=name, line="insurance", direction="inbound", caller=ANN, started_at=NOW + timedelta(minutes=minute)
    )
    return replace(made, **changes)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with four calls, written once: each test has a copy."""
    file = tmp_path_factory.mktemp("filled") / "r.db"

    async def fill() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await database.migrate()
        records = SqlCallRecords(database)
        for one in (
            call("a", 0, outcome="transferred", agents=["auth", "fnol"]),
            call("b", 1, outcome="completed", line="dental", caller=BOB, agents=["auth"]),
            call("c", 2, outcome="completed", caller=Private("anonymous"), test=True, way="livekit"),
            call("d", 3, outcome="failed", direction="outbound", caller=Private(""), agents=["fnol"]),
        ):
            await records.ended(one)
        await database.close()

    asyncio.run(fill())
    return file


@pytest.fixture
async def some(filled: Path, tmp_path: Path) -> AsyncIterator[House]:
    shutil.copy(filled, tmp_path / "r.db")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    yield House(database)
    await database.close()


@pytest.mark.parametrize(
    ("asked", "ids", "total", "tests"),
    [
        ("", "dcba", 3, 1),
        ("?outcome=transferred", "a", 1, 0),
        ("?line=dental", "b", 1, 0),
        ("?line=none", "", 0, 0),
        ("?agent=fnol", "da", 2, 0),
        ("?since=2026-11-21T12:01:00Z", "dcb", 2, 1),
        ("?until=2026-11-21T12:01:00Z", "a", 1, 0),
        ("?since=2026-11-21T06:01:00-06:00&until=2026-11-21T06:03:00-06:00", "cb", 1, 1),
        ("?since=2026-11-21T14:01:00+02:00", "dcb", 2, 1),  # a plus that was not encoded is a space
        ("?since=2026-11-21T14:01:00%2B02:00", "dcb", 2, 1),
        ("?caller=%2B13125550143", "b", 1, 0),
        ("?caller=+1 (312) 555-0143", "b", 1, 0),
        ("?caller=0013125550143", "b", 1, 0),
        ("?caller=%2B1312555014", "", 0, 0),
        ("?caller=withheld", "c", 0, 1),
        ("?test=true", "c", 1, 1),
        ("?test=false", "dba", 3, 0),
        ("?way=livekit", "c", 0, 1),
        ("?way=acs", "dba", 3, 0),
        ("?way=local", "", 0, 0),
        ("?line=insurance&outcome=completed", "c", 0, 1),
        ("?limit=2", "dc", 3, 1),
        ("?limit=2&before=c", "ba", 3, 1),
        ("?before=2026-11-21T12:02:00Z", "ba", 3, 1),
    ],
)
async def test_filters_of_calls(some: House, asked: str, ids: str, total: int, tests: int) -> None:
    assert await some.get(f"/calls{asked}") == (list(ids), total, tests)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/calls?outcom=failed", "query.outcom: unknown parameter; did you mean 'outcome'?"),
        ("/calls?status=filed", "query.status: unknown parameter"),
        ("/calls?anything=1&limit=5", "query.anything: unknown parameter"),
        ("/calls?outcome=failed&outcome=completed", "query.outcome: given more than once; give it once"),
        ("/calls?outcome=lost", "'completed'"),
        ("/calls?line=", "query.line: "),
        ("/calls?since=", "expected a moment with its time zone"),
        ("/calls?since=yesterday", "such as 2026-11-26T09:00:00Z"),
        ("/calls?since=2026-11-21", "which names no time zone"),
        ("/calls?until=2026-11-21T12:00:00", "which names no time zone"),
        ("/calls?since=0001-01-01T00:00:00%2B14:00", "expected a moment"),
        ("/calls?since=2026-11-22T00:00:00Z&until=2026-11-21T00:00:00Z", "query.since: expected a moment before until"),
        ("/calls?caller=5550143", "such as +18005550123"),
        ("/calls?caller=%2B49 (0)30 1234567", "such as +18005550123"),
        ("/calls?caller=", "or withheld"),
        ("/calls?before=nobody", "query.before: expected the call_id of a call, or a moment, got 'nobody'"),
        ("/calls?test=perhaps", "query.test: "),
        ("/calls?way=pigeon", "query.way: "),
        ("/cases?status=lost", "'filed', 'draft', 'broken_off', 'open', 'called', 'done' or 'any'"),
        ("/cases?outcome=failed", "query.outcome: unknown parameter"),
        ("/cases?before=nobody", "expected the call_id or number of a case"),
        ("/calls/a?turns=1", "query.turns: unknown parameter; this takes none"),
    ],
)
async def test_what_cannot_be_looked_for_is_told(some: House, path: str, says: str) -> None:
    message = await some.refused(path)
    assert says in message
    assert "Value error" not in message


def lists(house: House) -> list[str]:
    """Every documented GET that answers with a list, from the API's own document."""
    found: list[str] = []
    for path, operations in house.app.openapi()["paths"].items():
        content = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        if content.get("application/json", {}).get("schema", {}).get("type") == "array":
            found.append(path)
    return found


async def test_no_list_passes_over_a_parameter_that_it_does_not_have(house: House) -> None:
    paths = lists(house)
    assert {"/api/v1/calls", "/api/v1/cases", "/api/v1/agents", "/api/v1/store/revisions"} <= set(paths)
    for path in paths:
        answer = await house.http.get(f"http://test{path}?no_such_filter=1")
        assert answer.status_code == 422, path
        assert "no_such_filter" in answer.json()["error"]["message"], path


async def test_a_browser_may_read_the_totals(some: House) -> None:
    answer = await some.http.get("/calls", headers={"Origin": "https://desk.example.com"})
    assert "X-Total-Count" in answer.headers["access-control-expose-headers"]


async def test_live_calls_are_found_and_counted_as_they_are_now(some: House) -> None:
    """One is in the records as it began; another has not come there yet."""
    await some.records.started(call("e", 4))
    some.desk.records = [call("f", 5, agents=["info"], test=True), call("e", 4, agents=["info"])]
    assert await some.get("/calls") == (list("fedcba"), 4, 2)
    assert await some.get("/calls?agent=info") == (["f", "e"], 1, 1)
    assert await some.get("/calls?agent=info&test=false") == (["e"], 1, 0)
    assert await some.get("/calls?outcome=completed") == (["c", "b"], 1, 1)
    assert await some.get("/calls?limit=2&before=f") == (["e", "d"], 4, 2)


async def test_pages_of_calls_that_began_together_skip_nobody(house: House) -> None:
    chance = random.Random(3)
    names = [f"c{number:02}" for number in range(30)]
    for name in names:
        if name < "c25":
            await house.records.ended(call(name, chance.randint(0, 1), outcome="completed"))
        else:
            house.desk.records.append(call(name, chance.randint(0, 1)))
    seen: list[str] = []
    before = ""
    while page := (await house.get(f"/calls?limit=4{before}"))[0]:
        seen += page
        before = f"&before={page[-1]}"
    assert sorted(seen) == names


async def test_cases_and_the_drafts_that_broke_off(some: House) -> None:
    for name in "abcd":
        await some.cases.save_fields(name, "fnol", "POL-1", {"vehicle_drivable": True}, verified=name != "b")
    await some.cases.file("a", "fnol", NUMBERS)
    await some.cases.file("c", "fnol", NUMBERS)
    await some.records.started(call("e", 9))
    await some.cases.save_fields("e", "fnol", "POL-2", {})
    assert await some.get("/cases") == (["c", "a"], 1, 1)
    assert await some.get("/cases?status=draft") == (["e", "d", "b"], 3, 0)
    assert await some.get("/cases?status=any&limit=2") == (["e", "c"], 4, 1)
    assert await some.get("/cases?line=dental&status=any") == (["b"], 1, 0)
    assert await some.get("/cases?agent=fnol&status=any") == (["a", "d"], 2, 0)
    assert await some.get("/cases?caller=%2B13125550143&status=any") == (["b"], 1, 0)
    assert await some.get("/cases?verified=false&status=any") == (["b"], 1, 0)
    assert await some.get("/cases?subject=POL-2&status=draft") == (["e"], 1, 0)
    assert await some.get("/cases?test=true") == (["c"], 1, 1)
    assert await some.get("/cases?before=c") == (["a"], 1, 1)
    assert await some.get("/cases?until=2020-01-01T00:00:00Z") == ([], 0, 0)


async def test_a_draft_broke_off_once_its_call_is_over(house: House) -> None:
    await house.records.started(call("a"))
    await house.cases.save_fields("a", "fnol", "POL-1", {})
    assert await house.get("/cases?status=broken_off") == ([], 0, 0)
    await house.records.ended(call("a", ended_at=NOW, outcome="caller_hung_up"))
    assert await house.get("/cases?status=broken_off") == (["a"], 1, 0)
    (case,) = (await house.http.get("/cases?status=draft")).json()
    assert (case["status"], case["broken_off"], case["number"], case["line"]) == ("draft", True, "", "insurance")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21T12:00:00Z", NOW),
        ("2026-11-21T06:00:00-06:00", NOW),
        ("2026-11-21T14:00 02:00", NOW),
        ("2026-11-21T12:00:00.000000 00:00", NOW),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment
    assert read_moment(text).tzinfo is UTC


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59+14:00", "1969-12-31T23:59:59Z"])
@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("route", ["/calls", "/cases", "/calls/totals", "/health/history", "/audit"])
async def test_a_moment_at_the_edge_of_the_calendar_is_refused(house: House, route: str, name: str, text: str) -> None:
    answer = await house.http.get(route, params={name: text})
    assert (answer.status_code, "expected a year" in answer.text) == (422, True)


async def test_wishes_to_be_called_back_of_tests_are_told_apart_and_come_in_pages(house: House) -> None:
    book = SqlCallbackBook(house.database)
    for minute, name in enumerate("abcde"):
        await house.records.ended(call(name, minute, test=name == "b"))
        when = NOW + timedelta(minutes=minute // 2)
        await book.keep(CallbackWish(name, "insurance", "+13125550142", "Ann", "nobody came", when))
    await book.keep(CallbackWish("unknown", "dental", "+13125550142", "", "nobody came", NOW - timedelta(days=1)))

    async def asked(query: str) -> list[str]:
        answer = await house.http.get(f"/callbacks{query}")
        assert answer.status_code == 200, answer.text
        return [one["call_id"] for one in answer.json()]

    everything = ["e", "d", "c", "b", "a", "unknown"]
    assert await asked("") == everything
    assert await asked("?test=true") == ["b"]
    assert await asked("?test=false&line=insurance") == ["e", "d", "c", "a"]
    pages, last = [], ""
    while page := await asked(f"?limit=2{last}"):
        pages += page
        last = f"&before={page[-1]}"
    assert pages == everything
    assert "call_id" in await house.refused("/callbacks?before=nothing")
    assert "sinse" in await house.refused("/callbacks?sinse=today")


async def test_calls_are_found_by_what_was_said_within_a_bounded_span(house: House) -> None:
    for number, words in enumerate(("my Honda was hit by a truck", "a truck", "nothing", "the truck hit my honda")):
        await house.records.ended(call(f"c{number}", number))
        for index, said in enumerate((words, "goodbye"), 1):
            began = NOW + timedelta(seconds=number * 9 + index)
            await house.records.turn(
                f"c{number}", TurnRecord(index=index, agent="a", caller_text=said, started_at=began)
            )

    async def found(**body: Any) -> list[str]:
        answer = await house.http.post("/calls/search", json=body)
        assert answer.status_code == 200, answer.text
        assert all(len(one["turns"]) == 1 for one in answer.json())
        return [one["call_id"] for one in answer.json()]

    assert await found(words="honda TRUCK") == ["c3", "c0"]
    assert await found(words="truck") == ["c3", "c1", "c0"]
    assert await found(words="truck", span=2) == ["c3"]
    assert await found(words="truck", line="dental") == []
    assert (await house.http.post("/calls/search", json={"words": "x", "span": 5000})).status_code == 422


async def test_a_caller_is_shown_and_forgotten_by_a_number_in_the_body(
    some: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await some.http.post("/callers/export", json={"number": ANN.reveal()})
    assert shown.status_code == 200 and [one["call_id"] for one in shown.json()["calls"]] == ["a"]
    assert shown.json()["calls"][0]["caller"] == ANN.reveal()
    monkeypatch.setattr(callers, "MOST_CALLS", 0)
    refused = await some.http.post("/callers/export", json={"number": ANN.reveal()})
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "caller.too_large", refused.text
    assert "ringmaster caller export" in refused.text and ANN.reveal() not in refused.text
    await some.records.ended(call("e", 4, ended_at=NOW))
    gone = await some.http.post("/callers/forget", json={"number": ANN.reveal()})
    assert gone.status_code == 200
    assert (gone.json()["calls"], gone.json()["live"]) == (1, 1)
    for wrong in ("", "2065550123", "+1", "+1206555012x", "withheld", "8:"):
        refused = await some.http.post("/callers/forget", json={"number": wrong})
        assert refused.status_code == 422 and (not wrong or f'"{wrong}"' not in refused.text), refused.text


@pytest.mark.parametrize("path", ["/calls/a%00", "/cases/CLA-2026-AAAAAA%00", "/calls/%00", "/cases/%ED%A0%80"])
async def test_an_id_with_a_nul_is_nobodys(database_url: str, path: str) -> None:
    database = Database(database_url)
    await database.migrate()
    house = House(database)
    await house.records.ended(call("a"))
    await house.cases.save_fields("a", "fnol", "P", {"x": 1})
    await house.cases.file("a", "fnol", NUMBERS, "CLA-2026-AAAAAA")
    assert (await house.http.get("/calls/a")).status_code == 200
    assert (await house.http.get("/cases/CLA-2026-AAAAAA")).status_code == 200
    assert 400 <= (await house.http.get(path)).status_code < 500
    await house.http.aclose()
    await database.close()


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T12:00:00", -62135596800]
)
async def test_words_are_looked_for_within_a_calendar(house: House, moment: str | int) -> None:
    for name in ("since", "until"):
        answer = await house.http.post("/calls/search", json={"words": "hello", name: moment})
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "request.invalid")
        assert f"body.{name}: expected a" in answer.json()["error"]["message"]
