"""The guard: every request and every WebSocket passes here before anything of it is parsed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.requests import HTTPConnection

from backend.api.door.addresses import Proxies
from backend.api.door.admission import Admitted, admission
from backend.api.door.answers import with_safe_headers
from backend.api.door.body import Bodies, Receive
from backend.api.door.refusal import Refusal, Send, deny_socket, refuse
from backend.api.door.wire import HEALTH_PATHS
from backend.api.faults import message_of, status_of
from backend.errors import AuthError, RingmasterError
from backend.protocol.web import SAFE_METHODS, AllowedHosts, foreign_page

__all__ = ["DoorRules", "Guard"]

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Admit = Callable[[HTTPConnection], Awaitable[Admitted]]
"""Lets a request in or raises an error of ours."""

_ONCE = frozenset(
    {b"authorization", b"host", b"origin", b"content-type", b"content-length", b"transfer-encoding", b"cookie"}
)
"""Headers that two readers would read differently when they come twice."""
_HANDSHAKE_S = 5.0


@dataclass(frozen=True, slots=True)
class DoorRules:
    """By which names and from which pages this server may be spoken to."""

    hosts: AllowedHosts | None = None
    """``None``: by any name; for applications that listen nowhere."""
    origins: Collection[str] = ()
    """Pages of other sites that may use the API."""
    proxies: Proxies = field(default_factory=Proxies)


class Guard:
    """An ASGI application in front of another.

    Args:
        app: what is behind the door.
        rules: names and pages.
        admit: who it is, and whether they may; asked before a body is read.
    """

    def __init__(self, app: App, rules: DoorRules, admit: Admit = admission, bodies: Bodies | None = None) -> None:
        self._app = app
        self._rules = rules
        self._admit = admit
        self._bodies = bodies or Bodies()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        send = with_safe_headers(scope["path"], scope.get("scheme", ""), send)
        if scope["path"] in HEALTH_PATHS and scope["method"] in SAFE_METHODS:
            await self._app(scope, receive, send)  # probes know no name of ours
            return
        try:
            receive = await self._let_in(scope, receive)
        except Refusal as refusal:
            _tell(refusal)
            await refuse(refusal, send)
            return
        await self._app(scope, receive, send)

    async def _let_in(self, scope: Scope, receive: Receive) -> Receive:
        self._rules.proxies.reveal(scope)
        headers = _headers(scope)
        _check_text(scope)
        _check_coding(headers)
        self._check_host(headers)
        if scope["method"] in SAFE_METHODS:
            await self._who(scope)
            return receive
        self._check_page(headers)
        sender = await self._who(scope)
        if sender == "nobody":
            return _nothing
        path, provider = scope["path"], sender == "provider"
        self._bodies.check_head(path, headers, provider=provider)
        return await self._bodies.read(path, headers, receive, provider=provider)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        can_say_why = "websocket.http.response" in scope.get("extensions", {})
        limit = asyncio.timeout(_HANDSHAKE_S)
        try:
            async with limit:

                async def deciding(message: Any) -> None:
                    limit.reschedule(None)
                    await send(message)

                try:
                    self._rules.proxies.reveal(scope)
                    headers = _headers(scope)
                    _check_text(scope)
                    self._check_host(headers)
                    self._check_page(headers)
                    await self._who(scope)
                except Refusal as refusal:
                    _tell(refusal)
                    await deny_socket(refusal, deciding, can_say_why=can_say_why)
                    return
                await self._app(scope, receive, deciding)
        except TimeoutError:
            if not limit.expired():
                raise
            late = Refusal(503, "server.busy", "the handshake could not be decided in time")
            _tell(late)
            await deny_socket(late, send, can_say_why=can_say_why)

    def _check_host(self, headers: Mapping[str, str]) -> None:
        hosts = self._rules.hosts
        if hosts is not None and not hosts.allow(headers.get("host")):
            raise Refusal(
                421,
                "request.host",
                "this server does not answer to that host name; ALLOWED_HOSTS lists those it answers to",
            )

    def _check_page(self, headers: Mapping[str, str]) -> None:
        if foreign_page(headers, self._rules.origins):
            raise Refusal(
                403, "request.origin", "a page of another site may not do this; CORS_ORIGINS lists the sites that may"
            )

    async def _who(self, scope: Scope) -> Admitted:
        try:
            return await self._admit(HTTPConnection(scope))
        except RingmasterError as error:
            raise Refusal(status_of(error), error.code, message_of(error)) from error


async def _nothing() -> Any:
    """The body of a request that nobody reads."""
    return {"type": "http.request", "body": b"", "more_body": False}


def _headers(scope: Scope) -> dict[str, str]:
    """Headers by name.

    Raises:
        Refusal: one that counts once came twice.
    """
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1")
        if key in found and name in _ONCE:
            if name == b"authorization":
                raise Refusal(401, AuthError.code, "not authorized")
            raise Refusal(400, "request.invalid", f"the header {key} came more than once")
        found[key] = value.decode("latin-1")
    return found


def _check_text(scope: Scope) -> None:
    """Bytes that are no text, and control characters, are in no name of ours.

    Raises:
        Refusal: some are in the path or the query.
    """
    for raw in (
        scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass"),
        scope.get("query_string", b""),
    ):
        plain = unquote_to_bytes(bytes(raw))
        try:
            text = plain.decode()
        except UnicodeDecodeError:
            raise Refusal(400, "request.invalid", "expected a URL in UTF-8") from None
        if any(letter < " " or letter == "\x7f" for letter in text):
            raise Refusal(400, "request.invalid", "the URL contains a control character")


def _check_coding(headers: Mapping[str, str]) -> None:
    """What comes in another coding, such as gzip, would be read as it is, and unpacked by a proxy that looks at it.

    Raises:
        Refusal: it is not just in chunks.
    """
    if headers.get("transfer-encoding", "chunked").strip().lower() != "chunked":
        raise Refusal(501, "request.invalid", "the only Transfer-Encoding that is read is chunked")


def _tell(refusal: Refusal) -> None:
    log.warning(
        "request refused before it was read",
        extra={
            "event": "door.refused",
            "code": refusal.code,
            "status": refusal.status,
            "why": str(refusal.__cause__ or refusal)[:100],
        },
    )
