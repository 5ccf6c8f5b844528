"""Tools of an MCP server over streamable HTTP, by the ``mcp`` package.

A client's scopes belong to the task that opened it (anyio), so one task per server opens, keeps and
closes the connection; calls come to it from anywhere.
"""

import asyncio
import json
import logging
import os
from collections.abc import Mapping
from typing import Any

import httpx2
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent, Tool

from backend.adapters.tool_servers.address import Places, resolve
from backend.domain.model import ToolSchema
from backend.domain.tool_server import McpServerSpec, RemoteResult
from backend.errors import ProtocolError, ProviderError, RingmasterError, TimedOut, Unavailable

__all__ = ["McpToolServer"]

log = logging.getLogger(__name__)

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_LONGEST_SCHEMA = 16 * 1024


class McpToolServer:
    """``ToolServer`` on MCP. Connects when it is made, and again, ever more slowly, when the connection is lost.

    Args:
        spec: what the store says.
        allowed: hosts that the deployment allows at most; empty means that the store decides.
        environ: where references are looked up.
    """

    def __init__(
        self,
        spec: McpServerSpec,
        allowed: frozenset[str] = frozenset(),
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._spec = spec
        self._allowed = allowed
        self._environ = environ
        self._functions = {function.name: function for function in spec.functions}
        self._schemas: dict[str, ToolSchema] = {}
        self._client: Client | None = None
        self._up = asyncio.Event()
        self._lost = asyncio.Event()
        self._why: ProviderError = Unavailable(spec.name, "not connected yet")
        self._task = asyncio.create_task(self._keep(), name=f"mcp-{spec.name}")

    def schema(self, function: str) -> ToolSchema | None:
        """As the server told it when it was last connected to."""
        return self._schemas.get(function)

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        """Call the server's tool. ``key`` travels in the request's metadata for servers that look at it."""
        declared = self._functions[function]
        limit = (declared.timeout_ms or self._spec.timeout_ms) / 1000
        try:
            async with asyncio.timeout(limit):
                client = await self._connected()
                result = await client.call_tool(
                    declared.tool or function, dict(arguments), meta={"ringmaster/idempotency-key": key}
                )
        except TimeoutError as error:
            if self._client is None:
                raise self._why from error
            raise TimedOut(self._spec.name, f"no answer within {limit:g} s") from error
        except MCPError as error:
            return RemoteResult(True, None, 400) if error.code in _OUR_FAULT else await self._drop(error)
        except (httpx2.HTTPError, OSError) as error:
            return await self._drop(error)
        return _result(self._spec, result)

    async def close(self) -> None:
        """Disconnect."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _connected(self) -> Client:
        await self._up.wait()
        assert self._client is not None
        return self._client

    async def _drop(self, error: Exception) -> RemoteResult:
        self._lost.set()
        raise Unavailable(self._spec.name, type(error).__name__) from error

    async def _keep(self) -> None:
        """Stay connected until this task is cancelled."""
        pause = _FIRST_PAUSE_S
        while True:
            try:
                await self._serve()
                pause = _FIRST_PAUSE_S
            except RingmasterError as error:
                self._why = error if isinstance(error, ProviderError) else self._why
                log.warning("tool server refused", extra={"server": self._spec.name, "code": error.code})
            except Exception as error:  # anyio wraps whatever went wrong in groups of its own
                self._why = Unavailable(self._spec.name, type(error).__name__)
                log.warning("tool server not reached", extra={"server": self._spec.name, "error": type(error).__name__})
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    async def _serve(self) -> None:
        """One connection, from hello until it is lost."""
        url = resolve(self._spec, self._spec.url, self._environ)
        Places.of(self._spec, url, self._allowed).check(url)
        headers = {name: resolve(self._spec, value, self._environ) for name, value in self._spec.headers.items()}
        self._lost.clear()
        limit = self._spec.timeout_ms / 1000
        async with (
            httpx2.AsyncClient(headers=headers, timeout=httpx2.Timeout(limit, read=30.0)) as http,
            Client(
                streamable_http_client(url, http_client=http, max_sse_event_size=self._spec.max_bytes),
                read_timeout_seconds=limit,
                cache=None,
            ) as client,
        ):
            told = {tool.name: tool for tool in (await client.list_tools()).tools}
            self._learn(told)
            self._client = client
            self._up.set()
            try:
                await self._lost.wait()
            finally:
                self._client = None
                self._up.clear()

    def _learn(self, told: Mapping[str, Tool]) -> None:
        for name, function in self._functions.items():
            tool = told.get(function.tool or name)
            if tool is None:
                log.warning("tool server lacks a function", extra={"server": self._spec.name, "tool": name})
            elif len(json.dumps(tool.input_schema)) <= _LONGEST_SCHEMA:
                self._schemas[name] = ToolSchema(name, tool.description or "", tool.input_schema)


_OUR_FAULT = frozenset({-32602, -32601})
"""JSON-RPC: invalid parameters, no such method. The connection is sound."""


def _result(spec: McpServerSpec, result: CallToolResult) -> RemoteResult:
    """Structured content where there is some, else the texts."""
    failed = bool(result.is_error)
    if result.structured_content is not None:
        content: Any = result.structured_content
    else:
        text = "\n".join(part.text for part in result.content if isinstance(part, TextContent))
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            content = text
    if len(json.dumps(content, default=str)) > spec.max_bytes:
        raise ProtocolError(f"{spec.name}: the answer is larger than {spec.max_bytes} bytes")
    return RemoteResult(failed, content, 400 if failed else 200)
