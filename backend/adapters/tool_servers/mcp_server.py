"""Tools of an MCP server: one task per server opens, keeps and closes the connection; calls come from anywhere."""

import asyncio
import importlib
import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from backend.adapters.tool_servers.address import Places, resolve, sent_headers
from backend.domain.call_context import of_no_call
from backend.domain.json_schema import schema_faults
from backend.domain.model import ToolSchema
from backend.domain.tool_server import McpServerSpec, RemoteResult
from backend.errors import ProviderError, ProviderRejected, TimedOut, Unavailable

if TYPE_CHECKING:
    from backend.adapters.tool_servers.mcp_connection import McpConnection

__all__ = ["McpToolServer"]

log = logging.getLogger(__name__)

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0


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
        self._refused: dict[str, str] = {}
        """Functions whose schema cannot be used, and why."""
        self._connection: McpConnection | None = None
        self._up = asyncio.Event()
        self._why: ProviderError = Unavailable(spec.name, "not connected yet")
        with of_no_call():
            self._task = asyncio.create_task(self._keep(), name=f"mcp-{spec.name}")

    def schema(self, function: str) -> ToolSchema | None:
        """As the server told it when it was last connected to."""
        return self._schemas.get(function)

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        """Call the server's tool. ``key`` travels in the request's metadata for servers that look at it."""
        declared = self._functions[function]
        if function in self._refused:
            raise ProviderRejected(self._spec.name, f"the schema of {function} {self._refused[function]}")
        limit = (declared.timeout_ms or self._spec.timeout_ms) / 1000
        try:
            async with asyncio.timeout(limit):
                await self._up.wait()
                assert self._connection is not None
                return await self._connection.call(declared.tool or function, arguments, key)
        except TimeoutError as error:
            if self._connection is None:
                raise self._why from error
            raise TimedOut(self._spec.name, f"no answer within {limit:g} s") from error

    async def close(self) -> None:
        """Disconnect."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _keep(self) -> None:
        """Stay connected until this task is cancelled."""
        mcp = await asyncio.to_thread(importlib.import_module, "backend.adapters.tool_servers.mcp_connection")
        pause = _FIRST_PAUSE_S
        while True:
            try:
                url = resolve(self._spec, self._spec.url, self._environ)
                places = Places.of(self._spec, url, self._allowed, self._environ)
                places.check(url)
                headers = sent_headers(self._spec, self._environ)
                async with mcp.connection(self._spec, url, headers, places) as connection:
                    pause = _FIRST_PAUSE_S
                    await self._serve(connection)
            except ProviderError as error:
                self._why = error
                log.warning(
                    "tool server refused",
                    extra={"event": "tool_server.refused", "server": self._spec.name, "code": error.code},
                )
            except Exception as error:  # anyio wraps whatever went wrong in groups of its own
                self._why = Unavailable(self._spec.name, type(error).__name__)
                log.warning(
                    "tool server not reached",
                    extra={
                        "event": "tool_server.not_reached",
                        "server": self._spec.name,
                        "error": type(error).__name__,
                    },
                )
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    def _learn(self, name: str, told: ToolSchema) -> None:
        """Take over what the server says of a function, unless its schema leads elsewhere or is none."""
        self._refused.pop(name, None)
        fault = next((fault for _, fault in schema_faults(told.parameters)), "")
        if not fault:
            self._schemas[name] = ToolSchema(name, told.description, told.parameters)
            return
        self._schemas.pop(name, None)
        self._refused[name] = fault
        log.error(
            "the schema of a declared tool cannot be used",
            extra={"event": "tool_server.schema_refused", "server": self._spec.name, "tool": name, "fault": fault},
        )

    async def _serve(self, connection: "McpConnection") -> None:
        """Until the connection is lost."""
        for name, function in self._functions.items():
            told = connection.schemas.get(function.tool or name)
            if told is None:
                log.warning(
                    "tool server lacks a function",
                    extra={"event": "tool_server.lacks", "server": self._spec.name, "tool": name},
                )
            else:
                self._learn(name, told)
        self._connection = connection
        self._up.set()
        try:
            await connection.lost.wait()
        finally:
            self._connection = None
            self._up.clear()
