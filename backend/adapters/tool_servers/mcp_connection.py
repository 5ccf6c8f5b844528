"""One connection to an MCP server over streamable HTTP, by the ``mcp`` package.

Importing the package takes two seconds, so this module is imported in a thread, and only where a store
declares an MCP server.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent

from backend.adapters.tool_servers.address import Places
from backend.adapters.tool_servers.bounded_transport import BoundedTransport, answer_limit
from backend.domain.model import ToolSchema
from backend.domain.tool_server import McpServerSpec, RemoteResult
from backend.errors import ProtocolError, Unavailable

__all__ = ["McpConnection", "connection"]

_READ_S = 30.0
_STEPS = 4
"""Limits of one run that connecting may take: it asks several things, one after the other."""
_LONGEST_SCHEMA = 16 * 1024
_MOST_PAGES = 50
"""Of a server's list of tools; those on later ones are not known."""
_OUR_FAULT = frozenset({-32602, -32601})
"""JSON-RPC: invalid parameters, no such method. The connection is sound."""


class McpConnection:
    """An open connection. ``schemas`` are the server's tools under its own names."""

    def __init__(self, spec: McpServerSpec, client: Client, schemas: Mapping[str, ToolSchema]) -> None:
        self._spec = spec
        self._client = client
        self.schemas = schemas
        self.lost = asyncio.Event()

    async def call(self, tool: str, arguments: Mapping[str, Any], key: str) -> RemoteResult:
        """Run one tool.

        Raises:
            Unavailable: the connection is lost.
            ProtocolError: the answer is too large.
        """
        try:
            result = await self._client.call_tool(tool, dict(arguments), meta={"ringmaster/idempotency-key": key})
        except MCPError as error:
            if error.code in _OUR_FAULT:
                return RemoteResult(True, None, 400)
            raise self._gone(error) from error
        except (httpx2.HTTPError, OSError) as error:
            raise self._gone(error) from error
        return _result(self._spec, result)

    def _gone(self, error: Exception) -> Unavailable:
        self.lost.set()
        return Unavailable(self._spec.name, type(error).__name__)


@asynccontextmanager
async def connection(
    spec: McpServerSpec, url: str, headers: Mapping[str, str], places: Places
) -> AsyncGenerator[McpConnection]:
    """Connect, and learn what the server offers. To be left by the task that entered it (anyio's scopes want so)."""
    limit = spec.timeout_ms / 1000
    transport = BoundedTransport(places, answer_limit(spec.max_bytes), encrypted=url.casefold().startswith("https:"))
    timeout = httpx2.Timeout(limit, read=_READ_S)
    plain = {"Accept-Encoding": "identity"}  # what is packed small may be large once it is unpacked
    async with (
        asyncio.timeout(limit * _STEPS) as deadline,
        httpx2.AsyncClient(
            headers=dict(headers) | plain, timeout=timeout, transport=transport, trust_env=False, follow_redirects=False
        ) as http,
        Client(
            streamable_http_client(url, http_client=http, max_sse_event_size=spec.max_bytes),
            read_timeout_seconds=limit,
            cache=None,
        ) as client,
    ):
        schemas = await _offered(client)
        deadline.reschedule(None)
        yield McpConnection(spec, client, schemas)


async def _offered(client: Client) -> dict[str, ToolSchema]:
    """The server's tools by its own names, of as many pages as are read. Of two of one name the first counts."""
    found, cursor = dict[str, ToolSchema](), None
    for _ in range(_MOST_PAGES):
        page = await client.list_tools(cursor=cursor)
        for tool in page.tools:
            if len(json.dumps(tool.input_schema)) <= _LONGEST_SCHEMA:
                found.setdefault(tool.name, ToolSchema(tool.name, tool.description or "", tool.input_schema))
        cursor = page.next_cursor
        if not cursor:
            break
    return found


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
