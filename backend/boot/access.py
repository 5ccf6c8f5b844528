"""Joins who may use which routes, as the settings have it."""

from pathlib import Path

from backend.adapters.acs.tokens import AcsTokenCheck
from backend.api.door.local_key import LocalKey
from backend.api.door.local_people import LocalPeople
from backend.api.entra_cookie import EntraCookie
from backend.api.entra_sign_in import EntraSignIn
from backend.api.key_cookie import KeyCookie
from backend.api.services import Access
from backend.boot.exposure import exposed_by
from backend.boot.people import PeopleParts
from backend.errors import ConfigError
from config import Settings

__all__ = ["open_access"]


def open_access(settings: Settings, people: PeopleParts) -> Access:
    """Who may use which routes."""
    security, local = settings.security, settings.security.local_key_file
    cookie = f"ringmaster-{settings.connections.port}"
    public = settings.connections.base_url
    keys = KeyCookie(f"{cookie}-key", people.cipher, people.authenticator, public_url=public)
    entra = _entra(settings, people, f"{cookie}-entra", keys)
    others = entra.sessions if entra else keys
    return Access(
        acs_tokens=_acs_tokens(settings),
        event_grid_key=security.event_grid_key.get_secret_value(),
        event_grid_tokens=_event_grid_tokens(settings),
        event_grid_subscriptions=security.subscriptions,
        api_key=security.api_key.get_secret_value(),
        loopback=not (local or exposed_by(settings) or settings.people.entra_audience or entra),
        authenticator=LocalPeople(LocalKey(Path(local)), cookie, others) if local else others,
        key_cookie=keys,
        entra=entra,
    )


def _entra(settings: Settings, people: PeopleParts, cookie: str, others: KeyCookie) -> EntraSignIn | None:
    """Raises ConfigError where nothing is sealed: anybody could write the cookie of a sign-in then."""
    directory = people.directory
    if directory is None:
        return None
    if not people.cipher.key_id:
        raise ConfigError("DATA_KEY: expected with ENTRA_CLIENT_ID, since it seals sign-ins of browsers; it is not set")
    public = settings.connections.base_url
    sessions = EntraCookie(cookie, people.cipher, directory, others, public_url=public)
    return EntraSignIn(public, directory, people.cipher, sessions)


def _acs_tokens(settings: Settings) -> AcsTokenCheck | None:
    azure = settings.azure
    if not settings.security.check_acs_tokens:
        return None
    return AcsTokenCheck(azure.acs_jwks_url, azure.acs_issuer, azure.acs_resource_id)


def _event_grid_tokens(settings: Settings) -> AcsTokenCheck | None:
    security = settings.security
    if not security.event_grid_audience:
        return None
    return AcsTokenCheck(security.event_grid_jwks_url, security.event_grid_issuer, security.event_grid_audience)
