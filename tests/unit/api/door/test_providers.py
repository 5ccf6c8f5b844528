"""Rows H5, H6, H8 and H9 on the routes themselves: forged tokens, guesses, strange deliveries."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from backend.adapters.acs.tokens import AcsTokenCheck
from backend.api.access import GuessLimit
from backend.api.application import create_api
from backend.api.services import Access, ApiServices
from backend.domain.call import IncomingCall
from backend.errors import CallNotFound
from local_azure.tokens import Signer

ISSUER, AUDIENCE = "https://acscallautomation.communication.azure.com", "resource-1"
OURS, OTHERS = Signer(), Signer()
KEY = "k" * 40
CONNECTED = {"id": "1", "type": "Microsoft.Communication.CallConnected", "data": {"callConnectionId": "cc-1"}}


class Desk:
    """Knows one call, whose secret is ``known``."""

    def __init__(self) -> None:
        self.rang: list[IncomingCall] = []
        self.events: list[object] = []
        self.asked = 0

    async def incoming(self, call: IncomingCall) -> None:
        self.rang.append(call)

    async def callback(self, token: str, event: object) -> None:
        if token != "known":
            raise CallNotFound("no")
        self.events.append(event)

    async def expects_media(self, token: str, connection_id: str | None) -> bool:
        self.asked += 1
        return token == "known"

    async def attach(self, token: str, link: object) -> None:
        return None


async def no_media(websocket: object) -> None:
    return None


def app(desk: Desk, **access: object):
    services = ApiServices(
        desk=desk, records=None, cases=None, callbacks=None, case_search=None, store=None, open_media=no_media,
        access=Access(**access),
    )  # fmt: skip
    return create_api(services)


def client(desk: Desk, **access: object) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app(desk, **access)), base_url="http://127.0.0.1")


async def let_in(application, *authorization: bytes) -> bool:
    """Is a media socket let in?"""
    sent: list[str] = []
    messages = iter([{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1000}])

    async def receive() -> dict:
        return next(messages)

    async def send(message: dict) -> None:
        sent.append(message["type"])

    path = "/api/v1/media/stream/known"
    scope = {
        "type": "websocket", "path": path, "raw_path": path.encode(), "query_string": b"", "scheme": "ws",
        "root_path": "", "client": ("192.0.2.1", 1), "server": ("127.0.0.1", 80), "subprotocols": [], "extensions": {},
        "headers": [(b"host", b"127.0.0.1"), *((b"authorization", value) for value in authorization)],
    }  # fmt: skip
    await application(scope, receive, send)
    return "websocket.accept" in sent


async def guess(application, number: int) -> int:
    """The status of a callback for a call whose secret is guessed. (No client: ten thousand take it half a minute.)"""
    statuses: list[int] = []
    body = iter([{"type": "http.request", "body": json.dumps([CONNECTED]).encode(), "more_body": False}])

    async def receive() -> dict:
        return next(body, {"type": "http.disconnect"})

    async def send(message: dict) -> None:
        statuses.extend([message["status"]] if message["type"] == "http.response.start" else [])

    path = f"/api/v1/calls/callbacks/guess{number}"
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": path, "raw_path": path.encode(),
        "query_string": b"", "scheme": "http", "root_path": "", "client": ("192.0.2.1", 1),
        "server": ("127.0.0.1", 80), "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")],
    }  # fmt: skip
    await application(scope, receive, send)
    (status,) = statuses
    return status


@pytest.fixture
def acs() -> AcsTokenCheck:
    check = AcsTokenCheck("http://127.0.0.1:1/keys", ISSUER, AUDIENCE)
    check._keys = {OURS.key_id: OURS._key.public_key()}
    check._fetched = check._confirmed = check._now()
    return check


def signed(signer: Signer = OURS, *, issuer: str = ISSUER, audience: object = AUDIENCE, **claims: object) -> str:
    return signer.sign(issuer=issuer, audience=audience, seconds=300, claims=claims)


def forgeries() -> dict[str, list[str]]:
    good = signed()
    head, body, seal = good.split(".")
    return {
        "none": [],
        "empty": [""],
        "no scheme": [good],
        "basic": [f"Basic {good}"],
        "two": [f"Bearer {good}", f"Bearer {good}"],
        "spaces": [f"Bearer {good} {good}"],
        "unsigned": [f"Bearer {head}.{body}."],
        "altered": [f"Bearer {head}.{body[:-2]}AA.{seal}"],
        "cut": [f"Bearer {good[:-20]}"],
        "another signer": [f"Bearer {signed(OTHERS)}"],
        "issuer": [f"Bearer {signed(issuer='https://evil.example')}"],
        "audience": [f"Bearer {signed(audience='other')}"],
        "audiences": [f"Bearer {signed(audience=[AUDIENCE, 'other'])}"],
        "expired": [f"Bearer {signed(exp=1)}"],
        "not yet": [f"Bearer {signed(nbf=4_000_000_000)}"],
        "time in words": [f"Bearer {signed(exp='4000000000')}"],
        "8 kB": ["Bearer " + "a" * 8200],
        "9 kB": ["Bearer " + "a" * 9000],
        "no base64": ["Bearer é.é.é"],
    }


@pytest.mark.parametrize("name", list(forgeries()))
async def test_a_forged_token_gets_neither_callback_nor_media(acs: AcsTokenCheck, name: str) -> None:
    headers = [("Authorization", value.encode("latin-1")) for value in forgeries()[name]]
    desk = Desk()
    async with client(desk, acs_tokens=acs) as http:
        answer = await http.post("/api/v1/calls/callbacks/known", json=[CONNECTED], headers=headers)
    assert (answer.status_code, answer.json()["error"]["message"]) in [
        (401, "not authorized"),
        (503, "calls: the keys that tokens are signed with cannot be fetched"),
    ]
    assert not await let_in(app(desk, acs_tokens=acs), *(value for _, value in headers))
    assert (desk.events, desk.asked) == ([], 0)


async def test_the_services_own_token_gets_both(acs: AcsTokenCheck) -> None:
    desk = Desk()
    own = {"Authorization": f"bearer {signed()}"}
    async with client(desk, acs_tokens=acs) as http:
        assert (await http.post("/api/v1/calls/callbacks/known", json=[CONNECTED], headers=own)).status_code == 200
    assert await let_in(app(desk, acs_tokens=acs), own["Authorization"].encode())
    assert len(desk.events) == 1


async def test_a_valid_token_is_never_limited_whatever_others_try(acs: AcsTokenCheck) -> None:
    """Behind a proxy that is not known everybody has one address: wrong keys for the chat silenced the phone."""
    desk = Desk()
    application = app(desk, acs_tokens=acs, api_key=KEY, loopback=False)
    own = {"Authorization": f"Bearer {signed()}"}

    def attack() -> None:
        with TestClient(application) as browser:
            for _ in range(40):
                with pytest.raises(WebSocketDisconnect):
                    browser.websocket_connect("/api/v1/chat", headers={"Authorization": "Bearer wrong"}).__enter__()
                browser.post("/api/v1/calls/callbacks/guess", json=[CONNECTED], headers={"Authorization": "Bearer x"})
                browser.post("/api/v1/chat", json={}, headers={"Authorization": "Bearer wrong"})

    await asyncio.to_thread(attack)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(application), base_url="http://127.0.0.1") as http:
        assert (await http.post("/api/v1/calls/callbacks/known", json=[CONNECTED], headers=own)).status_code == 200
        assert (await http.get("/openapi.json", headers={"Authorization": f"Bearer {KEY}"})).status_code == 200
    assert await let_in(application, own["Authorization"].encode())


async def test_ten_thousand_guesses_find_no_call_and_are_limited_by_route() -> None:
    desk, seconds = Desk(), [0.0]
    application = app(desk)
    application.state.guesses = {kind: GuessLimit(clock=lambda: seconds[0]) for kind in application.state.guesses}
    assert [await guess(application, n) for n in range(10_000)] == [200] * 20 + [401] * 9_980
    assert desk.events == []
    assert await let_in(application)  # media has a limit of its own
    seconds[0] = 59.9
    assert await guess(application, 0) == 401
    seconds[0] = 60.0  # the next minute has guesses of its own
    assert [await guess(application, n) for n in range(21)] == [200] * 20 + [401]


# -- Event Grid ------------------------------------------------------------------------------------


def ring(n: int = 0, **more: object) -> dict:
    return {
        "id": f"e{n}",
        "eventType": "Microsoft.Communication.IncomingCall",
        "data": {
            "to": {"phoneNumber": {"value": "+18005550100"}},
            "from": {"phoneNumber": {"value": "+13125550142"}},
            "incomingCallContext": f"context {n}",
            "correlationId": f"correlation {n}",
        },
    } | more


def handshake(topic: str) -> dict:
    return {
        "id": "v",
        "topic": topic,
        "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
        "data": {"validationCode": "abc"},
    }


@pytest.mark.parametrize(
    ("minutes", "tries", "rings"),
    [
        (-10, 0, 1),
        (0, 0, 1),
        (4, 1, 1),
        (6, None, 0),
        (6, 1, 0),
        (30, 3, 0),
        (3 * 365 * 24 * 60, 12, 0),
        (6, 0, 1),
        (3 * 365 * 24 * 60, 0, 1),
    ],
    ids=str,
)
@pytest.mark.parametrize("field", ["eventTime", "time"])
async def test_a_caller_who_has_long_hung_up_is_not_answered(
    minutes: int, tries: int | None, rings: int, field: str
) -> None:
    """What Event Grid tells for the first time is no older than the delivery: our clock is ahead, and they ring."""
    moment = datetime.now(UTC) - timedelta(minutes=minutes)
    desk = Desk()
    async with client(desk) as http:
        said = moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"
        headers = {} if tries is None else {"aeg-delivery-count": str(tries)}
        sent = await http.post("/api/v1/calls/answer", json=[ring(**{field: said})], headers=headers)
        assert sent.status_code == 200
    assert len(desk.rang) == rings


@pytest.mark.parametrize(
    "said", ["", "soon", 5, None, {}, "0001-01-01T00:00:00", "9999-99-99", "2026-11-26T09:00:00.1234567"]
)
async def test_whatever_an_event_says_of_its_time_breaks_nothing(said: object) -> None:
    async with client(Desk()) as http:
        assert (await http.post("/api/v1/calls/answer", json=[ring(eventTime=said)])).status_code == 200


async def test_a_hundred_callers_in_one_delivery_and_no_more() -> None:
    desk = Desk()
    async with client(desk) as http:
        assert (await http.post("/api/v1/calls/answer", json=[ring(n) for n in range(100)])).status_code == 200
        assert (await http.post("/api/v1/calls/answer", json=[ring(n) for n in range(101)])).status_code == 400
    assert len(desk.rang) == 100


async def test_only_subscriptions_that_are_named_are_heard() -> None:
    desk = Desk()
    async with client(desk, event_grid_subscriptions=frozenset({"incoming-calls"})) as http:
        for name, status in (("INCOMING-CALLS", 200), ("OTHERS", 403), ("", 403)):
            headers = {"aeg-subscription-name": name} if name else {}
            assert (await http.post("/api/v1/calls/answer", json=[ring()], headers=headers)).status_code == status
            topic = "/subscriptions/1/providers/Microsoft.Communication/communicationServices/one"
            asked = await http.post("/api/v1/calls/answer", json=[handshake(topic)], headers=headers)
            assert asked.status_code == status
    assert len(desk.rang) == 1


async def test_a_handshake_of_another_service_is_not_answered() -> None:
    async with client(Desk()) as http:
        for topic in ("/subscriptions/1/providers/Microsoft.Storage/storageAccounts/x", "/providers/x"):
            assert (await http.post("/api/v1/calls/answer", json=[handshake(topic)])).status_code == 400


async def test_nothing_of_a_delivery_without_its_key_is_read() -> None:
    async def unread():
        raise AssertionError("the body was read")
        yield b""

    async with client(Desk(), event_grid_key=KEY) as http:
        for path in ("/api/v1/calls/answer", "/api/v1/calls/answer?key=x", "/api/v1/calls/answer?key=é"):
            assert (await http.post(path, content=unread())).status_code == 401


async def test_strange_callbacks_change_nothing() -> None:
    desk = Desk()
    strange = [
        [],
        [{"type": "Microsoft.Communication.Unknown", "data": {}}],
        [{"type": "Microsoft.Communication.CallDisconnected", "data": {"callConnectionId": "cc-1"}}] * 100,
        {"type": "Other"},
    ]
    async with client(desk) as http:
        for body in strange:
            for token in ("known", "unknown"):
                answer = await http.post(f"/api/v1/calls/callbacks/{token}", json=body)
                assert answer.status_code == 200
