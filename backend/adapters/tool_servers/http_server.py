"""Tools that are HTTP requests with JSON, by ``aiohttp``."""

import asyncio
import ipaddress
import json
import os
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from backend.adapters.tool_servers.address import Places, resolve, sent_headers
from backend.domain.model import ToolSchema
from backend.domain.tool_server import HttpFunction, HttpServerSpec, RemoteResult
from backend.errors import ProtocolError, ProviderRejected, TimedOut, ToolError, Unavailable

__all__ = ["HttpToolServer", "PinnedResolver", "judge_number"]

_MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class HttpToolServer:
    """``ToolServer`` on plain HTTP. Connects when it is first used.

    Args:
        spec: what the store says.
        allowed: hosts that the deployment allows at most; empty means that the store decides.
        environ: where references are looked up.
    """

    def __init__(
        self,
        spec: HttpServerSpec,
        allowed: frozenset[str] = frozenset(),
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._spec = spec
        self._allowed = allowed
        self._environ = environ
        self._functions = {function.name: function for function in spec.functions}
        self._session: aiohttp.ClientSession | None = None

    def schema(self, function: str) -> ToolSchema | None:
        """Nothing: the store says it all."""
        return None

    async def call(self, function: str, arguments: Mapping[str, Any], *, key: str) -> RemoteResult:
        """Send the function's request."""
        declared = self._functions[function]
        base = resolve(self._spec, self._spec.url, self._environ)
        places = Places.of(self._spec, base, self._allowed, self._environ)
        headers = sent_headers(self._spec, self._environ)
        if declared.effect == "write":
            # https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
            headers["Idempotency-Key"] = key
        url, rest = _address(base, declared, arguments)
        limit = (declared.timeout_ms or self._spec.timeout_ms) / 1000
        try:
            async with asyncio.timeout(limit):
                return await self._send(declared, URL(url, encoded=True), rest, headers, places)
        except TimeoutError as error:
            raise TimedOut(self._spec.name, f"no answer within {limit:g} s") from error
        except aiohttp.ClientError as error:
            raise Unavailable(self._spec.name, type(error).__name__) from error

    async def close(self) -> None:
        """Close the connections."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def _send(
        self, function: HttpFunction, url: URL, rest: Mapping[str, Any], headers: dict[str, str], places: Places
    ) -> RemoteResult:
        method, body = function.method, None if function.method in {"GET", "DELETE"} else dict(rest)
        query = {name: _text(value) for name, value in rest.items()} if body is None else None
        places.check(str(url))
        judge_number(url, places)
        first = url
        for _ in range(_MOST_REDIRECTS + 1):
            async with self._connections(places, encrypted=url.scheme == "https").request(
                method, url, params=query, json=body, headers=headers, allow_redirects=False
            ) as response:
                where = response.headers.get("Location")
                if response.status not in _REDIRECTS or not where:
                    return await self._read(response)
                # The query travels in the new address; a changed method would be another request than was declared.
                url, query = _there(response.url, where), None
                if url.origin() != first.origin() or url.user is not None:
                    raise ProviderRejected(self._spec.name, "it redirects to another host or port")
                if response.status in {301, 302, 303} and method != "GET":
                    break
        raise ProviderRejected(self._spec.name, "it redirects to an address that the request may not follow")

    async def _read(self, response: aiohttp.ClientResponse) -> RemoteResult:
        if response.status >= 500 or response.status in {408, 429}:
            raise Unavailable(self._spec.name, f"status {response.status}")
        raw = bytearray()
        async for piece in response.content.iter_any():
            raw += piece
            if len(raw) > self._spec.max_bytes:
                raise ProtocolError(f"{self._spec.name}: the answer is larger than {self._spec.max_bytes} bytes")
        return RemoteResult(response.status >= 400, _content(bytes(raw)), response.status)

    def _connections(self, places: Places, *, encrypted: bool) -> aiohttp.ClientSession:
        if self._session is None:
            # No cookies: calls must not share anything, and a server's cookie would be shared by all of them.
            resolver = PinnedResolver(places, encrypted=encrypted)
            connector = aiohttp.TCPConnector(limit=64, resolver=resolver, use_dns_cache=False)
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), connector=connector)
        return self._session


class PinnedResolver(AbstractResolver):
    """Looks a host up once for each connection, which then goes to what was judged and to nothing else."""

    def __init__(self, places: Places, *, encrypted: bool) -> None:
        self._places, self._encrypted = places, encrypted

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host.

        Raises:
            ProviderRejected: one of them is not for tools.
        """
        found = await self._places.addresses(host, port, encrypted=self._encrypted)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    async def close(self) -> None:
        """Nothing is kept."""


def judge_number(url: URL, places: Places) -> None:
    """Judge a host that is an address already: aiohttp looks up names only, and takes no other spelling of numbers.

    Raises:
        ProviderRejected: a connection may not go there.
    """
    host = url.host or ""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return
    places.judge(host, host, encrypted=url.scheme == "https")


def _there(here: URL, where: str) -> URL:
    try:
        return here.join(URL(where, encoded=True))
    except ValueError as error:
        raise ProtocolError("a redirect names no valid address") from error


def _address(base: str, function: HttpFunction, arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The whole address, and the arguments that are not part of it."""
    path, rest = function.path, dict[str, Any]()
    for name, value in arguments.items():
        marker = f"{{{name}}}"
        if marker in path:
            text = _text(value)
            if not text.strip("."):
                raise ToolError(f"The argument {name} is empty or only dots.")  # it would climb out of the path
            path = path.replace(marker, quote(text, safe=""))
        else:
            rest[name] = value
    return base.rstrip("/") + path, rest


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _content(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw.decode("utf-8", "replace")
