"""Tools of a real MCP server over streamable HTTP, run and stopped under a client that lives on."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from mcp.server import MCPServer

from backend.adapters.tool_servers.mcp_server import McpToolServer
from backend.adapters.tool_servers.opening import opener
from backend.agents.prompts import render_words
from backend.domain.tool_server import McpServerSpec
from backend.errors import ProtocolError, ProviderError, ProviderRejected, Unavailable
from backend.testing.stage import agent_spec
from backend.tool_store.declared import DeclaredTools
from backend.tool_store.runner import ToolRunner
from local_azure.ports import free_port

pytestmark = pytest.mark.real


def library() -> MCPServer:
    server = MCPServer("library")

    @server.tool(description="Finds a book by its title.")
    def find_book(title: str, copies: int = 1) -> dict[str, Any]:
        if title == "forbidden":
            raise ValueError("no")
        return {"title": title, "shelf": f"A{copies}"}

    @server.tool(description="Every book.")
    def every_book(letters: int) -> str:
        return "x" * letters

    @server.tool(description="Burns everything down.")
    def burn() -> str:
        return "done"

    return server


@asynccontextmanager
async def serving(port: int) -> AsyncIterator[None]:
    config = uvicorn.Config(library().streamable_http_app(), port=port, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await task


def spec(port: int, **changed: Any) -> McpServerSpec:
    base: dict[str, Any] = {
        "name": "library", "kind": "mcp", "description": "the library", "url": f"http://127.0.0.1:{port}/mcp",
        "functions": [{"name": "look_up_book", "tool": "find_book", "answer": {"say": "It is on {{ result.shelf }}."}}],
        "timeout_ms": 20_000, "hosts": ["127.0.0.1"],
    }  # fmt: skip
    return McpServerSpec.model_validate(base | changed)


async def until_known(server: McpToolServer) -> None:
    async with asyncio.timeout(40):
        while server.schema("look_up_book") is None:
            await asyncio.sleep(0.02)


async def until_answered(server: McpToolServer) -> None:
    """It has to be found again, or a busy machine is late."""
    async with asyncio.timeout(40):
        while True:
            with contextlib.suppress(ProviderError):
                assert not (await server.call("look_up_book", {"title": "Dune"}, key="k")).failed
                return
            await asyncio.sleep(0.05)


async def test_a_tool_is_called_with_the_servers_own_schema_and_only_what_the_store_lists_is_offered() -> None:
    port = free_port()
    async with serving(port):
        server = McpToolServer(spec(port))
        try:
            await until_known(server)
            result = await server.call("look_up_book", {"title": "Dune", "copies": 2}, key="k")
            assert (result.failed, result.content) == (False, {"title": "Dune", "shelf": "A2"})
            assert (await server.call("look_up_book", {"title": "forbidden"}, key="k")).failed
            declared = DeclaredTools(lambda _: server, render_words)
            runner = ToolRunner((), no_audit, declared).beside([spec(port)])
            (schema,) = runner.schemas(agent_spec(tools=["library"]))
            assert (schema.name, schema.description) == ("look_up_book", "Finds a book by its title.")
            assert set(schema.parameters["properties"]) == {"title", "copies"}
        finally:
            await server.close()


async def test_an_answer_that_is_too_large_is_not_taken_and_the_next_is() -> None:
    port, functions = free_port(), [{"name": "look_up_book", "tool": "find_book"}, {"name": "every_book"}]
    async with serving(port):
        server = McpToolServer(spec(port, functions=functions, max_bytes=4096))
        try:
            await until_known(server)
            assert not (await server.call("every_book", {"letters": 100}, key="k")).failed
            for letters in (5000, 20_000_000):
                with pytest.raises((ProtocolError, ProviderError)):
                    await server.call("every_book", {"letters": letters}, key="k")
            await until_answered(server)
        finally:
            await server.close()


async def test_a_server_that_goes_and_comes_back_is_used_again() -> None:
    port = free_port()
    server = McpToolServer(spec(port, timeout_ms=800))
    try:
        with pytest.raises(Unavailable):
            await server.call("look_up_book", {"title": "Dune"}, key="k")
        async with serving(port):
            await until_answered(server)
        with pytest.raises((Unavailable, TimeoutError)):
            await server.call("look_up_book", {"title": "Dune"}, key="k")
        async with serving(port):
            await until_answered(server)
    finally:
        await server.close()


async def test_a_host_that_is_not_allowed_is_never_spoken_to() -> None:
    server = McpToolServer(spec(9, timeout_ms=500), frozenset({"tools.example.com"}))
    try:
        with pytest.raises((ProviderRejected, Unavailable)):
            await server.call("look_up_book", {"title": "Dune"}, key="k")
    finally:
        await server.close()


async def test_the_opener_makes_the_kind_that_is_declared_and_closing_is_safe_twice() -> None:
    server = opener((), {})(spec(9))
    assert isinstance(server, McpToolServer)
    await server.close()
    await server.close()


async def no_audit(*_: object) -> None:
    return None
