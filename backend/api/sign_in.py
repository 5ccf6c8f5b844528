"""The browser's way in on this machine: the code in an address's fragment, exchanged once for a cookie.

A fragment is sent to no server and stands in no log; a cookie that is HttpOnly and SameSite=Strict is read by no script
and sent with no request of another site.
"""

import hashlib
from base64 import b64encode

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from backend.api.access import Services
from backend.api.door.local_key import SESSION_S
from backend.api.door.local_people import LocalPeople
from backend.api.faults import Fault
from backend.errors import AuthError

__all__ = ["router"]

_SCRIPT = """
const say = text => { document.querySelector("p").textContent = text; };
const code = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
if (!code) {
  say("This page needs the address that the server printed, whole.");
} else {
  fetch("/api/v1/session", {
    method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({code}),
  }).then(answer => {
    if (answer.ok) location.replace("/docs");
    else say("This address has been used, or is not of this server. `ringmaster sign-in` prints a new one.");
  }, () => say("The server does not answer."));
}
"""
_PAGE = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Ringmaster</title>
<p>Signing in.</p>
<script>{_SCRIPT}</script></html>
"""
_DIGEST = b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_POLICY = f"default-src 'none'; script-src 'sha256-{_DIGEST}'; connect-src 'self'; frame-ancestors 'none'"

router = APIRouter(tags=["people"])


class SignIn(BaseModel):
    """What the page sends."""

    code: str = Field(min_length=1, max_length=128, description="From the address that the server printed; works once.")


@router.get("/sign-in", include_in_schema=False)
async def page() -> HTMLResponse:
    """The page that exchanges the code."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"})


@router.post(
    "/api/v1/session",
    status_code=204,
    summary="Sign a browser of this machine in",
    responses={401: {"model": Fault, "description": "wrong or expired sign-in code, or it has been used"}},
)
async def begin(wanted: SignIn, found: Services) -> Response:
    """Exchange a one-time code for a session, which comes as a cookie."""
    people = found.access.authenticator
    if not isinstance(people, LocalPeople) or not people.key.spend(wanted.code):
        raise AuthError("wrong or expired sign-in code")
    answer = Response(status_code=204)
    answer.set_cookie(
        people.cookie, people.key.new_session(), max_age=SESSION_S, httponly=True, samesite="strict", path="/"
    )
    return answer


@router.delete("/api/v1/session", status_code=204, summary="Sign a browser out")
async def end(found: Services) -> Response:
    """Take the cookie back."""
    answer = Response(status_code=204)
    people = found.access.authenticator
    if isinstance(people, LocalPeople):
        answer.delete_cookie(people.cookie, httponly=True, samesite="strict", path="/")
    return answer
