"""Entra's pages: where a person signs in to an application, and is signed out again.

As in Entra, what is wrong with a request itself is told on its own page, and only what the person decided goes back to
the application (learn.microsoft.com, "Microsoft identity platform and OAuth 2.0 authorization code flow").
"""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from local_azure.entra_people import EntraError
from local_azure.state import EmulatorState

__all__ = ["sign_in_routes"]

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>body {{ font: 1rem system-ui; max-width: 26rem; margin: 3rem auto }} button {{ display: block; margin: .5rem 0;
padding: .6rem 1rem; width: 100%; text-align: left }}</style></head>
<body><h1>{title}</h1>{body}</body></html>"""
_ASKED = ("client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "code_challenge",
          "code_challenge_method", "response_mode", "prompt")  # fmt: skip
_CANCEL = "cancel"


def sign_in_routes(state: EmulatorState) -> list[BaseRoute]:
    """Their routes."""

    async def authorize(request: Request) -> Response:
        given = request.query_params if request.method == "GET" else await request.form()
        asked = {name: str(given[name]) for name in _ASKED if name in given}
        try:
            _check(asked)
            if request.method == "GET":
                return _choice(state, asked)
            return _back(state, asked, str(given.get("person", "")))
        except EntraError as error:
            return _page("Sorry, but we are having trouble signing you in", f"<p>{escape(str(error))}</p>", 400)

    async def logout(request: Request) -> Response:
        back = request.query_params.get("post_logout_redirect_uri")
        return RedirectResponse(back, 302) if back else _page("You signed out", "<p>Close the window.</p>")

    return [
        Route("/entra/{tenant}/oauth2/v2.0/authorize", authorize, methods=["GET", "POST"]),
        Route("/entra/{tenant}/oauth2/v2.0/logout", logout),
    ]


def _check(asked: Mapping[str, str]) -> None:
    if missing := [name for name in ("client_id", "redirect_uri", "scope") if not asked.get(name)]:
        raise EntraError("invalid_request", 900144, f"The request must contain: {', '.join(missing)}.")
    if asked.get("response_type") != "code" or asked.get("response_mode", "query") != "query":
        raise EntraError("unsupported_response_type", 700054, "Here only code by query is played.")
    if "openid" in asked["scope"].split() and not asked.get("nonce"):
        raise EntraError("invalid_request", 50058, "The nonce is missing.")
    if asked.get("code_challenge") and asked.get("code_challenge_method") != "S256":
        raise EntraError("invalid_request", 501491, "Here only S256 is played.")


def _choice(state: EmulatorState, asked: Mapping[str, str]) -> Response:
    kept = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in asked.items())
    people = "".join(
        f'<button name="person" value="{escape(one.upn)}">{escape(one.upn)}</button>'
        for one in state.directory.people.values()
    )
    cancel = f'<button name="person" value="{_CANCEL}">Cancel</button>'
    return _page("Pick an account", f'<form method="post">{kept}{people}{cancel}</form>')


def _back(state: EmulatorState, asked: Mapping[str, str], upn: str) -> Response:
    """Send the browser back to the application with what came of it."""
    if upn == _CANCEL:
        text = "AADSTS65004: User declined to consent to access the app."
        answer = {"error": "access_denied", "error_description": text}
    else:
        answer = {"code": state.directory.code_for(upn, asked), "session_state": "local"}
    answer |= {"state": asked["state"]} if "state" in asked else {}
    return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 302)


def _page(title: str, body: str, status: int = 200) -> Response:
    return HTMLResponse(_PAGE.format(title=escape(title), body=body), status)
