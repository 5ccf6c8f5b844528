"""The local Azure's door: no page of another site changes it, reads it by a name of its own, or rings a phone."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import JSONResponse

from backend.protocol.web import SAFE_METHODS, AllowedHosts, foreign_page, is_json, media_type

__all__ = ["LocalDoor"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

_CONTROL = "/emulator/"


class LocalDoor:
    """An ASGI application in front of the local Azure.

    Args:
        app: the local Azure.
        host: where it listens; an address that others can reach is answered by that address, too.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], host: str) -> None:
        self._app = app
        local = AllowedHosts().allow(f"[{host}]" if ":" in host else host)
        self._hosts = AllowedHosts([host], addresses=not local)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await JSONResponse({"error": refusal[1]}, refusal[0])(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._hosts.allow(headers.get("host")):
            return 421, "the local Azure is not called so"
        if scope["type"] == "websocket":
            return (403, "another site's page") if foreign_page(headers) else None
        if scope["method"] in SAFE_METHODS:
            return None
        if foreign_page(headers):
            return 403, "another site's page may not do this"
        body = headers.get("content-length", "").strip("0") or "transfer-encoding" in headers
        if scope["path"].startswith(_CONTROL) and body and not is_json(media_type(headers.get("content-type"))):
            return 415, "expected Content-Type: application/json"
        return None
