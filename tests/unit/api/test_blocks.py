"""The block list over HTTP: by role and line, with reasons, and each change in the audit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend.api.block_desk import BlockDesk
from backend.api.services import Access
from backend.domain.principal import Principal
from backend.engine.desk.audit_trail import AuditTrail
from backend.engine.desk.outbox import Outbox
from backend.testing.people_books import AuditWriter, MemoryAudit, MemoryBlocks
from tests.unit.api.test_line_scope import House, Says

NUMBER = "+13125550142"


@pytest.fixture
def audit() -> MemoryAudit:
    return MemoryAudit()


@pytest.fixture
def house(audit: MemoryAudit) -> House:
    house, told = House(None), []
    house.told = told

    async def changed() -> None:
        told.append(1)

    trail = AuditTrail(audit, Outbox(AuditWriter(audit), "w"))
    services = house.app.state.services
    house.app.state.services = replace(services, blocks=BlockDesk(MemoryBlocks(), changed), audit=trail)
    return house


def become(house: House, role: str, lines: list[str] | None = None) -> None:
    access = Access(
        authenticator=Says(Principal("t", "key", frozenset([role]), None if lines is None else frozenset(lines))),
        loopback=False,
    )
    house.app.state.services = replace(house.app.state.services, access=access)


async def test_a_number_is_blocked_shown_and_let_in_again(house: House, audit: MemoryAudit) -> None:
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    async with house.http() as http:
        made = await http.post("/blocks", json={"number": NUMBER, "why": "rude", "until": until, "line": "dental"})
        assert made.status_code == 201
        (shown,) = (await http.get("/blocks")).json()
        assert (shown["number"], shown["why"], shown["by"], shown["line"]) == (NUMBER, "rude", "key:t", "dental")
        assert (await http.delete(f"/blocks/{shown['id']}")).status_code == 200
        assert (await http.delete(f"/blocks/{shown['id']}")).status_code == 409
        assert (await http.get("/blocks")).json() == []
    assert len(house.told) == 2
    assert [(kept.entry.action, kept.entry.outcome) for kept in audit.entries] == [
        ("blocks.add", "ok"),
        ("blocks.list", "ok"),
        ("blocks.remove", "ok"),
        ("blocks.remove", "key.refused"),
    ]
    assert NUMBER not in repr([kept.entry for kept in audit.entries])
    assert audit.entries[0].entry.target == shown["id"]


@pytest.mark.parametrize(
    "wanted",
    [
        {"number": "312"}, {"number": "+1", "prefix": True}, {"number": "+1900"}, {"number": NUMBER, "why": ""},
        {"number": NUMBER, "until": "2020-01-01T00:00:00Z"}, {"number": NUMBER, "until": "2030-01-01"},
        {"number": NUMBER, "line": "dentel"}, {"number": NUMBER, "untill": "x"}, {"number": "x", "prefix": True},
        {"number": "-"}, {"number": " ( ) "}, {"number": "..", "prefix": True}, {"number": NUMBER, "why": "  "},
        {"number": NUMBER, "until": 99999999999}, {"number": NUMBER, "until": "9999-12-31T23:59:59-14:00"},
    ],
)  # fmt: skip
async def test_blocks_that_make_no_sense_are_refused(house: House, wanted: dict) -> None:
    async with house.http() as http:
        assert (await http.post("/blocks", json={"why": "w"} | wanted)).status_code in (409, 422)
        assert (await http.get("/blocks")).json() == []


async def test_beginnings_and_withheld_numbers_can_be_blocked(house: House) -> None:
    async with house.http() as http:
        for wanted in ({"number": "+1 900", "prefix": True}, {"number": "withheld"}):
            assert (await http.post("/blocks", json={"why": "w"} | wanted)).status_code == 201
        shown = (await http.get("/blocks")).json()
    assert {(one["number"], one["prefix"]) for one in shown} == {("+1900", True), ("withheld", False)}


async def test_who_is_limited_to_a_line_blocks_for_that_line_only(house: House) -> None:
    async with house.http() as http:
        whole = (await http.post("/blocks", json={"number": NUMBER, "why": "w"})).json()["id"]
        become(house, "operator", ["dental"])
        answers = [
            (await http.post("/blocks", json={"number": NUMBER, "why": "w"} | line)).status_code
            for line in ({}, {"line": "insurance"}, {"line": "dental"})
        ]
        assert answers == [403, 403, 201]
        assert [one["line"] for one in (await http.get("/blocks")).json()] == ["dental"]
        assert (await http.delete(f"/blocks/{whole}")).status_code == 409
        become(house, "viewer")
        assert (await http.get("/blocks")).status_code == 403
