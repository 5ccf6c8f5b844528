"""The guard, in process: what is refused before anything is parsed, and what is let through."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from guarded import AUTH, KEY, LOCAL, Refuses, Unread, answer_of, app, client, scope_of
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from backend.api.door.addresses import Proxies, owner_of
from backend.api.door.body import Bodies, BodyLimits
from backend.api.door.guard import Guard
from backend.api.door.refusal import Refusal
from backend.protocol.web import AllowedHosts, foreign_page, host_of

# -- by which name -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost", "localhost"),
        ("LocalHost:8080", "localhost"),
        ("localhost.:8080", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:8080", "::1"),
        ("[::1]", "::1"),
        ("[::1", ""),
        ("[evil]:80", ""),
        ("::1", ""),
        ("a@localhost", ""),
        ("localhost/x", ""),
        ("localhost:x", ""),
        ("localhost:8080:1", ""),
        ("", ""),
    ],
)
def test_the_name_in_a_host_header(header: str, name: str) -> None:
    assert host_of(header) == name


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "127.1.2.3:8080", "[::1]:8080", "LOCALHOST"])
def test_names_of_this_machine_are_always_allowed(host: str) -> None:
    assert AllowedHosts().allow(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.localhost",
        "10.0.0.7",
        "[2001:db8::1]",
        None,
        "",
        "127.0.0.1.nip.io",
    ],
)
def test_on_loopback_no_other_name_is(host: str | None) -> None:
    assert not AllowedHosts().allow(host)


def test_a_public_server_has_its_names_and_every_address_but_no_other_name() -> None:
    hosts = AllowedHosts(["voice.example.com", "[2001:db8::5]"], addresses=True)
    assert all(
        hosts.allow(one) for one in ("voice.example.com", "VOICE.example.com:443", "10.0.0.7:8080", "[2001:db8::5]")
    )
    assert not hosts.allow("evil.example")


@given(some.text(max_size=30))
def test_whatever_a_host_header_says_reading_it_breaks_nothing(header: str) -> None:
    name = host_of(header)
    assert name == "" or name.isascii()


async def test_a_foreign_name_is_refused_and_probes_are_answered_by_any() -> None:
    async with client(LOCAL, host="evil.example:8080") as http:
        for path in ("/api/v1/agents", "/docs", "/openapi.json", "/nowhere"):
            assert (await http.get(path)).status_code == 421
        assert (await http.get("/livez")).status_code == 200
        assert (await http.get("/startupz")).status_code == 200
    async with client(LOCAL) as http:
        assert (await http.get("/api/v1/agents")).status_code == 200


def test_a_foreign_name_gets_no_socket() -> None:
    with pytest.raises(WebSocketDisconnect):
        TestClient(app(LOCAL), base_url="http://evil.example").websocket_connect(
            "/api/v1/chat", headers={"Host": "evil.example", "Origin": "http://evil.example"}
        ).__enter__()


# -- from which page -----------------------------------------------------------------------------

UNSAFE = [
    ("POST", "/api/v1/calls"),
    ("POST", "/api/v1/chat"),
    ("DELETE", "/api/v1/chat/x"),
    ("POST", "/api/v1/store/changes"),
    ("PUT", "/api/v1/prompts/x.jinja"),
    ("POST", "/api/v1/tools/x"),
    ("POST", "/api/v1/calls/answer"),
    ("POST", "/api/v1/calls/callbacks/x"),
    ("PATCH", "/nowhere"),
]


@pytest.mark.parametrize(("method", "path"), UNSAFE)
@pytest.mark.parametrize(
    "says",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8080"},
        {"Origin": "https://127.0.0.1:8080.evil.example"},
        {"Origin": "127.0.0.1:8080"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_another_sites_page_changes_nothing(method: str, path: str, says: dict[str, str]) -> None:
    async with client(LOCAL) as http:
        answer = await http.request(method, path, json={}, headers=says)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "request.origin")


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({"host": "127.0.0.1:8080"}, False),
        ({"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:8080"}, False),
        ({"host": "voice.example", "origin": "https://voice.example"}, False),
        ({"host": "voice.example:443", "origin": "https://voice.example"}, False),
        ({"host": "voice.example", "origin": "https://VOICE.example:443"}, False),
        ({"host": "voice.example", "origin": "https://voice.example:8443"}, True),
        ({"host": "voice.example", "origin": "https://desk.example"}, False),
        ({"host": "voice.example", "sec-fetch-site": "same-origin"}, False),
        ({"host": "voice.example", "sec-fetch-site": "none"}, False),
        ({"host": "", "origin": "null"}, True),
        ({"origin": "http://"}, True),
        ({}, False),
    ],
)
def test_which_page_is_foreign(headers: dict[str, str], foreign: bool) -> None:
    assert foreign_page(headers, ("https://desk.example",)) is foreign


@given(origin=some.text(max_size=40), host=some.sampled_from(["127.0.0.1:8080", "voice.example", "[::1]:80"]))
def test_only_our_own_page_is_ours(origin: str, host: str) -> None:
    ours = {f"{scheme}://{host}{port}" for scheme in ("http", "https") for port in ("", ":80", ":443")}
    if origin.lower() not in ours:
        assert foreign_page({"host": host, "origin": origin})


async def test_a_named_page_may_and_reads_the_refusals_too() -> None:
    page = {"Origin": "https://desk.example"}
    async with client(LOCAL, origins=("https://desk.example",), api_key=KEY) as http:
        answer = await http.post("/api/v1/store/changes", json={}, headers=page)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (401, "https://desk.example")
        assert (await http.post("/api/v1/store/changes", json={}, headers=page | AUTH)).status_code == 404
        ask = page | {"Access-Control-Request-Method": "PUT"}
        assert (await http.options("/api/v1/prompts/x.jinja", headers=ask)).status_code == 200


# -- of which type -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/html", "x"]
)
async def test_a_body_is_json_or_yaml(kind: str) -> None:
    async with client(LOCAL) as http:
        for method, path in UNSAFE[:8]:
            answer = await http.request(method, path, content=b"{}", headers={"Content-Type": kind})
            assert (answer.status_code, answer.json()["error"]["code"]) == (415, "request.content_type")


async def test_a_page_that_names_no_type_is_refused_and_a_program_is_not() -> None:
    async with client(LOCAL) as http:
        browser = {"Origin": "http://127.0.0.1:8080"}
        assert (await http.post("/api/v1/store/changes", content=b"{}", headers=browser)).status_code == 415
        assert (await http.post("/api/v1/store/changes", content=b"{}")).status_code != 415


# -- who, before anything is read ----------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), UNSAFE)
async def test_nothing_is_read_of_a_stranger(method: str, path: str) -> None:
    application = app(LOCAL, api_key=KEY, event_grid_key=KEY, acs_tokens=Refuses(), loopback=False)
    scope = scope_of(method, path, host="127.0.0.1", content_length="104857600", content_type="application/json")
    status, headers, _ = await answer_of(application, scope, Unread())
    assert status in (401, 404)
    assert headers.get(b"connection") == b"close" or status == 404


async def test_the_description_is_open_on_this_machine_only() -> None:
    async with client(LOCAL) as http:
        assert (await http.get("/docs")).status_code == 200
        assert (await http.get("/openapi.json")).status_code == 200
    async with client(LOCAL, api_key=KEY, loopback=False) as http:
        for path in ("/docs", "/openapi.json", "/static-offline-docs/swagger-ui.css"):
            assert (await http.get(path)).status_code == 401
            assert (await http.get(path, headers=AUTH)).status_code == 200
    async with client(LOCAL, pages=False) as http:
        assert [(await http.get(path)).status_code for path in ("/docs", "/openapi.json")] == [404, 404]


# -- how much, how fast --------------------------------------------------------------------------


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@pytest.mark.parametrize(("path", "most"), [("/api/v1/chat", 65_536), ("/api/v1/store/changes", 1_048_576)])
async def test_bodies_have_a_limit_announced_or_not(path: str, most: int) -> None:
    async with client(LOCAL) as http:
        kind = {"Content-Type": "application/json"}
        text = b'"' + b"a" * (most - 2) + b'"'
        assert (await http.post(path, content=text, headers=kind)).status_code in (404, 422)
        for body in (text + b" ", chunks(text, b" ")):
            answer = await http.post(path, content=body, headers=kind)
            assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request.too_large")


async def test_an_endless_body_is_read_no_further_than_its_limit() -> None:
    taken = 0

    async def endless() -> dict:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": b"a" * 1000, "more_body": True}

    scope = scope_of(
        "POST", "/api/v1/chat", host="127.0.0.1", transfer_encoding="chunked", content_type="application/json"
    )
    assert (await answer_of(app(LOCAL), scope, endless))[0] == 413
    assert taken <= 66


@pytest.mark.parametrize("limits", [BodyLimits(whole_s=0.05), BodyLimits(pause_s=0.05)], ids=["whole", "pause"])
async def test_a_body_that_drips_is_not_waited_for(limits: BodyLimits) -> None:
    parts = iter(range(3))

    async def drip() -> dict:
        if next(parts, None) is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": b"a", "more_body": True}

    with pytest.raises(Refusal) as refused:
        await Bodies(limits).read("/api/v1/chat", {}, drip, provider=False)
    assert refused.value.status == 408


async def test_what_would_take_long_to_parse_is_not_parsed() -> None:
    async with client(LOCAL) as http:
        for body in ("[" + "0," * 200_000 + "0]", "[" * 200_000):
            answer = await http.post(
                "/api/v1/store/changes", content=body, headers={"Content-Type": "application/json"}
            )
            assert answer.status_code == 400


# -- what every answer says ----------------------------------------------------------------------


async def test_answers_are_taken_for_nothing_else() -> None:
    async with client(LOCAL) as http:
        for path in ("/api/v1/agents", "/livez", "/nowhere", "/docs"):
            answer = await http.get(path)
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert (await http.get("/api/v1/agents")).headers["cache-control"] == "no-store"


# -- from where ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["[2001:db8::7]:4711"], "2001:db8::7"),
        ("10.0.0.1", ["nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, nonsense"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ],
)
def test_only_trusted_proxies_say_who_their_client_is(peer: str, forwarded: list[str], client: str) -> None:
    scope = {"type": "http", "client": (peer, 5), "headers": [(b"x-forwarded-for", one.encode()) for one in forwarded]}
    Proxies(["10.0.0.0/8"]).reveal(scope)
    assert scope["client"][0] == client


def test_nobody_is_trusted_unless_named() -> None:
    scope = {"type": "http", "client": ("127.0.0.1", 5), "headers": [(b"x-forwarded-for", b"198.51.100.1")]}
    Proxies().reveal(scope)
    assert scope["client"] == ("127.0.0.1", 5)


def test_an_owner_of_many_addresses_is_one() -> None:
    assert owner_of("2001:db8:1:2::1") == owner_of("2001:db8:1:2:ffff::9") != owner_of("2001:db8:1:3::1")
    assert owner_of("192.0.2.1") != owner_of("192.0.2.2")
    assert owner_of("") == owner_of("testclient")


# -- handshakes ----------------------------------------------------------------------------------


async def test_a_handshake_that_is_not_decided_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.api.door.guard._HANDSHAKE_S", 0.02)

    async def never(scope, receive, send) -> None:
        await asyncio.Event().wait()

    async def anybody(connection: object) -> str:
        return "person"

    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    scope = scope_of("GET", "/api/v1/chat", host="127.0.0.1") | {
        "type": "websocket",
        "extensions": {"websocket.http.response": {}},
    }
    await Guard(never, LOCAL, anybody)(scope, Unread(), send)
    assert sent[0]["status"] == 503


def test_no_field_of_a_body_is_passed_over() -> None:
    document = app().openapi()
    taken = [
        body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path in document["paths"].values()
        for operation in path.values()
        if "application/json" in (body := operation.get("requestBody", {"content": {}}))["content"]
        and "$ref" in body["content"]["application/json"].get("schema", {})
    ]
    open_ones = {
        name for name in taken if document["components"]["schemas"][name].get("additionalProperties") is not False
    }
    assert len(taken) > 8
    assert open_ones == set()
