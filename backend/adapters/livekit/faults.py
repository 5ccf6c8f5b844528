"""What LiveKit's API client raises, as errors of our own tree."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from livekit.api import ServerError

from backend.errors import CallNotFound, ProviderError, ProviderRejected, RateLimited, TimedOut, Unavailable

__all__ = ["PROVIDER", "once"]

PROVIDER = "calls"
"""As the call control of every way in is called in errors."""

_T = TypeVar("_T")


async def once(operation: Callable[[], Awaitable[_T]]) -> _T:
    """Run one operation of LiveKit's API.

    Raises:
        CallNotFound: there is no such room or participant.
        ProviderError: in the class that says whether it may have had an effect (``TimedOut``) or can be repeated.
    """
    try:
        return await operation()
    except ServerError as error:
        raise _mapped(error) from error
    except (ClientConnectorError, ConnectionTimeoutError) as error:
        raise Unavailable(PROVIDER, "no connection to LiveKit") from error
    except (TimeoutError, ClientError) as error:
        raise TimedOut(PROVIDER, "LiveKit did not answer, or its answer was lost") from error


def _mapped(error: ServerError) -> ProviderError | CallNotFound:
    """Twirp's codes (twitchtv.github.io/twirp/docs/errors.html). Messages may name callers, so they stay out."""
    said = f"LiveKit answered {error.status} {error.code}"
    match error.code:
        case "not_found":
            return CallNotFound("LiveKit does not know this call (any more)")
        case "resource_exhausted":
            return RateLimited(PROVIDER, said)
        case "deadline_exceeded" | "canceled":
            return TimedOut(PROVIDER, said)
        case _ if error.status >= 500:
            return Unavailable(PROVIDER, said)
        case _:
            return ProviderRejected(PROVIDER, said)
