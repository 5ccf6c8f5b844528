"""Is a delivery from our Event Grid? By key or by token, before anything of it is read."""

import hmac

from starlette.requests import HTTPConnection

from backend.api.services import Access
from backend.errors import AuthError

__all__ = ["check_event_grid"]


async def check_event_grid(connection: HTTPConnection, access: Access) -> None:
    """Let a delivery in.

    Raises:
        AuthError: it shows no key or token, or the wrong one.
        Unavailable: the keys for the token cannot be had now; the sender may be right.
    """
    if access.event_grid_key:
        given = connection.query_params.get("key", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), access.event_grid_key.encode()):
            raise AuthError("wrong Event Grid key")
    if access.event_grid_tokens is not None:
        await access.event_grid_tokens.check(connection.headers.get("authorization"))
