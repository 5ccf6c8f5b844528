"""What the Azure clients raise, as errors of our own tree."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from aiohttp import ClientConnectorError, ConnectionTimeoutError
from azure.core.exceptions import AzureError, HttpResponseError, ServiceRequestError

from backend.errors import ProviderError, ProviderRejected, RateLimited, TimedOut, Unavailable

__all__ = ["broke_off", "once"]

_T = TypeVar("_T")


async def once(provider: str, operation: Callable[[], Awaitable[_T]]) -> _T:
    """Run one operation of an ACS client.

    Raises:
        ProviderError: in the class that says whether it may have had an effect (``TimedOut``) or can be repeated.
    """
    try:
        return await operation()
    except HttpResponseError as error:
        raise _mapped(provider, error) from error
    except ServiceRequestError as error:
        # azure-core (1.41) says so of every broken connection, also of one that broke after the request had gone out.
        if isinstance(error.inner_exception, ClientConnectorError | ConnectionTimeoutError):
            raise Unavailable(provider, "no connection to ACS") from error
        raise TimedOut(provider, "the connection to ACS broke before its answer came") from error
    except AzureError as error:
        raise TimedOut(provider, f"ACS did not answer ({type(error).__name__})") from error


def broke_off(error: Exception) -> bool:
    """Did the connection break after the request had gone out, perhaps?"""
    return isinstance(error, TimedOut) and isinstance(error.__cause__, ServiceRequestError)


def _mapped(provider: str, error: HttpResponseError) -> ProviderError:
    status = error.status_code or 0
    said = f"ACS answered {status}"
    if status == 429:
        retry_after = _header(error, "Retry-After")
        return RateLimited(provider, said, float(retry_after) if retry_after and retry_after.isdigit() else None)
    if status >= 500 or status == 0:
        return Unavailable(provider, said)
    return ProviderRejected(provider, said)


def _header(error: HttpResponseError, name: str) -> str | None:
    headers: Mapping[str, str] = getattr(error.response, "headers", None) or {}
    return headers.get(name)
