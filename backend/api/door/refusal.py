"""How the door says no: one sentence, in the shape of every error of the API."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

__all__ = ["Refusal", "deny_socket", "refuse"]

Send = Callable[[Any], Awaitable[None]]


class Refusal(Exception):
    """A request that is not let in.

    Args:
        status: HTTP status.
        code: stable code.
        message: one sentence; never says what of a key or token was wrong.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


async def refuse(refusal: Refusal, send: Send) -> None:
    """Answer a request that is not let in. The connection ends with it: the rest of the request is not read."""
    body = json.dumps({"error": {"code": refusal.code, "message": str(refusal)}}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    if refusal.status == 429:
        headers.append((b"retry-after", b"60"))
    if refusal.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def deny_socket(refusal: Refusal, send: Send, *, can_say_why: bool) -> None:
    """Answer a WebSocket's handshake that is not let in: 403, or 503 where the fault is ours."""
    if can_say_why and refusal.status >= 500:
        headers = [(b"content-length", b"0"), (b"connection", b"close")]
        await send({"type": "websocket.http.response.start", "status": refusal.status, "headers": headers})
        await send({"type": "websocket.http.response.body", "body": b""})
        return
    await send({"type": "websocket.close", "code": 1008})
