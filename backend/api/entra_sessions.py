"""Browsers that people have signed in with Entra ID, and whether Entra ID still stands by them."""

import asyncio
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.api.entra_claims import person_of, role_names
from backend.domain.principal import Principal
from backend.domain.signing_in import SignedIn
from backend.errors import SignInExpired, SignInRefused, Unavailable
from backend.ports import Directory

__all__ = ["CHECKED_EVERY_S", "STANDS_S", "BrowserSession", "EntraSessions"]

log = logging.getLogger(__name__)

CHECKED_EVERY_S = 600
"""After so long Entra ID is asked again: who was disabled, or lost a role, has it here for no longer."""
STANDS_S = 3600
"""While it cannot be asked, what it said last holds for so long."""
_ASK_AGAIN_S = 30
_REMEMBERED = 2000
_LONGEST = 256
_KEPT = ("preferred_username", "upn", "oid", "sub", "login_hint")


@dataclass(frozen=True, slots=True)
class BrowserSession:
    """What a browser keeps of a sign-in.

    Args:
        id: ours, random.
        claims: what Entra ID said of the person; as much as is needed here.
        checked: when it said so, in seconds since 1970.
        renewal: with this it is asked again; empty where it may not be.
    """

    id: str
    claims: Mapping[str, Any] = field(repr=False)
    checked: float
    renewal: str = field(default="", repr=False)

    @classmethod
    def of(cls, signed_in: SignedIn, now: float) -> "BrowserSession":
        """A new one."""
        return cls(secrets.token_urlsafe(12), _needed(signed_in.claims), now, signed_in.renewal)

    @property
    def person(self) -> Principal:
        """Whose it is."""
        return person_of(self.claims)


@dataclass(slots=True)
class _Known:
    claims: Mapping[str, Any]
    checked: float
    asked: float
    ended: bool = False


class EntraSessions:
    """Who is behind a session now. Each worker asks for itself, once for all requests of a browser.

    Args:
        directory: Entra ID.
        now: seconds since 1970.
    """

    def __init__(self, directory: Directory, now: Callable[[], float] = time.time) -> None:
        self._directory = directory
        self._now = now
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def holder(self, session: BrowserSession) -> Principal:
        """Whose it is, as Entra ID has said within the last ten minutes.

        Raises:
            SignInExpired: it does not stand by them any more, or has taken their last role away.
            Unavailable: it could not be asked for an hour.
        """
        known = self._known.get(session.id) or _Known(session.claims, session.checked, 0.0)
        if session.renewal and not known.ended and self._now() - known.checked >= CHECKED_EVERY_S:
            known = await self._looked_at(session, known)
        if known.ended:
            raise SignInExpired("Entra ID does not stand by this sign-in any more")
        if session.renewal and self._now() - known.checked >= STANDS_S:
            raise Unavailable("identity", "Entra ID could not be asked for an hour whether a sign-in still stands")
        return person_of(known.claims)

    async def _looked_at(self, session: BrowserSession, known: _Known) -> _Known:
        if self._now() - known.asked < _ASK_AGAIN_S and session.id not in self._asking:
            return known
        asking = self._asking.get(session.id)
        if asking is None:
            asking = asyncio.get_running_loop().create_task(self._ask(session, known), name="entra-session")
            self._asking[session.id] = asking
            asking.add_done_callback(lambda _: self._asking.pop(session.id, None))
        await asyncio.shield(asking)  # a browser that hangs up takes the answer from nobody else
        return self._known.get(session.id, known)

    async def _ask(self, session: BrowserSession, known: _Known) -> None:
        now = self._now()
        try:
            found = await self._directory.renew(session.renewal)
        except Unavailable as error:
            self._remember(session.id, _Known(known.claims, known.checked, now))
            log.warning(
                "whether a browser's sign-in still stands cannot be asked",
                extra={"event": "sign_in.unconfirmed", "why": str(error)[:100]},
            )
            return
        except SignInRefused:
            self._remember(session.id, _Known({}, now, now, ended=True))
            return
        same = (found.claims.get("oid"), found.claims.get("sub")) == (session.claims.get("oid"), session.claims["sub"])
        claims = _needed(found.claims)
        self._remember(session.id, _Known(claims, now, now, ended=not (same and person_of(claims).roles)))

    def _remember(self, session_id: str, known: _Known) -> None:
        self._known.pop(session_id, None)
        self._known[session_id] = known
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


def _needed(claims: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept: a browser keeps 4 KB of a cookie, and a token may be longer."""
    kept = {name: value[:_LONGEST] for name in _KEPT if isinstance(value := claims.get(name), str)}
    return {"sub": "", **kept, "roles": sorted(role_names(claims))}
