"""What an MCP server may send, and where it may lead: bounded bytes, nothing packed, no schema that is elsewhere."""

import asyncio
import gzip
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from aiohttp import web

from backend.adapters.tool_servers.address import Places
from backend.adapters.tool_servers.bounded_transport import BoundedTransport, answer_limit
from backend.adapters.tool_servers.mcp_server import McpToolServer
from backend.domain.json_schema import schema_faults, validator_of
from backend.domain.model import ToolSchema
from backend.domain.tool_server import McpServerSpec
from backend.errors import ProtocolError, ProviderRejected

_PIECE = b"x" * 65_536


def a_spec(url: str, hosts: tuple[str, ...] = ("127.0.0.1",)) -> McpServerSpec:
    return McpServerSpec.model_validate(
        {
            "name": "library", "kind": "mcp", "description": "the library", "url": url, "hosts": hosts,
            "functions": [{"name": "find_book"}], "timeout_ms": 500,
        }
    )  # fmt: skip


class Talker:
    """A server that never stops."""

    def __init__(self) -> None:
        self.sent = 0
        self.headers: dict[str, str] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.headers = dict(request.headers)
        if request.path == "/packed":
            return web.Response(body=gzip.compress(b"x" * 10_000_000), headers={"Content-Encoding": "gzip"})
        if request.path == "/moved":
            return web.Response(status=307, headers={"Location": "http://169.254.169.254/latest"})
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        while True:
            await response.write(_PIECE)
            self.sent += len(_PIECE)


@asynccontextmanager
async def talking() -> AsyncIterator[tuple[Talker, str]]:
    talker, application = Talker(), web.Application()
    application.router.add_route("*", "/{rest:.*}", talker.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield talker, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def client(url: str, limit: int, hosts: tuple[str, ...] = ("127.0.0.1",)) -> httpx2.AsyncClient:
    places = Places.of(a_spec(url, hosts), url, frozenset(), {})
    return httpx2.AsyncClient(transport=BoundedTransport(places, limit, encrypted=False), trust_env=False, timeout=10)


async def test_an_answer_that_never_ends_is_cut_off() -> None:
    async with talking() as (talker, url), client(url, answer_limit(65_536)) as http:
        with pytest.raises(httpx2.RemoteProtocolError, match="larger than"):
            await http.post(url, json={})
        assert talker.sent < answer_limit(65_536) + 16 * 1024 * 1024, "beyond what the network holds, nothing is read"


async def test_packed_answers_are_refused() -> None:
    async with talking() as (_, url), client(url, 1_000_000) as http:
        with pytest.raises(ProtocolError, match="compresses"):
            await http.post(f"{url}/packed", json={})


@pytest.mark.parametrize("hosts", [(), ("localhost",)])
async def test_this_machine_is_refused_unless_it_is_named(hosts: tuple[str, ...]) -> None:
    async with talking() as (talker, url), client(url, 1_000_000, hosts) as http:
        with pytest.raises(ProviderRejected):
            await http.post(url, json={})
        assert talker.sent == 0


async def test_a_redirect_is_not_followed_elsewhere() -> None:
    async with talking() as (_, url), client(url, 1_000_000) as http:
        with pytest.raises(ProviderRejected):
            await http.post(f"{url}/moved", json={}, follow_redirects=True)


async def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with talking() as (_, url), client(url, 1_000) as http:
        with pytest.raises(httpx2.RemoteProtocolError):
            await http.post(url, json={})


# -- schemas -----------------------------------------------------------------------------------

ELSEWHERE: list[dict[str, Any]] = [
    {"$ref": "http://127.0.0.1:{port}/latest/meta-data/"},
    {"$ref": "file:///etc/passwd"},
    {"type": "object", "properties": {"a": {"$ref": "http://127.0.0.1:{port}/a"}}},
    {"allOf": [{"items": {"$dynamicRef": "http://127.0.0.1:{port}/a#b"}}]},
    {"$id": "http://127.0.0.1:{port}/", "$ref": "other"},
    {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "http://127.0.0.1:{port}/"}}, "$ref": "#/$defs/a"},
    {"properties": {"$ref": {"$ref": "http://127.0.0.1:{port}/"}}},
    {"if": {"not": {"$ref": "//127.0.0.1:{port}/"}}, "then": True},
    {"patternProperties": {"^x": {"$ref": "http://127.0.0.1:{port}/"}}},
]


def _at(schema: Any, port: int) -> Any:
    if isinstance(schema, dict):
        return {key: _at(value, port) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_at(value, port) for value in schema]
    return schema.replace("{port}", str(port)) if isinstance(schema, str) else schema


@pytest.mark.parametrize("schema", ELSEWHERE)
def test_a_schema_fetches_nothing_and_is_refused(schema: dict[str, Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        given = _at(schema, listening.getsockname()[1])
        assert any("leads out of this schema" in fault for _, fault in schema_faults(given))
        try:
            list(validator_of(given, formats=True).iter_errors({"a": 1, "x": 1, "$ref": 1}))
        except Exception as error:
            assert "Unresolvable" in type(error).__name__ + str(type(error).__mro__)
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize(
    "schema",
    [
        {
            "type": "object",
            "properties": {"$ref": {"type": "string"}, "a": {"$ref": "#/$defs/a"}},
            "$defs": {"a": True},
        },
        {"enum": [{"$ref": "http://x"}], "default": {"$ref": "http://x"}},
        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"},
        {"$defs": {"a": {"$anchor": "here", "type": "string"}}, "properties": {"x": {"$ref": "#here"}}},
        {"properties": {"child": {"$ref": "#"}}, "type": "object"},
    ],
)
def test_a_schema_that_refers_to_itself_is_used(schema: dict[str, Any]) -> None:
    assert schema_faults(schema) == []


async def test_a_function_whose_schema_leads_elsewhere_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    server = McpToolServer(a_spec("http://127.0.0.1:9"), environ={})
    try:
        good, bad = ({"type": "object"}, {"properties": {"a": {"$ref": "http://127.0.0.1:9/"}}})
        server._learn("find_book", ToolSchema("find_book", "Finds.", good))
        assert server.schema("find_book") is not None
        with caplog.at_level(logging.ERROR):
            server._learn("find_book", ToolSchema("find_book", "Finds.", bad))
        assert server.schema("find_book") is None
        assert "the schema of a declared tool cannot be used" in caplog.text
        with pytest.raises(ProviderRejected, match="leads out of this schema"):
            await server.call("find_book", {}, key="k")
        await asyncio.sleep(0)
    finally:
        await server.close()
