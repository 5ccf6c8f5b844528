"""The routes, in process, over fakes."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from backend.api.application import create_api
from backend.api.services import Access, ApiServices, Ping
from backend.domain.call import CallRecord, IncomingCall, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.domain.search import CallQuery, Totals
from backend.errors import AuthError, CallNotFound, Unavailable
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryCaseSearch

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

INCOMING = {
    "id": "e1",
    "eventType": "Microsoft.Communication.IncomingCall",
    "data": {
        "to": {"phoneNumber": {"value": "+18005550100"}},
        "from": {"phoneNumber": {"value": "+13125550142"}},
        "incomingCallContext": "ctx",
        "correlationId": "corr",
    },
}
CONNECTED = {
    "id": "1",
    "type": "Microsoft.Communication.CallConnected",
    "data": {"callConnectionId": "cc-1", "resultInformation": {"code": 200}},
}


class Desk:
    def __init__(self) -> None:
        self.calls: list[IncomingCall] = []
        self.events: list = []
        self.fails: Exception | None = None
        self.draining = False
        self.records: list[CallRecord] = []

    async def incoming(self, call: IncomingCall) -> None:
        if self.fails:
            raise self.fails
        self.calls.append(call)

    async def callback(self, token: str, event: object) -> None:
        if token != "known":
            raise CallNotFound("no")
        self.events.append(event)

    async def hang_up(self, call_id: str) -> None:
        raise CallNotFound(f"no live call {call_id}")

    def live(self) -> list[CallRecord]:
        return self.records


class Records:
    def __init__(self) -> None:
        self.calls: list[CallRecord] = []

    async def list(
        self,
        query: CallQuery,
        *,
        limit: int,
        before: datetime | None,
        before_id: str,
        without: Collection[str],
    ) -> list[CallRecord]:
        fitting = [call for call in self.calls if query.fits(call) and call.call_id not in without]
        place = before and (before, before_id)
        return [call for call in fitting if place is None or (call.started_at, call.call_id) < place][:limit]

    async def count(self, query: CallQuery, *, without: Collection[str]) -> Totals:
        fitting = [call for call in self.calls if query.fits(call) and call.call_id not in without]
        return Totals(sum(not call.test for call in fitting), sum(call.test for call in fitting))

    async def get(self, call_id: str) -> CallRecord | None:
        return next((call for call in self.calls if call.call_id == call_id), None)


class Store:
    def version(self) -> str:
        return "v1"

    def agents(self) -> list:
        return []

    lines = tools = agents


class Refuses:
    async def check(self, authorization: str | None) -> dict:
        raise AuthError("no")


class Admits:
    async def check(self, authorization: str | None) -> dict:
        return {}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def client(desk: Desk, **parts: object) -> httpx2.AsyncClient:
    cases = parts.pop("cases", MemoryCases())
    services = ApiServices(
        desk=desk,
        records=parts.pop("records", Records()),
        cases=cases,
        case_search=MemoryCaseSearch(cases),
        callbacks=parts.pop("callbacks", MemoryCallbacks()),
        store=Store(),
        open_media=None,
        **parts,
    )
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(create_api(services)), base_url="http://test")


async def test_the_handshake_is_answered_with_its_code(desk: Desk) -> None:
    event = {
        "id": "v",
        "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
        "data": {"validationCode": "abc"},
    }
    async with client(desk) as http:
        answer = await http.post("/api/v1/calls/answer", json=[event])
    assert (answer.status_code, answer.json()) == (200, {"validationResponse": "abc"})


async def test_the_cloud_events_handshake(desk: Desk) -> None:
    async with client(desk) as http:
        answer = await http.options("/api/v1/calls/answer", headers={"WebHook-Request-Origin": "eventgrid.azure.net"})
    assert answer.headers["webhook-allowed-origin"] == "eventgrid.azure.net"


async def test_every_call_of_a_batch_is_taken(desk: Desk) -> None:
    async with client(desk) as http:
        answer = await http.post(
            "/api/v1/calls/answer", json=[INCOMING, {"id": "x", "eventType": "Other", "data": {}}, INCOMING]
        )
    assert answer.status_code == 200
    assert len(desk.calls) == 2


async def test_a_broken_event_does_not_lose_the_other_callers(desk: Desk) -> None:
    broken = INCOMING | {"data": {}}
    async with client(desk) as http:
        answer = await http.post("/api/v1/calls/answer", json=[broken, INCOMING, 5])
    assert answer.status_code == 400
    assert len(desk.calls) == 1


async def test_a_broken_callback_event_does_not_lose_the_others(desk: Desk) -> None:
    async with client(desk) as http:
        answer = await http.post("/api/v1/calls/callbacks/known", json=[{"type": 5}, CONNECTED])
    assert answer.status_code == 400
    assert len(desk.events) == 1


async def test_our_own_failure_is_a_503_so_that_event_grid_tries_again(desk: Desk) -> None:
    desk.fails = Unavailable("calls", "down")
    async with client(desk) as http:
        assert (await http.post("/api/v1/calls/answer", json=[INCOMING])).status_code == 503


async def test_garbage_is_a_400(desk: Desk) -> None:
    async with client(desk) as http:
        answer = await http.post("/api/v1/calls/answer", content=b"{")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "protocol.malformed"


async def test_a_sender_that_leaves_in_the_middle_of_a_delivery_is_no_error(desk: Desk) -> None:
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/calls/answer", "headers": [], "query_string": b""}
    await client(desk)._transport.app(scope, receive, send)
    assert sent[0]["status"] == 499


async def test_the_event_grid_key_is_asked_for(desk: Desk) -> None:
    async with client(desk, access=Access(event_grid_key="s3cret")) as http:
        assert (await http.post("/api/v1/calls/answer", json=[INCOMING])).status_code == 401
        assert (await http.post("/api/v1/calls/answer?key=s3cret", json=[INCOMING])).status_code == 200
    assert len(desk.calls) == 1


async def test_callbacks_reach_their_call_and_strangers_change_nothing(desk: Desk) -> None:
    async with client(desk) as http:
        assert (await http.post("/api/v1/calls/callbacks/known", json=[CONNECTED])).status_code == 200
        assert (await http.post("/api/v1/calls/callbacks/unknown", json=[CONNECTED])).status_code == 200
    assert len(desk.events) == 1


async def test_guessing_tokens_is_limited(desk: Desk) -> None:
    async with client(desk) as http:
        statuses = [
            (await http.post(f"/api/v1/calls/callbacks/guess{n}", json=[CONNECTED])).status_code for n in range(25)
        ]
    assert statuses[:20] == [200] * 20
    assert set(statuses[20:]) == {401}


async def test_whoever_shows_a_token_of_acs_guesses_nothing(desk: Desk) -> None:
    async with client(desk, access=Access(acs_tokens=Admits())) as http:
        for n in range(25):
            await http.post(f"/api/v1/calls/callbacks/of-another-time-{n}", json=[CONNECTED])
        assert (await http.post("/api/v1/calls/callbacks/known", json=[CONNECTED])).status_code == 200
    assert len(desk.events) == 1


async def test_a_callback_with_a_bad_token_is_refused_without_detail(desk: Desk) -> None:
    async with client(desk, access=Access(acs_tokens=Refuses())) as http:
        answer = await http.post("/api/v1/calls/callbacks/known", json=[CONNECTED])
    assert answer.status_code == 401
    assert answer.json()["error"]["message"] == "not authorized"


def a_call() -> CallRecord:
    now = datetime.now(UTC)
    turn = TurnRecord(index=1, agent="auth", caller_text="hello", started_at=now)
    return CallRecord(
        call_id="c1", line="insurance", direction="inbound", caller=Private("+13125550142"), connection_id="cc-1",
        started_at=now, turns=[turn],
    )  # fmt: skip


async def test_calls_are_listed_with_masked_numbers_and_found_by_connection(desk: Desk) -> None:
    records = Records()
    records.calls = [a_call()]
    async with client(desk, records=records) as http:
        (call,) = (await http.get("/api/v1/calls?connection_id=cc-1")).json()
        assert call["caller"].endswith("42")
        assert "312555" not in call["caller"]
        assert (await http.get("/api/v1/calls?connection_id=other")).json() == []
        assert (await http.get("/api/v1/calls/c1")).json()["turns"][0]["caller_text"] == "hello"
        missing = await http.get("/api/v1/calls/none")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "call.not_found")


async def test_pages_of_calls_skip_nobody(desk: Desk) -> None:
    """A long call is still live, others came and went meanwhile, and another is live since."""
    now = datetime.now(UTC)
    records = Records()
    oldest, long, middle, newest = (
        CallRecord(call_id=name, line="insurance", direction="inbound", started_at=now + timedelta(minutes=minute))
        for minute, name in enumerate(("oldest", "long", "middle", "newest"))
    )
    desk.records = [newest, long]
    records.calls = [newest, middle, long, oldest]
    seen: list[str] = []
    async with client(desk, records=records) as http:
        before: dict[str, str] = {}
        while page := (await http.get("/api/v1/calls", params={"limit": 1} | before)).json():
            seen.append(page[0]["call_id"])
            before = {"before": page[0]["started_at"].replace("Z", "")}
    assert seen == ["newest", "middle", "long", "oldest"]


async def test_cases(desk: Desk) -> None:
    cases = MemoryCases()
    await cases.save_fields("c1", "fnol", "POL-A10001", {"vehicle_drivable": True})
    filed = await cases.file("c1", "fnol", NUMBERS)
    async with client(desk, cases=cases) as http:
        assert (await http.get(f"/api/v1/cases/{filed.number}")).json()["fields"] == {"vehicle_drivable": True}
        assert len((await http.get("/api/v1/cases")).json()) == 1
        assert (await http.get("/api/v1/cases/none")).status_code == 404


async def test_wishes_to_be_called_back(desk: Desk) -> None:
    wishes = MemoryCallbacks()
    at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    await wishes.keep(CallbackWish("c1", "insurance", "+12065550144", "Anna Bell", "nobody came", at))
    async with client(desk, callbacks=wishes) as http:
        (found,) = (await http.get("/api/v1/callbacks", params={"line": "insurance"})).json()
        assert (found["number"], found["reason"], found["call_id"]) == ("+12065550144", "nobody came", "c1")
        assert (await http.get("/api/v1/callbacks", params={"line": "dental"})).json() == []
        assert (await http.get("/api/v1/callbacks", params={"lime": "dental"})).status_code == 422
    async with client(desk, access=Access(loopback=False)) as http:
        assert (await http.get("/api/v1/callbacks")).status_code == 401


async def test_operations_need_a_key_away_from_loopback(desk: Desk) -> None:
    async with client(desk, access=Access(loopback=False)) as http:
        assert (await http.get("/api/v1/calls")).status_code == 401
        assert (await http.get("/livez")).status_code == 200
    async with client(desk, access=Access(api_key="k", loopback=False)) as http:
        assert (await http.get("/api/v1/calls", headers={"Authorization": "Bearer k"})).status_code == 200
        assert (await http.get("/api/v1/calls", headers={"Authorization": "Bearer x"})).status_code == 401


async def test_readiness_names_what_is_wrong_and_liveness_asks_nobody(desk: Desk) -> None:
    async def broken() -> None:
        raise Unavailable("store", "down")

    async def fine() -> None:
        return None

    pings = (Ping("database", broken), Ping("redis", fine, needed=False))
    async with client(desk, pings=pings) as http:
        ready = await http.get("/readyz")
        assert ready.status_code == 503
        assert ready.json()["pings"]["database"]["result"] == "provider.unavailable"
        assert ready.json()["pings"]["redis"]["result"] == "ok"
        assert (await http.get("/livez")).status_code == 200


async def test_what_is_not_needed_only_degrades(desk: Desk) -> None:
    async def broken() -> None:
        raise Unavailable("store", "down")

    async with client(desk, pings=(Ping("redis", broken, needed=False),)) as http:
        assert (await http.get("/readyz")).status_code == 200
        assert (await http.get("/api/v1/health")).json()["status"] == "degraded"


async def test_a_draining_server_is_not_ready_and_a_stuck_one_not_alive(desk: Desk) -> None:
    desk.draining = True
    async with client(desk, loop_lag_ms=lambda: 3000.0) as http:
        assert (await http.get("/readyz")).status_code == 503
        assert (await http.get("/livez")).status_code == 503


async def test_the_api_page_needs_nothing_from_the_internet(desk: Desk) -> None:
    async with client(desk) as http:
        page = (await http.get("/docs")).text
        needed = re.findall(r"""(?:src|href)=['"]([^'"]+)""", page)
        assert len(needed) >= 3
        for path in needed:
            assert path.startswith("/"), path
            assert (await http.get(path)).status_code == 200


async def test_the_openapi_page_is_whole(desk: Desk) -> None:
    async with client(desk) as http:
        paths = (await http.get("/openapi.json")).json()["paths"]
    assert {"/api/v1/calls", "/api/v1/cases/{number}", "/readyz", "/api/v1/agents"} <= set(paths)


@pytest.mark.parametrize(
    ("method", "path", "status", "code", "says"),
    [
        ("POST", "/api/v1/calls/a/transfer", 422, "request.invalid", "body.to: expected a phone number such as +1"),
        ("GET", "/nowhere", 404, "http.404", "Not Found"),
        ("PATCH", "/livez", 405, "http.405", "Method Not Allowed"),
        ("GET", "/api/v1/calls?limit=many", 422, "request.invalid", "query.limit: "),
    ],
)
async def test_whatever_is_wrong_is_told_in_one_shape(
    desk: Desk, method: str, path: str, status: int, code: str, says: str
) -> None:
    async with client(desk) as http:
        answer = await http.request(method, path, json={"to": "123"} if method == "POST" else None)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert says in answer.json()["error"]["message"]
