"""Cases over HTTP: people put fields right, and take all that fit away as a file."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from quick_yaml import read_yaml

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.api.application import create_api
from backend.api.case_export import _row, cell
from backend.api.services import ApiServices
from backend.domain.call import CallRecord
from backend.domain.case_names import CaseNames
from backend.domain.case_number import NumberPattern
from backend.domain.form_spec import FormSpec
from backend.domain.private import Private

NUMBERS = NumberPattern("CLA-{year}-{random:6}")
FORM = FormSpec.model_validate(read_yaml((Path(__file__).parents[3] / "agent_store/forms/fnol.yaml").read_text()))
SAID = {"loss_date": "2026-11-20", "full_name": "Ann Lee"}


class Store:
    def version(self) -> str:
        return "v1"

    def agents(self) -> list[Any]:
        return []

    lines = tools = agents

    def form(self, name: str) -> FormSpec | None:
        return FORM if name == FORM.name else None


class Trail:
    """The audit without an outbox."""

    def __init__(self, book: SqlAuditBook) -> None:
        self.note = self.require = book.note


class House:
    """The API over a database with cases."""

    def __init__(self, database: Database, trail: Any = None) -> None:
        self.records, self.cases, self.audit = SqlCallRecords(database), SqlCaseBook(database), SqlAuditBook(database)
        services = ApiServices(
            desk=None, records=self.records, cases=self.cases, case_search=SqlCaseSearch(database), callbacks=None,
            store=Store(), open_media=None, audit=trail, case_names=(CaseNames(FORM.name, "claims", "claim_id"),),
        )  # fmt: skip
        app = create_api(services)
        self.http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test/api/v1")

    async def filed(self, call_id: str = "c1", form: str = FORM.name, **fields: Any) -> str:
        """A filed case; gives its number."""
        await self.records.started(
            CallRecord(
                call_id=call_id,
                line="insurance",
                direction="inbound",
                caller=Private("+13125550142"),
                started_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
            )
        )
        await self.cases.save_fields(call_id, form, "POL-1", fields or SAID)
        return (await self.cases.file(call_id, form, NUMBERS)).number or ""

    async def correct(self, number: str, seen: str | None = '"0"', **fields: Any) -> httpx2.Response:
        headers = {} if seen is None else {"If-Match": seen}
        return await self.http.patch(f"/cases/{number}", json={"fields": fields}, headers=headers)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db")
    await database.migrate()
    yield database
    await database.close()


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


async def test_a_correction_stands_beside_what_the_caller_said(house: House) -> None:
    number = await house.filed()
    read = await house.http.get(f"/cases/{number}")
    answer = await house.correct(number, read.headers["etag"], loss_date="2026-11-19", full_name="Ann Lee")
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown == (await house.http.get(f"/cases/{number}")).json()
    assert shown["fields"] == {"loss_date": "2026-11-19", "full_name": "Ann Lee"}
    (one,) = shown["corrections"]
    assert (one["name"], one["before"], one["after"], one["who"]) == ("loss_date", "2026-11-20", "2026-11-19", "local")
    kept = await house.cases.get(number)
    assert kept is not None
    assert kept.fields == SAID
    again = await house.correct(number, answer.headers["etag"], loss_date="2026-11-18")
    assert [(one["before"], one["after"]) for one in again.json()["corrections"]] == [
        ("2026-11-20", "2026-11-19"), ("2026-11-19", "2026-11-18"),
    ]  # fmt: skip
    assert (await house.http.get("/cases")).json()[0]["fields"]["loss_date"] == "2026-11-18"


async def test_of_two_at_once_the_second_is_told(house: House) -> None:
    number = await house.filed()
    assert (await house.correct(number, loss_date="2026-11-19")).status_code == 200
    late = await house.correct(number, full_name="Anna Lee")
    assert (late.status_code, late.json()["error"]["code"]) == (412, "case.conflict")
    assert (await house.correct(number, None, full_name="Anna Lee")).status_code == 428
    kept = await house.cases.get(number)
    assert kept is not None
    assert kept.as_corrected["full_name"] == "Ann Lee"


async def test_what_is_no_value_of_its_field_is_refused_whole(house: House) -> None:
    number = await house.filed()
    answer = await house.correct(number, loss_date="soon", nothing=1, full_name="Bob Lee")
    assert answer.status_code == 422
    told = answer.json()["error"]["message"]
    assert "fields.loss_date: expected a day" in told
    assert "fields.nothing: the form has no such field" in told
    assert "soon" not in told
    kept = await house.cases.get(number)
    assert kept is not None
    assert kept.corrections == ()
    gone = await house.filed("c2", "gone")
    assert "the store has no form gone any more" in (await house.correct(gone, loss_date="2026-11-19")).text
    assert (await house.correct("CLA-none", loss_date="2026-11-19")).status_code == 404
    assert (
        await house.http.patch(f"/cases/{number}", json={"fields": {}}, headers={"If-Match": "0"})
    ).status_code == 422


async def test_the_audit_says_who_corrected_what_and_holds_no_value(database: Database) -> None:
    house = House(database, Trail(SqlAuditBook(database)))
    number = await house.filed()
    await house.correct(number, full_name="Anna Lee")
    (kept,) = await house.audit.list()
    entry = kept.entry
    assert (entry.action, entry.actor, entry.target) == ("cases.correct", "local", number)
    assert (entry.before, entry.after, entry.detail) == ("0", "1", {"fields": ["full_name"]})


async def test_an_alias_corrects_its_own_form_only(house: House) -> None:
    number, other = await house.filed(), await house.filed("c2", "other")
    for name, status in ((number, 200), (other, 404)):
        answer = await house.http.patch(
            f"/claims/{name}", json={"fields": {"loss_date": "2026-11-19"}}, headers={"If-Match": '"0"'}
        )
        assert answer.status_code == status, answer.text
    (row,) = csv.DictReader(io.StringIO((await house.http.get("/claims/export")).text.removeprefix("\ufeff")))
    assert (row["claim_id"], row["loss_date"]) == (number, "2026-11-19")


async def test_the_file_has_all_that_fit_and_its_formulas_are_texts(house: House) -> None:
    for index in range(120):
        await house.filed(f"c{index:03}", full_name=f"=1+{index}", loss_date="2026-11-20", more={"a": [1]})
    answer = await house.http.get("/cases/export", params={"form": FORM.name, "verified": "true"})
    assert answer.status_code == 200
    assert answer.headers["x-total-count"] == "120"
    assert answer.headers["content-disposition"] == 'attachment; filename="cases.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len({row["number"] for row in rows}) == 120
    assert {row["full_name"] for row in rows} == {f"'=1+{index}" for index in range(120)}
    assert json.loads(rows[0]["other_fields"]) == {"more": {"a": [1]}}
    assert (rows[0]["verified"], rows[0]["line"]) == ("true", "insurance")
    whole = (await house.http.get("/cases/export", params={"as": "json"})).json()
    listed = (await house.http.get("/cases", params={"limit": 200})).json()
    assert whole == listed
    none = await house.http.get("/cases/export", params={"as": "json", "verified": "false"})
    assert none.json() == []
    assert (await house.http.get("/cases/export", params={"verifed": "false"})).status_code == 422


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "\r=1", "\n=1"])
def test_no_text_is_run_by_a_spreadsheet(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "written"), [(True, "true"), (-2, -2), (None, None), ([1], "[1]"), ("a", "a")])
def test_other_values_stay_as_they_are(value: Any, written: Any) -> None:
    assert cell(value) == written


def test_no_text_is_two_cells_where_cells_are_parted_by_semicolons() -> None:
    assert _row(["a;=1+1", 3, None]) == '"a;=1+1",3,""\r\n'
