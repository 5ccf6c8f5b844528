"""Who may call: operations by key, Event Grid by key or Entra, and a limit on guessing."""

import hmac
import time
from collections import OrderedDict
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from backend.api.services import Access, ApiServices, LiveServices
from backend.errors import AuthError, NotInStore

__all__ = ["GuessLimit", "Live", "Services", "admit", "operations"]


def services(connection: HTTPConnection) -> ApiServices:
    """What this application works with."""
    found: ApiServices = connection.app.state.services
    return found


Services = Annotated[ApiServices, Depends(services)]


async def live_services(found: Services) -> LiveServices:
    """The store as it may be edited.

    Raises:
        NotInStore: this server has a fixed one.
    """
    if found.live is None:
        raise NotInStore("this server's store is fixed")
    return found.live


Live = Annotated[LiveServices, Depends(live_services)]


async def operations(request: Request, found: Services) -> None:
    """Let operations in: with the API key, or without one on a server that only this machine can reach.

    Raises:
        AuthError: no key, or the wrong one.
    """
    admit(request, found.access)


def admit(connection: HTTPConnection, access: Access) -> None:
    """The rule of ``operations``, for requests and WebSockets.

    Raises:
        AuthError: no key, or the wrong one.
    """
    if not access.api_key:
        if access.loopback:
            return
        raise AuthError("API_KEY is not set, so the operations API is closed")
    given = connection.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if not hmac.compare_digest(given.encode(), access.api_key.encode()):
        raise AuthError("wrong API key")


class GuessLimit:
    """At most so many wrong tokens a minute from one address.

    Args:
        most: wrong guesses that are let pass.
        addresses: addresses remembered; the oldest go first.
    """

    def __init__(self, most: int = 20, addresses: int = 10_000) -> None:
        self._most = most
        self._addresses = addresses
        self._guesses: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def exceeded(self, address: str) -> bool:
        """Has this address guessed too often?"""
        began, count = self._guesses.get(address, (0.0, 0))
        return count >= self._most and time.monotonic() - began < 60

    def note(self, address: str) -> None:
        """A wrong guess."""
        began, count = self._guesses.pop(address, (time.monotonic(), 0))
        if time.monotonic() - began >= 60:
            began, count = time.monotonic(), 0
        self._guesses[address] = (began, count + 1)
        if len(self._guesses) > self._addresses:
            self._guesses.popitem(last=False)
