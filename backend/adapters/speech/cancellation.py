"""What the SDK calls a cancellation, as an error of ours. The only place where they are mapped."""

import re

from azure.cognitiveservices.speech import CancellationErrorCode
from azure.core.exceptions import AzureError, ClientAuthenticationError

from backend.errors import ProviderError, ProviderRejected, RateLimited, TimedOut, Unavailable

__all__ = ["PROVIDER", "REFUSALS", "cancelled", "refused"]

PROVIDER = "speech"

_STATUS = re.compile(r"\((\d{3})\)")

_REJECTED = {
    CancellationErrorCode.AuthenticationFailure,
    CancellationErrorCode.BadRequest,
    CancellationErrorCode.Forbidden,
}


def cancelled(code: CancellationErrorCode, details: str) -> ProviderError:
    """The error of a cancelled recognition or synthesis.

    HTTP 401 and 403 at the upgrade come as AuthenticationFailure, 400 and close code 1007 as BadRequest,
    429 and close code 4429 as TooManyRequests, 404 as ServiceError with "(404)" in its text, 500 as
    ServiceError, 503 as ServiceUnavailable, everything on the socket as ConnectionFailure (captured from
    azure-cognitiveservices-speech 1.53.0).
    """
    message = f"{code.name}: {_first_line(details)}"
    if code in _REJECTED or _status(details) in {400, 401, 403, 404}:
        return ProviderRejected(PROVIDER, message)
    if code is CancellationErrorCode.TooManyRequests:
        return RateLimited(PROVIDER, message)
    if code is CancellationErrorCode.ServiceTimeout:
        return TimedOut(PROVIDER, message)
    return Unavailable(PROVIDER, message)


REFUSALS = (RuntimeError, AzureError)
"""What a call of the SDK raises: its own failures, and those of the credential that it asks."""


def refused(error: Exception) -> ProviderError:
    """The error of an SDK call that raised; a ``RuntimeError`` has a native call stack in its text."""
    if isinstance(error, ClientAuthenticationError):
        return ProviderRejected(PROVIDER, f"no token: {_first_line(str(error))}")
    return Unavailable(PROVIDER, f"the SDK refused: {_first_line(str(error))}")


def _first_line(details: str) -> str:
    # What follows is the service's answer page, addresses of machine code, or both.
    return details.strip().partition("\n")[0][:300]


def _status(details: str) -> int | None:
    match = _STATUS.search(details)
    return int(match.group(1)) if match else None
