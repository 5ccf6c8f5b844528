"""Every action of a person is in the audit: who, what, when, before and after; and the routes of keys and the audit."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.tried import TriedVersions
from backend.api.application import create_api
from backend.api.key_desk import KeyDesk
from backend.api.rights import RIGHTS
from backend.api.services import Access, ApiServices, LiveServices
from backend.domain.audit import AuditEntry
from backend.domain.call import CallRecord, WayOut
from backend.domain.principal import Principal
from backend.domain.private import Private
from backend.engine.desk.audit_trail import AuditTrail
from backend.engine.desk.outbox import Outbox, OutboxLimits
from backend.errors import CallNotFound, Unavailable
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryCaseSearch, MemoryDrafts, MemoryRevisions
from backend.testing.people_books import AuditWriter, MemoryAudit, MemoryKeys
from tests.unit.api.test_routes import Records
from tests.unit.api.test_store_api import AGENT, LINE, TOOLS, LocalVersionBoard, Shown, etag

ANN = Principal("ann", "entra", frozenset(["admin"]))
CALL = CallRecord(call_id="c1", line="main", direction="inbound", started_at=datetime(2026, 11, 26, tzinfo=UTC),
                  caller=Private("+13125550142"))  # fmt: skip


class Says:
    async def who(self, headers: object, cookies: object, query: object) -> Principal:
        return ANN


class Desk:
    draining = False

    def live(self) -> list[CallRecord]:
        return [CALL]

    async def place(self, to: str, line: str | None = None, out: WayOut | None = None) -> CallRecord:
        return replace(CALL, call_id="placed")

    async def hang_up(self, call_id: str) -> None:
        raise CallNotFound("none")

    async def transfer(self, call_id: str, to: str) -> None: ...


class Book(MemoryAudit):
    away = False

    async def note(self, entry: AuditEntry) -> None:
        if self.away:
            raise Unavailable("store", "away")
        await super().note(entry)


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
async def trail(book: Book):
    outbox = Outbox(AuditWriter(book), "w", limits=OutboxLimits(pauses_s=(0.01,)))
    await outbox.start()
    yield AuditTrail(book, outbox)
    await outbox.close()


@pytest.fixture
async def http(tmp_path: Path, trail: AuditTrail):
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (tmp_path / folder).mkdir(parents=True)
    folder = StoreFolder(tmp_path / "agent_store", tmp_path / "prompt_store")
    folder.write({"agents/one.yaml": AGENT, "lines/main.yaml": LINE, "prompts/one.jinja": "You help.\n"})
    books = MemoryRevisions()
    live = LiveStore(folder, TOOLS, books, LocalVersionBoard())
    await live.open()
    cases, callbacks = MemoryCases(), MemoryCallbacks()
    services = ApiServices(
        desk=Desk(), records=Records(), cases=cases, case_search=MemoryCaseSearch(cases), callbacks=callbacks,
        store=Shown(live), live=LiveServices(live, books, TriedVersions(live, books), MemoryDrafts()),
        open_media=None,
        access=Access(authenticator=Says(), loopback=False), keys=KeyDesk(MemoryKeys()), audit=trail,
    )  # fmt: skip
    transport = httpx2.ASGITransport(create_api(services))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test/api/v1", timeout=10) as http:
        yield http


def entries(book: Book) -> list[tuple[str, str, str]]:
    return [(kept.entry.action, kept.entry.target, kept.entry.outcome) for kept in book.entries]


async def test_what_broke_off_with_a_fault_of_ours_is_noted_too(
    http: httpx2.AsyncClient, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Desk, "transfer", full)
    with pytest.raises(OSError, match="No space"):
        await http.post("/calls/c1/transfer", json={"to": "+13125550100"})
    assert entries(book) == [("calls.transfer", "c1", "ringmaster.failed")], "some of it may have been done"


async def test_what_nobody_came_to_doing_is_not_noted(http: httpx2.AsyncClient, book: Book) -> None:
    assert (await http.post("/calls", json={"from": "x"})).status_code == 422
    assert (await http.post("/calls/c1/transfer", json={})).status_code == 422
    assert entries(book) == []


async def test_what_is_done_to_calls_is_noted_with_who_did_it(http: httpx2.AsyncClient, book: Book) -> None:
    await http.get("/calls/c1", headers={"X-Actor": "somebody else"})
    await http.post("/calls", json={"to": "+13125550100"})
    await http.post("/calls/c1/transfer", json={"to": "+13125550100"})
    await http.post("/calls/c1/hangup")
    assert entries(book) == [
        ("calls.read", "c1", "ok"),
        ("calls.place", "placed", "ok"),
        ("calls.transfer", "c1", "ok"),
        ("calls.hang_up", "c1", "call.not_found"),
    ]
    assert {kept.entry.actor for kept in book.entries} == {"entra:ann"}
    assert book.entries[0].entry.note == "somebody else"
    assert [kept.entry.line for kept in book.entries][:2] == ["main", "main"]
    assert "+1312" not in repr(book.entries), "numbers are of callers"
    assert [kept.entry.detail for kept in book.entries][1:3] == [{"to": "+1...00"}] * 2


async def test_an_edit_is_noted_with_the_version_before_and_after(http: httpx2.AsyncClient, book: Book) -> None:
    first = (await http.get("/store")).json()["version"]
    headers = await etag(http, "/prompts/one.jinja")
    await http.put("/prompts/one.jinja", content="You listen.\n", headers=headers)
    await http.put("/prompts/one.jinja", content="You talk.\n", headers=headers)
    await http.post("/store/rollback", json={"version": first})
    second = book.entries[0].entry.after
    assert [(k.entry.action, k.entry.before, k.entry.after, k.entry.outcome) for k in book.entries] == [
        ("prompts.change", first, second, "ok"),
        ("prompts.change", second, "", "store.conflict"),
        ("store.roll_back", second, first, "ok"),
    ]
    assert {k.entry.target for k in book.entries[:2]} == {"prompts/one.jinja"}
    assert "listen" not in repr(book.entries)


async def test_a_caller_who_is_looked_for_is_not_in_the_audit(http: httpx2.AsyncClient, book: Book) -> None:
    await http.get("/calls", params={"caller": "+13125550142", "line": "main"})
    assert book.entries[0].entry.detail == {"asked": {"caller": "***", "line": "main"}}


async def test_a_screen_that_follows_a_list_is_noted_once_a_minute(http: httpx2.AsyncClient, book: Book) -> None:
    for _ in range(5):
        await http.get("/calls")
    await http.get("/calls", params={"line": "main"})
    for _ in range(2):
        await http.get("/calls/c1")
    assert [kept.entry.action for kept in book.entries] == ["calls.list", "calls.list", "calls.read", "calls.read"]


async def test_nothing_is_shown_that_cannot_be_noted(http: httpx2.AsyncClient, book: Book) -> None:
    book.away = True
    assert (await http.get("/calls/c1")).status_code == 503


async def test_a_list_that_could_not_be_noted_is_not_shown_at_the_next_try_either(
    http: httpx2.AsyncClient, book: Book
) -> None:
    book.away = True
    assert [(await http.get("/calls")).status_code for _ in range(2)] == [503, 503]
    book.away = False
    assert [(await http.get("/calls")).status_code for _ in range(2)] == [200, 200]
    assert entries(book) == [("calls.list", "", "ok")]


async def test_every_file_that_is_taken_away_is_noted(http: httpx2.AsyncClient, book: Book) -> None:
    for _ in range(2):
        assert (await http.get("/cases/export")).status_code == 200
    assert entries(book) == [("cases.export", "", "ok")] * 2


async def test_what_was_done_is_noted_when_it_can_be(http: httpx2.AsyncClient, book: Book) -> None:
    book.away = True
    assert (await http.post("/calls", json={"to": "+13125550100"})).status_code == 201
    assert (await http.post("/calls/c1/hangup")).status_code == 404
    assert not book.entries
    book.away = False
    async with asyncio.timeout(30):
        while len(book.entries) < 2:
            await asyncio.sleep(0.001)
    assert [kept.entry.action for kept in book.entries] == ["calls.place", "calls.hang_up"]


def test_every_row_that_touches_callers_or_changes_something_has_a_name_in_the_audit() -> None:
    silent = {(method, path) for (method, path), rule in RIGHTS.items() if rule.role and not rule.action}
    store = r"agents.*|lines.*|tools.*|prompts.*|knowledge.*|forms.*|identities.*|books.*|rehearsals.*"
    below = r"store/(revisions|drafts|schemas|gate|shares|rehearsals|replays).*"
    kinds = rf"(/stats|/metrics|/api/v1/(session|health(/history|/faults)?|store|{below}|{store}))"
    assert all(method == "GET" and re.fullmatch(kinds, path) for method, path in silent), silent


def test_what_shows_something_of_callers_is_noted_first() -> None:
    shows = {(method, path) for (method, path), rule in RIGHTS.items() if rule.shows}
    assert {(method, path) for (method, path), rule in RIGHTS.items() if method == "GET" and rule.action} <= shows
    assert ("POST", "/api/v1/callers/export") in shows
    assert ("POST", "/api/v1/calls/{call_id}/hangup") not in shows


async def test_keys_are_made_rotated_and_revoked_and_each_is_noted(http: httpx2.AsyncClient, book: Book) -> None:
    made = await http.post(
        "/keys", json={"name": "website", "role": "operator", "lines": ["main"], "destinations": ["+1312"], "days": 30}
    )
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    assert made.json()["key"].startswith("rmk_")
    turned = await http.post("/keys/website/rotate", json={"overlap_hours": 1})
    listed = (await http.get("/keys")).json()
    assert [(key["name"], key["lines"], key["live"]) for key in listed] == [("website", ["main"], True)] * 2
    assert "key" not in listed[0]
    assert "salt" not in listed[0]
    ended = await http.delete("/keys/website", params={"id": made.json()["id"]})
    assert [key["id"] for key in ended.json()] == [made.json()["id"]]
    assert (await http.delete("/keys/none")).status_code == 409
    assert entries(book) == [
        ("keys.add", "website", "ok"),
        ("keys.rotate", "website", "ok"),
        ("keys.list", "", "ok"),
        ("keys.revoke", "website", "ok"),
        ("keys.revoke", "none", "key.refused"),
    ]
    assert book.entries[1].entry.after == turned.json()["id"]
    assert made.json()["key"] not in repr(book.entries)


@pytest.mark.parametrize(
    "wanted",
    [
        {"name": "x", "role": "root"},
        {"name": "x", "role": "viewer", "rolle": 1},
        {"name": "x", "role": "viewer", "lines": []},
        {"name": "x", "role": "viewer", "lines": ["other"]},
        {"name": "x", "role": "operator", "destinations": ["312"]},
        {"name": "a b", "role": "viewer"},
        {"name": "x", "role": "viewer", "days": 0},
    ],
)
async def test_keys_that_make_no_sense_are_refused(http: httpx2.AsyncClient, wanted: dict) -> None:
    assert (await http.post("/keys", json=wanted)).status_code in (409, 422)
    assert (await http.get("/keys")).json() == []


async def test_the_audit_is_read_with_filters_and_reading_it_is_noted(http: httpx2.AsyncClient, book: Book) -> None:
    await http.get("/calls/c1")
    await http.post("/calls/c1/hangup")
    shown = (await http.get("/audit", params={"action": "calls", "actor": "entra:ann", "by": "people"})).json()
    assert [(one["action"], one["target"]) for one in shown] == [("calls.hang_up", "c1"), ("calls.read", "c1")]
    page = (await http.get("/audit", params={"before": shown[0]["id"], "limit": 1})).json()
    assert [one["action"] for one in page] == ["calls.read"]
    assert (await http.get("/audit", params={"target": "c1", "action": "calls.read"})).json()[0]["outcome"] == "ok"
    assert book.entries[-1].entry.action == "audit.read"


@pytest.mark.parametrize("asked", ["actr=ann", "since=yesterday", "by=robots", "before=-1", "limit=0", "action="])
async def test_unknown_and_wrong_filters_of_the_audit_are_refused(http: httpx2.AsyncClient, asked: str) -> None:
    assert (await http.get(f"/audit?{asked}")).status_code == 422
