"""What outsiders knew of claims before there were cases is answered to the letter: paths, keys, parameters, refusals.

``api_before_cases/answers.json`` was written by the version before, with these requests and this database.
"""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.claim_book import SqlClaimBook
from backend.adapters.sql.claim_search import SqlClaimSearch
from backend.adapters.sql.database import Database
from backend.api.application import create_api
from backend.api.services import ApiServices
from backend.domain.call import CallRecord
from backend.domain.private import Private
from backend.engine.desk.caller_desk import CallerDesk

ANSWERS = Path(__file__).parent / "api_before_cases" / "answers.json"
EXPECTED: dict[str, Any] = json.loads(ANSWERS.read_text()) if ANSWERS.exists() else {}
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+(?:Z|\+00:00)")
PLACE = {"street": "Elm Street", "city": "Reno"}
FIELDS = {"loss_date": "2026-11-20", "vehicle_drivable": True, "loss_location": PLACE}
REQUESTS = [
    "GET /claims",
    "GET /claims?status=any",
    "GET /claims?status=draft",
    "GET /claims?status=broken_off",
    "GET /claims?policy_id=POL-1",
    "GET /claims?policy_id=POL-1&status=any&limit=1",
    "GET /claims?verified=false&status=any",
    "GET /claims?caller=%2B13125550142&status=any",
    "GET /claims?line=dental&status=any",
    "GET /claims?agent=fnol&status=any",
    "GET /claims?test=true&status=any",
    "GET /claims?before=CLA-2026-BBBBBB",
    "GET /claims?before=c&status=any",
    "GET /claims?until=2020-01-01T00:00:00Z",
    "GET /claims/CLA-2026-AAAAAA",
    "GET /claims/CLA-2026-BBBBBB",
    "GET /claims/none",
    "GET /claims/a",
    "GET /claims?status=open",
    "GET /claims?policy_id=",
    "GET /claims?policy=POL-1",
    "GET /claims?subject=POL-1",
    "GET /claims?form=fnol",
    "GET /claims?policy_id=A&policy_id=B",
    "GET /claims?before=nobody",
    "GET /claims?limit=0",
    "GET /claims?since=2026-11-22T00:00:00Z&until=2026-11-21T00:00:00Z",
    "GET /claims/CLA-2026-AAAAAA?fields=1",
    "POST /claims",
    "DELETE /claims/CLA-2026-AAAAAA",
    "GET /calls",
    "GET /calls/a",
    "GET /calls/d",
    "POST /callers/export",
    "POST /callers/forget",
]


class Desk:
    draining = False

    def live(self) -> list[CallRecord]:
        return []


class Nothing:
    def version(self) -> str:
        return "v1"

    def agents(self) -> list[Any]:
        return []

    lines = tools = agents


def call(name: str, minute: int, **changes: Any) -> CallRecord:
    began = NOW + timedelta(minutes=minute)
    known: dict[str, Any] = {"line": "insurance", "direction": "inbound", "caller": Private("+13125550142")}
    return CallRecord(call_id=name, started_at=began, ended_at=began, outcome="completed", **(known | changes))


async def fill(database: Database) -> None:
    records, claims = SqlCallRecords(database), SqlClaimBook(database)
    await records.ended(call("a", 0, agents=["auth", "fnol"], claim_id="CLA-2026-AAAAAA"))
    await records.ended(call("b", 1, line="dental", caller=Private("anonymous"), claim_id="CLA-2026-BBBBBB"))
    await records.ended(call("c", 2, test=True))
    await records.ended(call("d", 3))
    await claims.save_fields("a", "POL-1", FIELDS)
    await claims.file("a", "CLA-2026-AAAAAA")
    await claims.add_note("CLA-2026-AAAAAA", "d", "the mirror is broken, too")
    await claims.save_fields("b", "", {"full_name": "Ann Bell"}, verified=False)
    await claims.file("b", "CLA-2026-BBBBBB")
    await claims.save_fields("c", "POL-1", {"loss_date": "2026-11-19"})
    await claims.save_fields("d", "POL-2", {})


def api(database: Database) -> ApiServices:
    return ApiServices(
        desk=Desk(),
        records=SqlCallRecords(database),
        claims=SqlClaimBook(database),
        claim_search=SqlClaimSearch(database),
        callbacks=SqlCallbackBook(database),
        store=Nothing(),
        open_media=None,
        callers=CallerDesk(SqlCallerData(database)),
    )


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    await fill(database)
    transport = httpx2.ASGITransport(create_api(api(database)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as found:
        yield found
    await database.close()


async def answer(http: httpx2.AsyncClient, request: str) -> dict[str, Any]:
    method, path = request.split(" ")
    body = {"number": "+13125550142"} if path.startswith("/callers") else None
    got = await http.request(method, path, json=body)
    totals = {name: got.headers[name] for name in ("x-total-count", "x-test-count") if name in got.headers}
    return {"status": got.status_code, **totals, "body": json.loads(MOMENT.sub("MOMENT", got.text))}


@pytest.mark.parametrize("request_", REQUESTS)
async def test_it_is_answered_as_before(http: httpx2.AsyncClient, request_: str) -> None:
    assert await answer(http, request_) == EXPECTED[request_]
