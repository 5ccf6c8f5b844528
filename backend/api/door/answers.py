"""Headers that every answer carries, so that a browser takes it for nothing but what it is."""

from collections.abc import Awaitable, Callable
from typing import Any

__all__ = ["with_safe_headers"]

Send = Callable[[Any], Awaitable[None]]

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_DATA = ((b"cache-control", b"no-store"), (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"))
_SECURE = (b"strict-transport-security", b"max-age=31536000")


def with_safe_headers(path: str, scheme: str, send: Send) -> Send:
    """Send answers with them; an answer that sets one itself keeps its own."""
    headers = _ALWAYS + (_DATA if path.startswith("/api/") else ()) + ((_SECURE,) if scheme == "https" else ())

    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            own = message.get("headers", [])
            names = {bytes(name).lower() for name, _ in own}
            message = {**message, "headers": [*own, *(one for one in headers if one[0] not in names)]}
        await send(message)

    return sending
