"""Who may use the API, joined: keys of the database, Entra ID, and the audit."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.adapters.acs.tokens import AcsTokenCheck
from backend.adapters.entra.sign_in import EntraApplication, EntraDirectory
from backend.adapters.entra.tokens import FEDERATION, EntraTokens
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.key_book import SqlKeyBook
from backend.api.entra import EntraPeople
from backend.api.entra_sign_in import BACK
from backend.api.fixed_key import SHORTEST_KEY, FixedKey
from backend.api.key_desk import KeyDesk
from backend.api.key_ring import KeyRing
from backend.api.people import People
from backend.engine.desk.audit_trail import AuditTrail
from backend.engine.desk.outbox import Outbox
from backend.ports import Authenticator, Cipher
from config import Settings

__all__ = ["PeopleParts", "entra_directory", "entra_people", "has_keys", "people_parts", "require_people"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PeopleParts:
    """What the routes need of people."""

    authenticator: Authenticator
    keys: KeyDesk
    audit: AuditTrail
    cipher: Cipher
    """Seals the sign-ins of browsers."""
    directory: EntraDirectory | None = None
    """Signs people in with Entra ID."""

    async def close(self) -> None:
        """Close its connections."""
        if self.directory is not None:
            await self.directory.close()


def people_parts(settings: Settings, database: Database, outbox: Outbox, cipher: Cipher) -> PeopleParts:
    """Everything that knows people; what the audit cannot write now waits in the outbox."""
    ring = KeyRing(book := SqlKeyBook(database))
    fixed = settings.security.api_key.get_secret_value()
    if 0 < len(fixed) < SHORTEST_KEY:
        log.warning(
            "API_KEY is so short that it could be guessed; make a longer one with `ringmaster keys add`",
            extra={"event": "keys.short"},
        )
    trail = AuditTrail(SqlAuditBook(database), outbox)
    people = People(FixedKey(fixed), ring, entra_people(settings))
    return PeopleParts(people, KeyDesk(book, ring.forget), trail, cipher, entra_directory(settings))


async def has_keys(database: Database) -> bool:
    """Is there a key in the database that opens the API now?"""
    now = datetime.now(UTC)
    return any(key.lives(now) for key in await SqlKeyBook(database).list())


def entra_people(settings: Settings) -> EntraPeople | None:
    """Who shows tokens of Entra ID, where those are taken."""
    people = settings.people
    if not people.entra_audience:
        return None
    return EntraPeople(AcsTokenCheck(people.entra_jwks_url, people.entra_issuer, people.entra_audience))


def entra_directory(settings: Settings) -> EntraDirectory | None:
    """Where people sign in to the console, where they do so with Entra ID."""
    people = settings.people
    if not people.entra_client_id:
        return None
    application = EntraApplication(
        people.entra_authority,
        people.entra_tenant,
        people.entra_client_id,
        f"{settings.connections.base_url}{BACK}",
        people.entra_client_secret.get_secret_value(),
    )
    proofs = AcsTokenCheck(application.keys, application.issuer, application.client_id)
    return EntraDirectory(application, proofs.check, EntraTokens(FEDERATION))


def require_people(settings: Settings) -> list[str]:
    """What is missing in the settings of people, in sentences."""
    people = settings.people
    given = (people.entra_audience, people.entra_issuer, people.entra_jwks_url)
    problems: list[str] = []
    if any(given) and not all(given):
        problems.append("ENTRA_AUDIENCE, ENTRA_ISSUER and ENTRA_JWKS_URL: expected all three or none of them")
    if bool(people.entra_tenant) != bool(people.entra_client_id):
        problems.append("ENTRA_TENANT and ENTRA_CLIENT_ID: expected both or none of them")
    return problems
