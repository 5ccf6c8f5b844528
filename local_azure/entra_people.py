"""The people of the local Azure's directory, and what is handed out in their name."""

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Directory", "EntraError", "Granted", "LocalPerson", "sign_in_environment"]

_CODE_S = 600.0


class EntraError(Exception):
    """A refusal as Entra words it.

    Args:
        error: name of RFC 6749.
        number: Entra's own.
        text: what follows it.
    """

    def __init__(self, error: str, number: int, text: str) -> None:
        super().__init__(f"AADSTS{number}: {text}")
        self.error = error
        self.number = number

    @property
    def body(self) -> dict[str, Any]:
        """As the token endpoint sends it."""
        return {"error": self.error, "error_description": str(self), "error_codes": [self.number]}


@dataclass(slots=True)
class LocalPerson:
    """Somebody who can sign in. ``disabled`` and ``roles`` may be changed at any time."""

    upn: str
    roles: tuple[str, ...] = ()
    guest_of: str = ""
    """Another tenant that they belong to."""
    disabled: bool = False

    @property
    def id(self) -> str:
        """Their object id."""
        return str(hashlib.sha256(self.upn.encode()).hexdigest()[:32])


@dataclass(slots=True)
class Granted:
    """What a code or a refresh token stands for."""

    person: LocalPerson
    client_id: str
    redirect_uri: str
    nonce: str
    challenge: str
    made: float = field(default_factory=time.monotonic)
    used: bool = False


def _people() -> dict[str, LocalPerson]:
    all_of_them = [
        *(LocalPerson(f"{role}@local.example", (role,)) for role in ("viewer", "operator", "editor", "admin")),
        LocalPerson("nobody@local.example"),
        LocalPerson("guest@elsewhere.example", guest_of="elsewhere.example"),
    ]
    return {one.upn: one for one in all_of_them}


@dataclass(slots=True)
class Directory:
    """All people, codes and refresh tokens. Names and roles are the same in every tenant."""

    people: dict[str, LocalPerson] = field(default_factory=_people)
    secret: str = ""
    """Client secret that is asked for; empty: any secret or assertion is good."""
    says_instead: dict[str, Any] = field(default_factory=dict[str, Any])
    """Claims that take the place of true ones in ID tokens, for tests of what must be refused."""
    unsigned: bool = False
    """Hand out ID tokens that nobody signed."""
    _codes: dict[str, Granted] = field(default_factory=dict[str, Granted], repr=False)
    _renewals: dict[str, Granted] = field(default_factory=dict[str, Granted], repr=False)

    def code_for(self, upn: str, asked: Mapping[str, str]) -> str:
        """A code for somebody who has signed in.

        Raises:
            EntraError: they may not.
        """
        person = self.people.get(upn)
        if person is None:
            raise EntraError("invalid_grant", 50034, "The user account does not exist in the directory.")
        if person.guest_of:
            raise EntraError("access_denied", 50020, f"User account from {person.guest_of} does not exist in tenant.")
        if person.disabled:
            raise EntraError("access_denied", 50057, "The user account is disabled.")
        code = secrets.token_urlsafe(32)
        self._codes[code] = Granted(
            person, asked["client_id"], asked["redirect_uri"], asked.get("nonce", ""), asked.get("code_challenge", "")
        )
        return code

    def exchange(self, form: Mapping[str, str]) -> Granted:
        """What a code stands for; each works once.

        Raises:
            EntraError: it does not work.
        """
        self._know(form)
        found = self._codes.get(form.get("code", ""))
        if found is None or found.client_id != form.get("client_id") or found.redirect_uri != form.get("redirect_uri"):
            raise EntraError("invalid_grant", 70000, "The provided value for the input parameter 'code' is not valid.")
        if found.used:
            raise EntraError("invalid_grant", 54005, "OAuth2 Authorization code was already redeemed.")
        if time.monotonic() - found.made > _CODE_S:
            raise EntraError("invalid_grant", 70008, "The provided authorization code has expired.")
        if found.challenge != _challenge(form.get("code_verifier", "")):
            raise EntraError("invalid_grant", 501481, "The Code_Verifier does not match the code_challenge.")
        found.used = True
        return found

    def renewed(self, form: Mapping[str, str]) -> Granted:
        """What a refresh token stands for; it may be used again.

        Raises:
            EntraError: it does not work any more.
        """
        self._know(form)
        found = self._renewals.get(form.get("refresh_token", ""))
        if found is None or found.client_id != form.get("client_id"):
            raise EntraError("invalid_grant", 70000, "The provided refresh token is not valid.")
        if found.person.disabled:
            raise EntraError("invalid_grant", 50057, "The user account is disabled.")
        return found

    def renewal_for(self, granted: Granted) -> str:
        """A refresh token; long, as Entra's are."""
        token = secrets.token_urlsafe(900)
        self._renewals[token] = granted
        return token

    def _know(self, form: Mapping[str, str]) -> None:
        """Is it the application itself that asks?"""
        secret, assertion = form.get("client_secret", ""), form.get("client_assertion", "")
        if not secret and not assertion:
            raise EntraError("invalid_client", 7000218, "The request must contain client_assertion or client_secret.")
        if self.secret and secret != self.secret:
            raise EntraError("invalid_client", 7000215, "Invalid client secret provided.")


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def sign_in_environment(azure: str) -> dict[str, str]:
    """Environment variables by which people sign in to a server's console with a local Azure at ``azure``, a URL."""
    return {
        "ENTRA_AUTHORITY": f"{azure}/entra",
        "ENTRA_TENANT": "10ca1000-0000-4000-8000-0000000000a2",
        "ENTRA_CLIENT_ID": "10ca1000-0000-4000-8000-00000000a991",
        "ENTRA_CLIENT_SECRET": "local",
    }
