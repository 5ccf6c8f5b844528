"""The table of rights: every route has a row, and each role gets exactly what the table says."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from fastapi import routing
from fastapi.routing import iter_route_contexts
from starlette.requests import HTTPConnection
from starlette.routing import Mount, WebSocketRoute

from backend.api.access import GuessLimit, admit
from backend.api.application import create_api
from backend.api.rights import RIGHTS, Rule, rule_for
from backend.api.services import Access, ApiServices
from backend.domain.case_names import CaseNames
from backend.domain.principal import ROLES, Principal, Role, with_lesser
from backend.errors import AuthError, Forbidden
from backend.testing.books import MemoryCallbacks, MemoryCases, MemoryCaseSearch

ACS = ("acs",)


class Nothing:
    """Services that fail at every touch: whoever gets so far has been let in."""

    def __getattr__(self, name: str) -> object:
        raise LookupError(name)


class Says:
    def __init__(self, principal: Principal | None) -> None:
        self.principal = principal

    async def who(self, headers: object, cookies: object, query: object) -> Principal | None:
        return self.principal


def api(
    principal: Principal | None,
    *,
    case_names: tuple[CaseNames, ...] = (),
    ways: tuple[str, ...] = ACS,
    **access: object,
) -> object:
    nothing, cases = Nothing(), MemoryCases()
    return create_api(
        ApiServices(
            desk=nothing, records=nothing, cases=cases, case_search=MemoryCaseSearch(cases),
            callbacks=MemoryCallbacks(), store=nothing, live=None, open_media=None, chats=nothing,
            access=Access(authenticator=Says(principal), **access), case_names=case_names, ways=ways,
        )
    )  # fmt: skip


def somebody(role: Role | None, lines: frozenset[str] | None = None) -> Principal:
    return Principal("t", "key", frozenset([role] if role else []), lines)


def routes() -> Iterator[tuple[str, str]]:
    app = api(None)
    for found in iter_route_contexts(app.routes):
        path = found.path or getattr(found.original_route, "path", "")
        if isinstance(found.original_route, Mount):
            yield "GET", f"{path}/{{path:path}}"
        elif isinstance(found.original_route, WebSocketRoute) or not getattr(found, "methods", None):
            yield "WEBSOCKET", path
        else:
            for method in sorted(set(found.methods) - {"HEAD"}):
                yield method, path


ROUTES = sorted(set(routes()))
ROLE_ROUTES = [(method, path) for method, path in ROUTES if rule_for(method, re.sub(r"{[^}]*}", "x", path)).role]


def filled(path: str) -> str:
    return re.sub(r"{[^}]*}", "x", path)


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda part: str(part))
def test_every_route_has_a_row(method: str, path: str) -> None:
    assert rule_for(method, filled(path)) is not None


def test_every_row_is_a_route() -> None:
    there = {(method, filled(path)) for method, path in ROUTES}
    assert {(method, filled(path)) for method, path in RIGHTS} - there == set()


_FILES = "agents|lines|forms|identities|books|tools|prompts|knowledge"


@pytest.mark.parametrize(
    ("method", "paths", "rule"),
    [
        ("*", "/api/v1/(keys|audit)(/.*)?", ("admin", True)),
        ("PUT|POST|DELETE", f"/api/v1/({_FILES})/.*|/api/v1/store/.*", ("editor", True)),
        ("POST|DELETE|WEBSOCKET", "/api/v1/(calls(/[^/]*/(hangup|transfer))?|chat(/.*)?)", ("operator", False)),
        ("*", "/api/v1/blocks(/.*)?", ("operator", False)),
        ("GET", "/api/v1/(calls|cases|callbacks)(/.*)?(?<!/audio)(?<!/wave)(?<!/export)", ("viewer", False)),
        ("*", "/api/v1/cases/export", ("operator", False)),
        ("PATCH", "/api/v1/cases/.*", ("operator", False)),
        ("GET", "/api/v1/calls/.*/recording/(audio|wave)", ("operator", False)),
        ("DELETE", "/api/v1/calls/.*/recording", ("admin", False)),
    ],
)
def test_who_may_what(method: str, paths: str, rule: tuple[str, bool]) -> None:
    found = {
        (one, path): (row.role, row.whole)
        for (one, path), row in RIGHTS.items()
        if re.fullmatch(method.replace("*", ".*"), one) and re.fullmatch(paths, path)
    }
    assert found
    assert set(found.values()) == {rule}, found


def test_the_document_and_the_walk_see_the_same_routes() -> None:
    paths = api(None).openapi()["paths"]
    documented = {(method.upper(), filled(path)) for path, methods in paths.items() for method in methods}
    assert len(documented) > 40
    assert documented <= {(method, filled(path)) for method, path in ROUTES}


def test_applications_with_the_same_routes_have_one_document_and_others_their_own() -> None:
    names = CaseNames("fnol", api="claims", id="claim_id", subject="policy_id")
    plain, claims, ways = api(None), api(None, case_names=(names,)), api(None, ways=("livekit",))
    assert plain.openapi() is api(None).openapi(), "made once a process: it takes a second of the processor"
    assert claims.openapi() is api(None, case_names=(names,)).openapi()
    assert set(claims.openapi()["paths"]) > set(plain.openapi()["paths"]) > set(ways.openapi()["paths"])
    assert "/api/v1/claims/{claim_id}" in claims.openapi()["paths"]


def test_nothing_that_a_request_depends_on_is_called_on_a_thread() -> None:
    """As FastAPI calls plain functions: it costs each request more than all the rest."""
    plain: set[str] = set()
    for found in iter_route_contexts(api(None).routes):
        dependant = getattr(found, "dependant", None) or getattr(found.original_route, "dependant", None)
        asked = [dependant] if dependant else []
        while asked:
            one = asked.pop()
            asked += one.dependencies
            if one.call and not (inspect.iscoroutinefunction(one.call) or inspect.isasyncgenfunction(one.call)):
                plain.add(f"{one.call.__module__}.{one.call.__qualname__}")
    assert plain == set()


def test_the_document_names_its_security_and_at_each_route_who_may_use_it() -> None:
    app = api(None)
    document = app.openapi()
    assert document is app.openapi(), "made once: it takes a second"
    schemes = document["components"]["securitySchemes"]
    assert {name: one["type"] for name, one in schemes.items()} == {
        "key": "http", "entra": "http", "acs": "http", "event_grid": "apiKey", "livekit": "apiKey",
    }  # fmt: skip
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            rule = rule_for(method.upper(), filled(path))
            named = {name for one in operation["security"] for name in one}
            assert operation.get("x-role") == rule.role
            assert named == ({"key", "entra"} if rule.role else {rule.right} & set(schemes)), path
            if rule.role:
                assert {"401", "403"} <= set(operation["responses"]), path
                assert f"Role: **{rule.role}**" in operation["description"]


def let_in(answer: httpx2.Response) -> bool:
    return answer.status_code not in (401, 403)


@pytest.mark.parametrize("role", [None, *ROLES])
async def test_each_role_gets_what_the_table_says_and_nothing_else(role: Role | None) -> None:
    transport = httpx2.ASGITransport(api(somebody(role), loopback=False), raise_app_exceptions=False)
    got: dict[tuple[str, str], bool] = {}
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        for method, path in ROLE_ROUTES:
            if method != "WEBSOCKET":
                got[method, path] = let_in(await http.request(method, filled(path), json={}))
    held = with_lesser(role) if role else frozenset()
    assert got == {(m, p): rule_for(m, filled(p)).role in held for m, p in ROLE_ROUTES if m != "WEBSOCKET"}


@pytest.mark.parametrize("role", [None, *ROLES])
async def test_sockets_ask_for_their_role(role: Role | None) -> None:
    app = api(somebody(role), loopback=False)
    scope = {"type": "websocket", "path": "/api/v1/chat", "headers": [], "query_string": b"", "app": app}
    if role in (None, "viewer"):
        with pytest.raises(Forbidden):
            await admit(HTTPConnection(scope))
    else:
        assert (await admit(HTTPConnection(scope))).may("operator")


async def test_those_who_are_limited_to_lines_are_kept_from_what_concerns_all() -> None:
    limited = somebody("admin", frozenset({"dental"}))
    transport = httpx2.ASGITransport(api(limited, loopback=False), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        for method, path in ROLE_ROUTES:
            if method != "WEBSOCKET":
                answer = await http.request(method, filled(path), json={})
                assert let_in(answer) is not rule_for(method, filled(path)).whole, (method, path)


async def test_a_route_in_no_row_is_open_to_nobody() -> None:
    app = api(somebody("admin"))
    scope = {"type": "http", "method": "GET", "path": "/api/v1/new", "headers": [], "query_string": b"", "app": app}
    with pytest.raises(Forbidden, match="no right is defined"):
        await admit(HTTPConnection(scope))


async def test_no_key_means_nobody_but_on_this_machine() -> None:
    for access, status in (({"loopback": False}, 401), ({"loopback": True}, 404)):
        transport = httpx2.ASGITransport(api(None, **access))
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
            assert (await http.get("/api/v1/cases/none")).status_code == status


def test_what_the_guard_found_before_the_body_is_taken_for_it() -> None:
    assert Rule("viewer").role == "viewer"
    assert Rule("acs").role is None


@pytest.fixture
def keyed() -> httpx2.AsyncClient:
    app = api(None)
    app.state.services = replace(app.state.services, access=Access(api_key="k" * 16, loopback=False))
    app.state.wrong_keys = GuessLimit(most=20)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test")


async def status(http: httpx2.AsyncClient, *authorization: str) -> int:
    headers = [("Authorization", value) for value in authorization]
    return (await http.get("/api/v1/cases/none", headers=headers)).status_code


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        (["Bearer " + "k" * 16], 404),
        (["bearer " + "k" * 16], 404),
        (["BEARER   " + "k" * 16], 404),
        (["k" * 16], 401),
        (["Basic " + "k" * 16], 401),
        (["Bearer"], 401),
        (["Bearer " + "k" * 16 + " " + "k" * 16], 401),
        (["Bearer " + "k" * 16, "Bearer " + "k" * 16], 401),
        (["Bearer " + "k" * 15], 401),
        (["Bearer \u00e9"], 401),
        (["Bearer " + "k" * 9000], 401),
        ([], 401),
    ],
)
async def test_the_header_is_read_by_the_rfc(
    keyed: httpx2.AsyncClient, authorization: list[str], expected: int
) -> None:
    async with keyed as http:
        assert await status(http, *(value.encode() for value in authorization)) == expected


async def test_three_hundred_guesses_are_too_many(keyed: httpx2.AsyncClient) -> None:
    async with keyed as http:
        answers = [await status(http, f"Bearer guess{n}") for n in range(300)]
        assert answers == [401] * 20 + [429] * 280
        assert await status(http, "Bearer " + "k" * 16) == 429, "a short key might be one of the guesses"


async def test_a_key_that_nobody_can_guess_is_not_shut_out_by_those_who_try(keyed: httpx2.AsyncClient) -> None:
    app = keyed._transport.app
    app.state.services = replace(app.state.services, access=Access(api_key="k" * 43, loopback=False))
    async with keyed as http:
        for n in range(50):
            await status(http, f"Bearer guess{n}")
        assert await status(http, "Bearer " + "k" * 43) == 404


def test_no_key_is_shown_by_repr() -> None:
    access = Access(api_key="sesame", event_grid_key="open", loopback=False)
    assert "sesame" not in repr(access) + repr(access.people)
    assert "open'" not in repr(access)


def test_nobody_is_let_in_without_a_role() -> None:
    assert not any(Principal("n", "entra").may(role) for role in ROLES)
    assert AuthError.code == "auth.refused"


def test_one_more_application_reads_no_signature_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    api(None)
    real, read = routing.get_dependant, list[str]()

    def noted(**given: Any) -> object:
        read.append(given["path"])
        return real(**given)

    monkeypatch.setattr(routing, "get_dependant", noted)
    assert len(list(iter_route_contexts(api(None).routes))) > 100
    assert not [path for path in read if path.startswith("/api/")]
