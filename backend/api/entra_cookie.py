"""A browser that somebody has signed in with Entra ID: who it is, sealed and with an end, in a cookie."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from backend.api.bearer import bearer_token
from backend.api.cookie_name import CookieName
from backend.api.entra_sessions import BrowserSession, EntraSessions
from backend.api.sealed_note import SealedNote
from backend.domain.principal import Principal
from backend.domain.signing_in import SignedIn
from backend.errors import AuthError, SignInExpired, SignInRefused
from backend.ports import Authenticator, Cipher, Directory

__all__ = ["ENTRA_SESSION_S", "UNRENEWED_S", "EntraCookie", "NewCookie"]

ENTRA_SESSION_S = 12 * 3600
"""Life of a sign-in, one working day, as long as Entra ID stands by it."""
UNRENEWED_S = 3600
"""Its life where Entra ID cannot be asked again, or what that takes is too long for a cookie."""
_LONGEST = 3800


@dataclass(frozen=True, slots=True)
class NewCookie:
    """A cookie as it is set."""

    value: str
    life_s: int


class EntraCookie:
    """``Authenticator`` in front of another.

    Args:
        cookie: its name, over plain HTTP.
        cipher: what it is sealed with.
        directory: Entra ID.
        others: knows everybody else.
        now: seconds since 1970.
        public_url: how people reach this server.
    """

    def __init__(
        self,
        cookie: str,
        cipher: Cipher,
        directory: Directory,
        others: Authenticator,
        now: Callable[[], float] = time.time,
        *,
        public_url: str = "",
    ) -> None:
        self.cookie = CookieName(cookie, public_url)
        self._note = SealedNote(cipher, "browser session of Entra ID", now)
        self._sessions = EntraSessions(directory, now)
        self._others = others
        self._now = now

    def new_session(self, signed_in: SignedIn) -> NewCookie:
        """What a browser keeps of a sign-in.

        Raises:
            SignInRefused: it is more than a cookie holds.
        """
        session = BrowserSession.of(signed_in, self._now())
        life = ENTRA_SESSION_S if session.renewal else UNRENEWED_S
        value = self._note.seal(asdict(session), life)
        if len(value) > _LONGEST:
            life = UNRENEWED_S
            value = self._note.seal(asdict(replace(session, renewal="")), life)
        if len(value) > _LONGEST:  # a browser would drop it without a word
            raise SignInRefused("setup", "so many app roles are granted that a cookie does not hold them")
        return NewCookie(value, life)

    def hint(self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str]) -> str | None:
        """Whom Entra ID is to sign out, as it named them, or empty; ``None`` where nobody of it is signed in."""
        try:
            value = self.cookie.value(headers, cookies)
            return None if value is None else str(self._read(value).claims.get("login_hint", ""))
        except AuthError:
            return None

    async def who(
        self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], query: Mapping[str, str]
    ) -> Principal | None:
        """Who it is; ``None`` where nothing is shown.

        Raises:
            AuthError: what is shown does not hold; ``SignInExpired`` where it did.
            Unavailable: nobody can tell now.
        """
        value = self.cookie.value(headers, cookies)
        if value is None or bearer_token(headers) is not None:
            return await self._others.who(headers, cookies, query)
        return await self._sessions.holder(self._read(value))

    def _read(self, value: str) -> BrowserSession:
        note: dict[str, Any] = self._note.open(value)
        try:
            return BrowserSession(**note)
        except TypeError as error:
            raise SignInExpired("the browser's sign-in was made by another version of this server") from error
