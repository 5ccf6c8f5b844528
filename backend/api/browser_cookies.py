"""The cookies by which a browser is known: how each is set, and how all are taken back."""

from urllib.parse import urlsplit

from fastapi import Request, Response

from backend.api.door.local_people import LocalPeople
from backend.api.services import Access
from backend.protocol.web import host_of

__all__ = ["keep_session", "over_tls", "take_back"]


def keep_session(answer: Response, request: Request, access: Access, cookie: str, value: str, life_s: int) -> None:
    """Have a browser keep a session. Of two sign-ins the later one counts."""
    take_back(answer, access)
    secure = over_tls(request, access)
    answer.set_cookie(cookie, value, max_age=life_s, httponly=True, secure=secure, samesite="strict", path="/")


def take_back(answer: Response, access: Access) -> None:
    """Have a browser forget every session."""
    people = access.authenticator
    names = [people.cookie] if isinstance(people, LocalPeople) else []
    names += [access.key_cookie.cookie] if access.key_cookie else []
    names += [access.entra.sessions.cookie] if access.entra else []
    for name in names:
        answer.delete_cookie(name, httponly=True, samesite="strict", path="/")


def over_tls(request: Request, access: Access) -> bool:
    """Does this browser speak TLS, to us or to a proxy in front of us?

    A proxy that is not among ``TRUSTED_PROXIES`` is not believed that it does. But who asks for the public name of a
    server whose public address is ``https`` has come that way: such a cookie must not go out in clear.
    """
    if request.url.scheme == "https":
        return True
    public = urlsplit(access.public_url)
    return public.scheme == "https" and host_of(request.headers.get("host", "")) == (public.hostname or "")
