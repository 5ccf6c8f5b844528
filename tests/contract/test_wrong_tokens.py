"""Every route that takes tokens, shown tokens that are rightly signed with a key of the right office, and wrong in one
thing: none of them lets anybody in, over HTTP or by a WebSocket, and the one that is right does."""

from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Any

import pytest
from aiohttp import web

from backend.adapters.acs.tokens import AcsTokenCheck
from backend.api.access import GuessLimit
from backend.api.application import create_api
from backend.api.entra import EntraPeople
from backend.api.fixed_key import FixedKey
from backend.api.people import People
from backend.api.rights import rule_for
from backend.api.services import Access, ApiServices
from local_azure.tokens import Signer
from tests.unit.api.test_rights import ROUTES, Nothing, filled

SIGNER = Signer()
OFFICES = {
    "acs": ("https://acs.example", "resource-1"),
    "event_grid": ("https://sts.example/tenant/", "api://deliveries"),
    "entra": ("https://login.example/tenant/v2.0", "api://ringmaster"),
}
"""Issuer and audience of each. All sign with one key, so that nothing but these tells their tokens apart."""


def office_of(method: str, path: str) -> str:
    """Whose tokens a route takes; empty: none."""
    rule = rule_for(method, filled(path))
    assert rule is not None
    return "entra" if rule.role else str(rule.right) if rule.right in OFFICES else ""


REFUSED = {401, 403}
"""The second one is the answer of a media socket, whose service knows no other."""
TAKES = [(method, path) for method, path in ROUTES if office_of(method, path)]


def token(office: str, *, seconds: float = 300, **claims: Any) -> str:
    issuer, audience = OFFICES[office]
    given = {"roles": ["admin"], "oid": "o", "tid": "tenant"} | claims
    return SIGNER.sign(issuer=issuer, audience=audience, seconds=seconds, claims=given)


def wrong(office: str) -> dict[str, Callable[[], str]]:
    """Tokens that an office, or another one, signs when asked: a signature is a millisecond of the processor."""
    others = [name for name in OFFICES if name != office]
    issuer, audience = OFFICES[office]
    of_office = partial(token, office)
    return {
        "expired": partial(of_office, seconds=-120),
        "expired long ago": partial(of_office, exp=1),
        "not yet valid": partial(of_office, nbf=4_000_000_000),
        "another audience": partial(of_office, aud="api://other"),
        "two audiences": partial(of_office, aud=[audience, "api://other"]),
        "audience with a tail": partial(of_office, aud=f"{audience}/"),
        "another issuer": partial(of_office, iss="https://evil.example"),
        "issuer with a tail": partial(of_office, iss=f"{issuer}.evil.example"),
        **{f"that of {name}": partial(token, name) for name in others},
        **{f"audience of {name}": partial(of_office, aud=OFFICES[name][1]) for name in others},
        **{f"issuer of {name}": partial(of_office, iss=OFFICES[name][0]) for name in others},
    }


@pytest.fixture
async def server() -> AsyncGenerator[Any]:
    async def keys(_: web.Request) -> web.Response:
        return web.json_response(SIGNER.jwks())

    runner = web.AppRunner(publishing := web.Application())
    publishing.router.add_get("/keys", keys)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/keys"
    checks = {name: AcsTokenCheck(url, issuer, audience) for name, (issuer, audience) in OFFICES.items()}
    nothing: Any = Nothing()
    access = Access(
        authenticator=People(FixedKey("k" * 40), None, EntraPeople(checks["entra"])),
        acs_tokens=checks["acs"],
        event_grid_tokens=checks["event_grid"],
        loopback=False,
    )
    app = create_api(
        ApiServices(
            desk=nothing, records=nothing, cases=nothing, case_search=nothing, callbacks=nothing, store=nothing,
            live=None, open_media=nothing, chats=nothing, access=access, ways=("acs", "livekit"),
        )
    )  # fmt: skip
    app.state.wrong_keys = GuessLimit(most=10**6)
    yield app
    await runner.cleanup()


async def status_of(app: Any, method: str, path: str, shown: str) -> int:
    """What the door answers; 200 where whoever knocks is let in, be it to find that nothing is there."""
    socket, statuses = method == "WEBSOCKET", []
    messages = iter([{"type": "websocket.connect"}] if socket else [{"type": "http.request", "body": b""}])

    async def receive() -> dict[str, Any]:
        return next(messages, {"type": "websocket.disconnect" if socket else "http.disconnect", "code": 1000})

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "websocket.accept":
            statuses.append(200)
        elif message["type"] == "websocket.close" and not statuses:
            statuses.append(403)
        elif message["type"].endswith("response.start"):
            statuses.append(message["status"])

    raw = filled(path)
    headers = [(b"host", b"127.0.0.1"), (b"authorization", f"Bearer {shown}".encode())]
    scope: dict[str, Any] = {
        "type": "websocket" if socket else "http", "path": raw, "raw_path": raw.encode(), "query_string": b"",
        "scheme": "ws" if socket else "http", "root_path": "", "client": ("192.0.2.1", 1), "headers": headers,
        "server": ("127.0.0.1", 80), "subprotocols": [], "extensions": {"websocket.http.response": {}},
        "http_version": "1.1", "method": method,
    }  # fmt: skip
    try:
        await app(scope, receive, send)
    except LookupError:  # it came as far as the services
        return 200
    return statuses[0]


@pytest.mark.parametrize("case", list(wrong("acs") | wrong("entra")))
async def test_no_token_that_is_wrong_in_one_thing_opens_any_route(server: Any, case: str) -> None:
    signed = {office: wrong(office)[case]() for office in OFFICES if case in wrong(office)}
    let_in = []
    for method, path in TAKES:
        shown = signed.get(office_of(method, path))
        if shown is not None and (status := await status_of(server, method, path, shown)) not in REFUSED:
            let_in.append((method, path, status))
    assert let_in == []


async def test_the_right_token_is_let_in_everywhere(server: Any) -> None:
    signed = {office: token(office) for office in OFFICES}
    for method, path in TAKES:
        assert await status_of(server, method, path, signed[office_of(method, path)]) not in REFUSED, path


def test_every_kind_of_route_was_knocked_at() -> None:
    kinds = {(office_of(method, path), method == "WEBSOCKET") for method, path in TAKES}
    assert kinds == {("acs", False), ("acs", True), ("event_grid", False), ("entra", False), ("entra", True)}
