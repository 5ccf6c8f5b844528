"""Requests to ACS that may be repeated, and what it means that it does not know a call."""

import contextlib
from collections.abc import Awaitable, Callable, Generator
from typing import TypeVar

import stamina
from azure.core.exceptions import HttpResponseError

from backend.adapters.acs.faults import broke_off, once
from backend.errors import CallNotFound, ProviderRejected, RateLimited, Unavailable

__all__ = ["found", "repeated", "status_of"]

_T = TypeVar("_T")
_NOT_FOUND = 404


async def repeated(
    provider: str,
    operation: Callable[[], Awaitable[_T]],
    limit_s: float,
    on_broken: Callable[[Exception], None] = lambda _: None,
) -> _T:
    """Run what may be repeated. ``on_broken`` is told of tries that broke off and may have had their effect.

    Raises:
        ProviderError: the last try failed.
    """

    def passes(error: Exception) -> bool:
        if broke_off(error):
            on_broken(error)
            return True
        return isinstance(error, RateLimited | Unavailable)

    async for attempt in stamina.retry_context(on=passes, attempts=3, wait_initial=0.2, wait_max=1.0, timeout=limit_s):
        with attempt:
            return await once(provider, operation)
    raise AssertionError("unreachable")


@contextlib.contextmanager
def found(what: str = "this call") -> Generator[None]:
    """What ACS does not know (any more) is its own kind of error."""
    try:
        yield
    except ProviderRejected as error:
        if status_of(error) == _NOT_FOUND:
            raise CallNotFound(f"ACS does not know {what}, or it has ended") from error
        raise


def status_of(error: ProviderRejected) -> int | None:
    """The HTTP status that it was refused with, if any."""
    cause = error.__cause__
    return cause.status_code if isinstance(cause, HttpResponseError) else None
