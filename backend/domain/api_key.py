"""A key of the API: what is kept of it, which is never the key itself."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from backend.domain.principal import Principal, Role

__all__ = ["ApiKey", "KeyRights", "NewKey", "digest", "key_id", "make_key"]

_MARK = "rmk"
"""Keys begin with it, so that one that has leaked is known by its look."""
_SECRET_BYTES = 32
_WORK = {"n": 2**12, "r": 8, "p": 1}
"""Some 10 ms and 4 MiB a guess. The secret has 256 bits, so this only has to make a stolen table useless, not slow."""


@dataclass(frozen=True, slots=True)
class KeyRights:
    """What the holder of a key may do; see ``Principal``."""

    roles: frozenset[Role]
    lines: frozenset[str] | None = None
    destinations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """One key. Two of one name may be live at once, while it is being exchanged."""

    id: str
    name: str
    rights: KeyRights
    salt: str = field(repr=False)
    hash: str = field(repr=False)
    created_at: datetime
    created_by: str
    ends_at: datetime | None = None
    """No longer taken from then on; ``None``: until it is revoked."""

    def lives(self, now: datetime) -> bool:
        """Is it taken at this moment?"""
        return self.ends_at is None or now < self.ends_at

    def fits(self, token: str) -> bool:
        """Is this the key? Takes the same time wherever it differs; some 10 ms, so not on the event loop."""
        return hmac.compare_digest(digest(token, self.salt), self.hash)

    @property
    def holder(self) -> Principal:
        """Whoever shows it."""
        return Principal(self.name, "key", self.rights.roles, self.rights.lines, self.rights.destinations)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made. ``token`` is shown once and kept nowhere."""

    token: str = field(repr=False)
    key: ApiKey


def make_key(name: str, rights: KeyRights, *, by: str, now: datetime, ends_at: datetime | None = None) -> NewKey:
    """A new key with a secret of 256 random bits."""
    identifier, salt = secrets.token_hex(6), secrets.token_hex(16)
    secret = base64.urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("=")
    token = f"{_MARK}_{identifier}_{secret}"
    key = ApiKey(
        id=identifier,
        name=name,
        rights=rights,
        salt=salt,
        hash=digest(token, salt),
        created_at=now,
        created_by=by,
        ends_at=ends_at,
    )
    return NewKey(token, key)


def key_id(token: str) -> str | None:
    """Which key a token says that it is; ``None`` where it is no key of ours."""
    mark, _, rest = token.partition("_")
    identifier, _, secret = rest.partition("_")
    return identifier if mark == _MARK and identifier and secret else None


def digest(token: str, salt: str) -> str:
    """What is kept of a token: scrypt under a salt of its own."""
    return hashlib.scrypt(token.encode(), salt=bytes.fromhex(salt), **_WORK, dklen=32).hex()
