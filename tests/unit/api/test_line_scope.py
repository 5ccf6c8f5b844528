"""A key for one line sees that line's calls, cases and call-backs, and no other's; and does nothing to them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from backend.api.application import create_api
from backend.api.services import Access, ApiServices
from backend.domain.call import CallRecord, WayOut
from backend.domain.callback import CallbackWish
from backend.domain.case import Case
from backend.domain.line import PlacingSpec
from backend.domain.principal import Principal, Role
from backend.domain.search import CaseQuery, FoundCase, Totals
from backend.engine.call.chat import ChatReply
from backend.testing.books import MemoryCallbacks
from tests.unit.api.test_routes import Records

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def a_call(call_id: str, line: str) -> CallRecord:
    return CallRecord(call_id=call_id, line=line, direction="inbound", started_at=NOW + timedelta(minutes=len(call_id)))


class Line:
    def __init__(self, name: str, number: str) -> None:
        self.name, self.numbers, self.placing = name, (number,), PlacingSpec()


class Store:
    def lines(self) -> list[Line]:
        return [Line("insurance", "+18005550100"), Line("dental", "+18005550101"), Line("bank", "+18005550102")]


class Desk:
    draining = False

    def __init__(self) -> None:
        self.done: list[tuple] = []

    def live(self) -> list[CallRecord]:
        return [a_call("live-d", "dental"), a_call("live-i", "insurance")]

    async def place(self, to: str, line: str | None = None, out: WayOut | None = None) -> CallRecord:
        self.done.append(("place", to, line))
        return a_call("placed", line or "insurance")

    async def hang_up(self, call_id: str) -> None:
        self.done.append(("hang_up", call_id))

    async def transfer(self, call_id: str, to: str) -> None:
        self.done.append(("transfer", call_id, to))


class Chats:
    def __init__(self) -> None:
        self.done: list[tuple] = []

    async def open(
        self, line: str | None = None, to: str | None = None, *, test: bool = False, store: object = None
    ) -> ChatReply:
        self.done.append(("open", line, to))
        return ChatReply("chat-new", line or "insurance", "one")

    async def say(self, chat_id: str, text: str) -> ChatReply:
        self.done.append(("say", chat_id))
        return ChatReply(chat_id, "dental", "one")

    async def end(self, chat_id: str) -> ChatReply:
        self.done.append(("end", chat_id))
        return ChatReply(chat_id, "dental", "one")


class Cases:
    def __init__(self) -> None:
        self.all = {
            f"CLA-{line}": FoundCase(
                Case(f"c-{line}", "fnol", "P", "filed", {}, NOW, f"CLA-{line}", NOW), line, False, False
            )
            for line in ("dental", "insurance", "")
        }  # fmt: skip

    async def get(self, number: str) -> Case | None:
        found = self.all.get(number)
        return found and found.case

    async def find(self, name: str, form: str = "") -> FoundCase | None:
        return next((one for one in self.all.values() if name in (one.case.number, one.case.call_id)), None)

    async def list(self, query: CaseQuery, **_: object) -> list[FoundCase]:
        return [one for one in self.all.values() if query.lines is None or one.line in query.lines]

    async def count(self, query: CaseQuery) -> Totals:
        return Totals(len(await self.list(query)))


class Says:
    def __init__(self, principal: Principal) -> None:
        self.principal = principal

    async def who(self, headers: object, cookies: object, query: object) -> Principal:
        return self.principal


class House:
    def __init__(self, lines: list[str] | None, role: Role = "operator", destinations: tuple[str, ...] = ()) -> None:
        principal = Principal("t", "key", frozenset([role]), None if lines is None else frozenset(lines), destinations)
        self.desk, self.chats, cases = Desk(), Chats(), Cases()
        records, callbacks = Records(), MemoryCallbacks()
        records.calls = [a_call("past-d", "dental"), a_call("past-i", "insurance"), a_call("chat-i", "insurance")]
        for call in (*records.calls, *self.desk.live()):
            callbacks._by_call[call.call_id] = CallbackWish(call.call_id, call.line, "+1", "", "", NOW)
        self.app = create_api(
            ApiServices(
                desk=self.desk, records=records, cases=cases, case_search=cases, callbacks=callbacks,
                store=Store(), open_media=None, chats=self.chats,
                access=Access(authenticator=Says(principal), loopback=False),
            )
        )  # fmt: skip

    def http(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app), base_url="http://test/api/v1")


async def test_only_what_is_of_their_line_is_shown() -> None:
    async with House(["dental"], "viewer").http() as http:
        calls = await http.get("/calls")
        assert {call["call_id"] for call in calls.json()} == {"live-d", "past-d"}
        assert calls.headers["x-total-count"] == "2"
        assert [case["number"] for case in (await http.get("/cases")).json()] == ["CLA-dental"]
        assert {wish["call_id"] for wish in (await http.get("/callbacks")).json()} == {"live-d", "past-d"}
        assert (await http.get("/calls", params={"line": "insurance"})).json() == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/calls/live-d", 200), ("/calls/past-d", 200), ("/calls/live-i", 404), ("/calls/past-i", 404),
        ("/calls/none", 404), ("/cases/CLA-dental", 200), ("/cases/CLA-insurance", 404), ("/cases/CLA-", 404),
        ("/calls?before=past-i", 422), ("/calls?before=live-i", 422), ("/calls?before=past-d", 200),
        ("/cases?before=CLA-insurance", 422), ("/callbacks?before=past-i", 422), ("/callbacks?before=past-d", 200),
    ],
)  # fmt: skip
async def test_what_is_of_another_line_is_not_there(path: str, status: int) -> None:
    async with House(["dental"], "viewer").http() as http:
        assert (await http.get(path)).status_code == status
    async with House(None, "viewer").http() as http:
        assert (await http.get(path)).status_code == (404 if path.endswith("/none") else 200)


async def test_no_case_of_another_line_is_corrected_or_taken_away() -> None:
    async with House(["dental"]).http() as http:
        taken = await http.get("/cases/export", params={"as": "json"})
        assert [case["number"] for case in taken.json()] == ["CLA-dental"]
        body, seen = {"fields": {"loss_date": "2026-11-19"}}, {"If-Match": '"9"'}
        for number, status in (("CLA-insurance", 404), ("CLA-", 404), ("CLA-dental", 412)):
            assert (await http.patch(f"/cases/{number}", json=body, headers=seen)).status_code == status


async def test_nothing_is_done_to_calls_of_another_line() -> None:
    house = House(["dental"])
    async with house.http() as http:
        for call_id, status in (("live-i", 404), ("past-i", 404), ("live-d", 204)):
            assert (await http.post(f"/calls/{call_id}/hangup")).status_code == status
            moved = await http.post(f"/calls/{call_id}/transfer", json={"to": "+13125550100"})
            assert moved.status_code == status
    assert house.desk.done == [("hang_up", "live-d"), ("transfer", "live-d", "+13125550100")]


async def test_calls_and_chats_are_begun_on_their_line_only() -> None:
    house = House(["dental"])
    async with house.http() as http:
        answers = [
            (await http.post("/calls", json={"to": "+13125550100"} | line)).status_code
            for line in ({}, {"line": "dental"}, {"line": "insurance"}, {"line": "none"})
        ]
        assert answers == [201, 201, 403, 403]
        chats = [
            (await http.post("/chat", json=wanted)).status_code
            for wanted in ({}, {"to": "+18005550101"}, {"to": "+18005550100"}, {"line": "insurance"})
        ]
        assert chats == [200, 200, 403, 403]
        assert (await http.post("/chat", json={"session": "chat-i", "text": "hi"})).status_code == 404
        assert (await http.delete("/chat/chat-i")).status_code == 404
        assert (await http.post("/chat", json={"session": "chat-new", "text": "hi"})).status_code == 200
    assert house.desk.done == [("place", "+13125550100", "dental")] * 2
    assert house.chats.done == [("open", "dental", None), ("open", "dental", "+18005550101"), ("say", "chat-new")]


async def test_who_has_several_lines_names_the_one() -> None:
    async with House(["dental", "insurance"]).http() as http:
        assert (await http.post("/calls", json={"to": "+13125550100"})).status_code == 403
        assert (await http.post("/calls", json={"to": "+13125550100", "line": "insurance"})).status_code == 201
        assert (await http.post("/chat", json={"to": "+18005550102"})).status_code == 403


async def test_a_key_without_a_line_sees_nothing() -> None:
    async with House([], "viewer").http() as http:
        for path in ("/calls", "/cases", "/callbacks"):
            assert (await http.get(path)).json() == []


async def test_a_key_has_only_its_destinations_called() -> None:
    house = House(None, destinations=("+1312", "+44"))
    async with house.http() as http:
        for number, status in (
            ("+13125550100", 201),
            ("+442071838750", 201),
            ("+12065550100", 403),
            ("+4930123456", 403),
        ):
            assert (await http.post("/calls", json={"to": number})).status_code == status
        assert (await http.post("/calls/live-i/transfer", json={"to": "+12065550100"})).status_code == 403
        assert (await http.post("/calls/live-i/transfer", json={"to": "+13125550101"})).status_code == 204
    assert [what for what, *_ in house.desk.done] == ["place", "place", "transfer"]


def test_lines_of_calls_are_not_mixed_up() -> None:
    assert Principal("t", "key", lines=frozenset(["dental"])).sees("dental")
    assert not Principal("t", "key", lines=frozenset(["dental"])).sees("")
    assert replace(Principal("t", "key"), lines=None).sees("")


async def test_figures_of_all_lines_at_once_are_not_for_who_is_limited_to_some() -> None:
    for role in ("viewer", "admin"):
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(House(["dental"], role).app), base_url="http://test"
        ) as http:
            assert [(await http.get(path)).status_code for path in ("/metrics", "/stats")] == [403, 403]
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(House(None, "viewer").app), base_url="http://test"
    ) as http:
        assert [(await http.get(path)).status_code for path in ("/metrics", "/stats")] == [200, 200]


async def test_what_was_spent_is_told_to_operators() -> None:
    for role, told in (("viewer", {"blocks": 1}), ("operator", {"blocks": 1, "spent_24h": 2.5})):
        house = House(None, role)
        state = house.app.state
        state.services = replace(state.services, stats=lambda: {"gate": {"blocks": 1, "spent_24h": 2.5}})
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(house.app), base_url="http://test") as http:
            assert (await http.get("/stats")).json()["gate"] == told
