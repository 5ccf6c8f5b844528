"""The two steps of signing a browser in with Entra ID: it leaves for Entra's page, and it comes back."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from backend.api.cookie_name import CookieName
from backend.api.entra_claims import person_of
from backend.api.entra_cookie import EntraCookie, NewCookie
from backend.api.sealed_note import SealedNote
from backend.domain.principal import Principal
from backend.domain.signing_in import Departure
from backend.errors import AuthError, SignInRefused
from backend.ports import Cipher, Directory

__all__ = ["AWAY_S", "BACK", "BEGIN", "EntraSignIn"]

BACK = "/sign-in/entra"
"""Where a browser comes back to; the address that is registered with the application."""
BEGIN = "/sign-in/entra/begin"
AWAY_S = 600
"""A person has so long to sign in on Entra's page."""


class EntraSignIn:
    """Signs browsers in. Between the steps the browser itself keeps what is needed, sealed: any worker may get it back.

    Args:
        base: the public address of this server. What a request says of its host is never believed here.
        directory: Entra ID.
        cipher: what is sealed with.
        sessions: makes and knows what signed-in browsers keep.
        now: seconds since 1970.
    """

    def __init__(
        self,
        base: str,
        directory: Directory,
        cipher: Cipher,
        sessions: EntraCookie,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.begin_at = f"{base}{BEGIN}"
        self.sessions = sessions
        self.cookie = CookieName(f"{sessions.cookie.plain}-away", base)
        self._directory = directory
        self._note = SealedNote(cipher, "browser at Entra ID", now)

    def begin(self, *, choose: bool = False) -> tuple[str, NewCookie]:
        """Where a browser goes, and what it keeps meanwhile.

        Args:
            choose: have the person choose an account, for the one that Entra ID knows was not let in.
        """
        departure = self._directory.begin(choose=choose)
        kept = asdict(departure) | {"address": ""}
        return departure.address, NewCookie(self._note.seal(kept, AWAY_S), AWAY_S)

    async def finish(
        self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str], query: str
    ) -> tuple[Principal, NewCookie]:
        """Who has come back, and what their browser keeps from now on.

        Raises:
            SignInRefused: it is not proven who they are, or they have no role.
        """
        try:
            departure = Departure(**self._note.open(self.cookie.value(headers, cookies) or ""))
        except (AuthError, TypeError) as error:  # TypeError: kept by another version of this server
            raise SignInRefused("stale", "no sign-in was begun in this browser, or too long ago") from error
        signed_in = await self._directory.finish(departure, query)
        person = person_of(signed_in.claims)
        if not person.roles:
            raise SignInRefused("no_role", "signed in, and no app role of ours is granted")
        return person, self.sessions.new_session(signed_in)

    def farewell(self, headers: Sequence[tuple[str, str]], cookies: Mapping[str, str]) -> str:
        """Where a browser that signs out here has to go to be signed out at Entra ID; empty where it need not."""
        hint = self.sessions.hint(headers, cookies)
        return "" if hint is None else self._directory.farewell(hint)
