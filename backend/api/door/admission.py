"""Who a request is from and whether the table of rights lets them, found out before its body is read."""

from typing import Literal

from starlette.requests import HTTPConnection

from backend.api.access import admit, identify, require, services
from backend.api.door.event_grid import check_event_grid
from backend.api.rights import Rule, rule_of

__all__ = ["Admitted", "admission"]

Admitted = Literal["person", "provider", "nobody"]
"""``provider``: a service with a proof of its own. ``nobody``: not known, so that nothing of theirs is read."""

_VIEWER = Rule("viewer")


async def admission(connection: HTTPConnection) -> Admitted:
    """Let a request in.

    Raises:
        AuthError, Forbidden, TooManyGuesses, Unavailable: as they say.
    """
    rule = rule_of(connection.scope)
    access = services(connection).access
    if rule is None:  # there is no such route, or none that the table knows
        return "person" if access.open_to_this_machine else "nobody"
    match rule.right:
        case "open":
            return "person"
        case "acs":
            if access.acs_tokens is not None:
                await access.acs_tokens.check(connection.headers.get("authorization"))
            return "provider"
        case "event_grid":
            await check_event_grid(connection, access)
            return "provider"
        case "livekit":  # its token is about the body, so it is checked when that has been read
            return "provider"
        case "docs":
            require(await identify(connection), _VIEWER)
        case _:
            await admit(connection)
    return "person"
