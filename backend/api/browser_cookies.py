"""The cookies by which a browser is known: how each is set, and how all are taken back."""

from typing import Literal

from fastapi import Request, Response

from backend.api.cookie_name import CookieName
from backend.api.door.local_people import LocalPeople
from backend.api.services import Access

__all__ = ["forget", "keep", "keep_session", "take_back"]


def keep_session(answer: Response, request: Request, access: Access, name: CookieName, value: str, life_s: int) -> None:
    """Have a browser keep a session. Of two sign-ins the later one counts."""
    take_back(answer, request, access)
    keep(answer, request, name, value, life_s, "strict")


def keep(
    answer: Response, request: Request, name: CookieName, value: str, life_s: int, site: Literal["lax", "strict"]
) -> None:
    """Have a browser keep a cookie that no script reads."""
    secure = _secure(request, name)
    answer.set_cookie(
        name.of(secure=secure), value, max_age=life_s, httponly=True, secure=secure, samesite=site, path="/"
    )


def forget(answer: Response, request: Request, name: CookieName) -> None:
    """Have it forget one."""
    secure = _secure(request, name)
    for one in {name.of(secure=secure), name.plain}:
        answer.delete_cookie(one, httponly=True, secure=secure, samesite="strict", path="/")


def take_back(answer: Response, request: Request, access: Access) -> None:
    """Have it forget every session."""
    people = access.authenticator
    names = [CookieName(people.cookie)] if isinstance(people, LocalPeople) else []
    names += [access.key_cookie.cookie] if access.key_cookie else []
    names += [access.entra.sessions.cookie] if access.entra else []
    for name in names:
        forget(answer, request, name)


def _secure(request: Request, name: CookieName) -> bool:
    return name.over_tls(request.url.scheme, request.headers.get("host", ""))
