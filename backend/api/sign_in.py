"""How a browser signs in: with a one-time code on this machine, or with a key; both are exchanged for a cookie. With
Entra ID it goes another way (``entra_routes``).

The code stands in an address's fragment, which is sent to no server and stands in no log. A cookie that is HttpOnly and
SameSite=Strict is read by no script and sent with no request of another site.
"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend import __version__
from backend.api.access import GuessLimit, Person, Services
from backend.api.browser_cookies import keep_session, take_back
from backend.api.cookie_name import CookieName
from backend.api.door.local_key import SESSION_S
from backend.api.door.local_people import LocalPeople
from backend.api.faults import fault_of
from backend.api.fixed_key import API_KEY
from backend.api.key_cookie import KEY_SESSION_S
from backend.api.services import Access
from backend.console.files import console_files
from backend.domain.principal import ROLES, Role
from backend.errors import AuthError, TooManyGuesses

__all__ = ["router"]

_SESSION = "/api/v1/session"

router = APIRouter(tags=["people"])


class SignIn(BaseModel):
    """What the page sends: one of the two."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(default="", max_length=128, description="From the address that the server printed; works once.")
    key: str = Field(default="", max_length=512, repr=False, description="A key of the API.")

    @model_validator(mode="after")
    def _is_one(self) -> "SignIn":
        if bool(self.code) == bool(self.key):
            raise ValueError("expected a code or a key")
        return self


class SessionView(BaseModel):
    """Who somebody is here, and what they may see."""

    name: str
    kind: str = Field(description="How they showed who they are: `key`, `entra` or `local`.")
    roles: list[Role] = Field(description="What they may, lesser roles included, the least first.")
    lines: list[str] | None = Field(description="The lines that they see; empty for all.")
    version: str = Field(description="Of the server.")
    build: str = Field(description="Of the console's pages; a page of another build is older than its server.")
    heard_by: str = Field(description="What recognizes what callers say: `Azure Speech`, or that of the local Azure.")


class SignedOut(BaseModel):
    """Where a browser goes that has been signed out here."""

    next: str = Field(description="A page of Entra ID, where it is signed out as well.")


@router.get(_SESSION, summary="Who one is")
async def session(person: Person, found: Services) -> SessionView:
    """Whoever asks, as the server knows them."""
    return SessionView(
        name=person.name,
        kind=person.kind,
        roles=[role for role in ROLES if person.may(role)],
        lines=None if person.lines is None else sorted(person.lines),
        version=__version__,
        build=console_files().build,
        heard_by=found.heard_by,
    )


@router.post(
    _SESSION,
    status_code=204,
    summary="Sign a browser in",
    responses={401: fault_of("a code that is wrong, expired or used; or no key of ours")},
)
async def begin(wanted: SignIn, request: Request, found: Services) -> Response:
    """Exchange a one-time code of this machine, or a key, for a session, which comes as a cookie."""
    answer = Response(status_code=204)
    access = found.access
    if wanted.key:
        cookie, value, life = await _by_key(access, wanted.key, request)
    else:
        cookie, value, life = _by_code(access, wanted.code)
    keep_session(answer, request, access, cookie, value, life)
    return answer


@router.delete(
    _SESSION,
    status_code=204,
    summary="Sign a browser out",
    responses={200: {"model": SignedOut, "description": "signed out here, and to be signed out elsewhere, too"}},
)
async def end(request: Request, found: Services) -> Response:
    """Take the cookie back."""
    entra = found.access.entra
    elsewhere = entra.farewell(request.headers.items(), request.cookies) if entra else ""
    answer = JSONResponse(SignedOut(next=elsewhere).model_dump()) if elsewhere else Response(status_code=204)
    take_back(answer, request, found.access)
    return answer


def _by_code(access: Access, code: str) -> tuple[CookieName, str, int]:
    people = access.authenticator
    if not isinstance(people, LocalPeople) or not people.key.spend(code):
        raise AuthError("wrong or expired sign-in code")
    return CookieName(people.cookie), people.key.new_session(), SESSION_S


async def _by_key(access: Access, key: str, request: Request) -> tuple[CookieName, str, int]:
    """Whoever tries keys here is counted as everywhere else, and keeps nobody out whose key cannot be guessed."""
    guesses: GuessLimit = request.app.state.wrong_keys
    address = request.client.host if request.client else ""
    if access.key_cookie is None:
        raise AuthError("this server signs no browser in with a key")
    too_many = TooManyGuesses("too many wrong keys from this address; wait a minute")
    try:
        holder = await access.people.who([("authorization", f"Bearer {key}")], {}, {})
    except AuthError as error:
        if guesses.exceeded(address):
            raise too_many from error
        guesses.note(address)
        raise
    if holder == API_KEY and access.guessable and guesses.exceeded(address):
        raise too_many
    return access.key_cookie.cookie, access.key_cookie.new_session(key), KEY_SESSION_S
