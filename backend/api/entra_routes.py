"""Signing in with Entra ID, as a browser goes: to Entra's page, and back with a code that the server exchanges.

Both steps are plain navigations. The page of Entra is another site, so what the browser keeps until it is back is a
cookie that is SameSite=Lax; the session that it gets then is SameSite=Strict as every other.
"""

import logging
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from backend.api.access import GuessLimit, Services
from backend.api.browser_cookies import forget, keep, keep_session
from backend.api.entra_sign_in import BACK, BEGIN, EntraSignIn
from backend.api.services import Access, ApiServices
from backend.domain.audit import AuditEntry
from backend.domain.principal import Principal
from backend.errors import NotInStore, SignInRefused, TooManyGuesses

__all__ = ["router"]

log = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)

_CONSOLE = "/"
_TROUBLE = "/sign-in?trouble="


@router.get(BEGIN)
async def begin(request: Request, found: Services) -> RedirectResponse:
    """Send a browser to Entra's page; with ``?choose=1`` an account must be chosen there."""
    entra = _entra(found.access)
    address, kept = entra.begin(choose="choose" in request.query_params)
    answer = _to(address)
    keep(answer, request, entra.cookie, kept.value, kept.life_s, "lax")
    return answer


@router.get(BACK)
async def back(request: Request, found: Services) -> RedirectResponse:
    """Take a browser back that has been at Entra's page; it is then signed in, or told why it is not."""
    access = found.access
    entra = _entra(access)
    query = request.url.query
    if not query:  # signed out there
        return _to(_CONSOLE)
    guesses: GuessLimit = request.app.state.guesses["sign-ins"]  # of its own: wrong keys keep nobody out here
    address = request.client.host if request.client else ""
    if guesses.exceeded(address):
        raise TooManyGuesses("too many sign-ins from this address went wrong; wait a minute")
    try:
        person, session = await entra.finish(request.headers.items(), request.cookies, query)
    except SignInRefused as refused:
        guesses.note(address)
        log.warning(
            "somebody who came back from Entra ID was not signed in",
            extra={"event": "sign_in.refused", "trouble": refused.trouble, "why": str(refused)[:100]},
        )
        answer = _to(f"{_TROUBLE}{refused.trouble}")
    else:
        await _note(found, person)
        answer = _to(_CONSOLE)
        keep_session(answer, request, access, entra.sessions.cookie, session.value, session.life_s)
    forget(answer, request, entra.cookie)
    return answer


def _entra(access: Access) -> EntraSignIn:
    if access.entra is None:
        raise NotInStore("nobody signs in to this server with Entra ID: ENTRA_CLIENT_ID is not set")
    return access.entra


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})


async def _note(found: ApiServices, person: Principal) -> None:
    if found.audit is not None:
        await found.audit.note(AuditEntry(at=datetime.now(UTC), actor=person.who, action="session.begin"))
