"""Who may call: people and programs by role, the telephone service by its own tokens, and a limit on guessing."""

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from backend.api.door.addresses import owner_of
from backend.api.fixed_key import API_KEY
from backend.api.rights import Rule, rule_of
from backend.api.services import ApiServices, LiveServices
from backend.domain.principal import LOCAL, Principal, Role
from backend.errors import AuthError, Forbidden, NotInStore, SignInExpired, TooManyGuesses, Unavailable

__all__ = ["GuessLimit", "Live", "Person", "Services", "admit", "identify", "needs", "require", "still"]

log = logging.getLogger(__name__)

PRINCIPAL = "ringmaster.principal"
"""Where a request's scope says who sent it."""


def services(connection: HTTPConnection) -> ApiServices:
    """What this application works with."""
    found: ApiServices = connection.app.state.services
    return found


async def _services(connection: HTTPConnection) -> ApiServices:
    return services(connection)  # a plain function would be called on a thread, at each request


Services = Annotated[ApiServices, Depends(_services)]


async def live_services(found: Services) -> LiveServices:
    """The store as it may be edited.

    Raises:
        NotInStore: this server has a fixed one.
    """
    if found.live is None:
        raise NotInStore("the agent store of this server cannot be changed")
    return found.live


Live = Annotated[LiveServices, Depends(live_services)]


async def identify(connection: HTTPConnection) -> Principal:
    """Who sends this: as the guard has found, or found out now. Nothing of a body is read.

    Raises:
        AuthError: nobody we know.
        TooManyGuesses: the same, and not for the first time.
        Unavailable: nobody can tell now.
    """
    known = connection.scope.get(PRINCIPAL)
    if isinstance(known, Principal):
        return known
    found = services(connection)
    guesses: GuessLimit = connection.app.state.wrong_keys
    address = connection.client.host if connection.client else ""
    try:
        principal = await found.access.people.who(
            connection.headers.items(), connection.cookies, connection.query_params
        )
    except Unavailable:
        raise
    except AuthError as error:
        if found.access.open_to_this_machine:  # a program may show the key of another server: here none is asked for
            connection.scope[PRINCIPAL] = LOCAL
            return LOCAL
        if isinstance(error, SignInExpired):  # a page that was open overnight guesses nothing
            raise
        log.warning("a key was refused", extra={"event": "auth.refused", "code": error.code, "why": str(error)[:100]})
        if guesses.exceeded(address):
            raise TooManyGuesses("too many wrong keys from this address; wait a minute") from error
        guesses.note(address)
        raise
    if principal is None:
        if not found.access.open_to_this_machine:
            raise AuthError("no key")
        principal = LOCAL
    if principal == API_KEY and found.access.guessable and guesses.exceeded(address):
        raise TooManyGuesses("too many wrong keys from this address; wait a minute")
    connection.scope[PRINCIPAL] = principal
    return principal


def require(principal: Principal, rule: Rule) -> None:
    """Let only those pass who may.

    Raises:
        Forbidden: saying which role it takes.
    """
    role = rule.role
    if role is None:
        return
    if not principal.may(role):
        raise Forbidden(f"this needs the role {role}")
    if rule.whole and principal.lines is not None:
        raise Forbidden("this concerns all lines, and your key is limited to some")


async def admit(connection: HTTPConnection) -> Principal:
    """Who sends this, if the table of rights lets them.

    Raises:
        AuthError, Forbidden, TooManyGuesses, Unavailable: as they say.
    """
    rule = rule_of(connection.scope)
    principal = await identify(connection)
    if rule is None:
        raise Forbidden("nobody may use this route: no right is defined for it")
    require(principal, rule)
    return principal


async def still(connection: HTTPConnection) -> Principal:
    """Who it is now, for what stays open long: a key may have been taken back since.

    Raises:
        AuthError: they may not any more.
        Unavailable: nobody can tell now.
    """
    connection.scope.pop(PRINCIPAL, None)
    return await admit(connection)


Person = Annotated[Principal, Depends(admit)]
"""Whoever sends this request, let in by the table of rights."""


def needs(role: Role) -> Callable[[HTTPConnection], Awaitable[Principal]]:
    """A dependency that lets only this role in, besides what the table of rights asks for; gives who it is."""

    async def allowed(connection: HTTPConnection) -> Principal:
        principal = await admit(connection)
        require(principal, Rule(role))
        return principal

    return allowed


class GuessLimit:
    """At most so many wrong tokens a minute from one address.

    Args:
        most: wrong guesses that are let pass.
        addresses: addresses remembered; the oldest go first.
        clock: seconds that go by.
    """

    def __init__(self, most: int = 20, addresses: int = 10_000, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._addresses = addresses
        self._clock = clock
        self._guesses: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def exceeded(self, address: str) -> bool:
        """Has this address, or one of the same owner, guessed too often?"""
        began, count = self._guesses.get(owner_of(address), (0.0, 0))
        return count >= self._most and self._clock() - began < 60

    def note(self, address: str) -> None:
        """A wrong guess."""
        address = owner_of(address)
        now = self._clock()
        began, count = self._guesses.pop(address, (now, 0))
        if now - began >= 60:
            began, count = now, 0
        self._guesses[address] = (began, count + 1)
        if len(self._guesses) > self._addresses:
            self._guesses.popitem(last=False)
