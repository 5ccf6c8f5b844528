"""What outsiders knew of claims before there were cases is answered to the letter: paths, keys, parameters, refusals.

``api_before_cases/answers.json`` was written by the version before, with this database.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.api.application import create_api
from backend.api.services import ApiServices
from backend.domain.call import CallRecord
from backend.domain.case_names import CaseNames
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.engine.desk.caller_desk import CallerDesk

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

ANSWERS = Path(__file__).parent / "api_before_cases" / "answers.json"
EXPECTED: dict[str, Any] = json.loads(ANSWERS.read_text())
"""By request."""
NAMES = (CaseNames("fnol", "claims", "claim_id", "policy_id", "Claim-Id", "Policy-Id", NUMBERS),)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+(?:Z|\+00:00)")
PLACE = {"street": "Elm Street", "city": "Reno"}
FIELDS = {"loss_date": "2026-11-20", "vehicle_drivable": True, "loss_location": PLACE}


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
    records, cases = SqlCallRecords(database), SqlCaseBook(database)
    await records.ended(call("a", 0, agents=["auth", "fnol"], case_number="CLA-2026-AAAAAA"))
    await records.ended(call("b", 1, line="dental", caller=Private("anonymous"), case_number="CLA-2026-BBBBBB"))
    await records.ended(call("c", 2, test=True))
    await records.ended(call("d", 3))
    await cases.save_fields("a", "fnol", "POL-1", FIELDS)
    await cases.file("a", "fnol", NUMBERS, "CLA-2026-AAAAAA")
    await cases.add_note("CLA-2026-AAAAAA", "d", "the mirror is broken, too")
    await cases.save_fields("b", "fnol", "", {"full_name": "Ann Bell"}, verified=False)
    await cases.file("b", "fnol", NUMBERS, "CLA-2026-BBBBBB")
    await cases.save_fields("c", "fnol", "POL-1", {"loss_date": "2026-11-19"})
    await cases.save_fields("d", "fnol", "POL-2", {})


def api(database: Database) -> ApiServices:
    return ApiServices(
        desk=Desk(),
        records=SqlCallRecords(database),
        cases=SqlCaseBook(database),
        case_search=SqlCaseSearch(database),
        callbacks=SqlCallbackBook(database),
        store=Nothing(),
        case_names=NAMES,
        open_media=None,
        callers=CallerDesk(SqlCallerData(database)),
    )


async def answer(http: httpx2.AsyncClient, request: str) -> dict[str, Any]:
    method, path = request.split(" ")
    got = await http.request(method, path)
    totals = {name: got.headers[name] for name in ("x-total-count", "x-test-count") if name in got.headers}
    return {"status": got.status_code, **totals, "body": _without_news(json.loads(MOMENT.sub("MOMENT", got.text)))}


def _without_news(body: Any) -> Any:
    """Calls say their number's plain name, by which way they came, how their recording is, and what they cost. What is
    wrong is told to people in better words; programs read the code.
    """
    if isinstance(body, list):
        return [_without_news(one) for one in body]
    if "error" in body:
        return {"error": {"code": body["error"]["code"]}}
    news = {"case_number", "way", "recording", "recording_until", "use", "cost"}
    return {name: one for name, one in body.items() if name not in news}


async def test_every_request_is_answered_as_before(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    await fill(database)
    transport = httpx2.ASGITransport(create_api(api(database)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1") as http:
        answers = {request: await answer(http, request) for request in EXPECTED}
    await database.close()
    assert answers == {request: one | {"body": _without_news(one["body"])} for request, one in EXPECTED.items()}
