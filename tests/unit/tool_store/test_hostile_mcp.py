"""MCP servers that keep to the protocol and mean no good: pages without end, streams that break off for ever."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web

from backend.adapters.tool_servers import bounded_transport, mcp_connection
from backend.adapters.tool_servers.mcp_server import McpToolServer
from backend.domain.tool_server import McpServerSpec
from backend.errors import ProviderError

Tools = Callable[[str], dict[str, Any]]


def a_tool(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "inputSchema": {"type": "object", "properties": {}}} | more


class Server:
    """As much of an MCP server as is asked here.

    Args:
        tools: what ``tools/list`` answers, by the cursor that was given.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.asked: list[str] = []
        self.resumed = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.method == "GET":
            return await self._stream(request)
        if request.method != "POST":
            return web.Response(status=200)
        told: dict[str, Any] = await request.json()
        self.asked.append(str(told["method"]))
        match told["method"]:
            case "initialize":
                result: dict[str, Any] = {
                    "protocolVersion": told["params"]["protocolVersion"],
                    "capabilities": {"tools": {}},
                    "serverInfo": {"name": "x", "version": "1"},
                }
            case "tools/list":
                result = self._tools((told.get("params") or {}).get("cursor") or "")
            case "tools/call":
                return await self._stream(request)
            case _ if "id" in told:
                failed = {"jsonrpc": "2.0", "id": told["id"], "error": {"code": -32601, "message": "no such method"}}
                return web.json_response(failed)
            case _:
                return web.Response(status=202)
        return web.json_response({"jsonrpc": "2.0", "id": told["id"], "result": result})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Break off at once, and ask to be asked again without a pause."""
        if request.method == "GET" and "Last-Event-ID" not in request.headers:
            return web.Response(status=405)
        self.resumed += request.method == "GET"
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"id: 1\nretry: 0\ndata:\n\n")
        return response


@asynccontextmanager
async def a_house(tools: Tools) -> AsyncGenerator[tuple[Server, McpToolServer]]:
    server, application = Server(tools), web.Application()
    application.router.add_route("*", "/{rest:.*}", server.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    spec = McpServerSpec.model_validate(
        {
            "name": "library", "kind": "mcp", "description": "the library", "hosts": ("127.0.0.1",),
            "url": f"http://127.0.0.1:{runner.addresses[0][1]}/mcp", "timeout_ms": 2000,
            "functions": [{"name": "find_book"}, {"name": "lend_book"}],
        }
    )  # fmt: skip
    house = McpToolServer(spec)
    try:
        async with asyncio.timeout(20):
            yield server, house
    finally:
        await house.close()
        await runner.cleanup()


async def connected(house: McpToolServer) -> None:
    await house._up.wait()  # pyright: ignore[reportPrivateUsage]


async def test_tools_on_later_pages_are_known() -> None:
    pages = {"": {"tools": [a_tool("find_book")], "nextCursor": "2"}, "2": {"tools": [a_tool("lend_book")]}}
    async with a_house(lambda cursor: pages[cursor]) as (_, house):
        await connected(house)
        assert house.schema("find_book") is not None and house.schema("lend_book") is not None


async def test_pages_without_end_are_left(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_connection, "_MOST_PAGES", 5)
    cursors = iter(range(10_000))

    def next_page(_: str) -> dict[str, Any]:
        return {"tools": [a_tool("find_book")], "nextCursor": f"{next(cursors)}"}

    with caplog.at_level(logging.WARNING):
        async with a_house(next_page) as (
            server,
            house,
        ):
            await connected(house)
            assert server.asked.count("tools/list") == 5
            assert house.schema("find_book") is not None and house.schema("lend_book") is None
    assert "tool_server.lacks" in [getattr(record, "event", "") for record in caplog.records]


async def test_a_stream_that_breaks_off_for_ever_is_not_resumed_in_a_rush(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        turns.append(asyncio.get_running_loop().time() + seconds)
        await real(0 if len(turns) < 20 else 3600)  # as if the pause had passed; then it stays where it is

    monkeypatch.setattr(bounded_transport, "sleep", sleep)
    async with a_house(lambda _: {"tools": [a_tool("find_book")]}) as (server, house):
        await connected(house)
        with pytest.raises(ProviderError):
            await house.call("find_book", {}, key="k")
        assert server.resumed <= 21 and len(turns) >= 19
        assert all(after - before > 0.49 for before, after in pairwise(turns)), "half a second for each"
