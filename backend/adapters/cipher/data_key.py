"""One key: 32 bytes, and what is made of them."""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from backend.errors import ConfigError

__all__ = ["DataKey", "new_key"]

_BYTES = 32
_EXPECTED = "expected 32 random bytes in base64, as `openssl rand -base64 32` gives them"


def new_key() -> str:
    """A new key as it is written down."""
    return base64.b64encode(secrets.token_bytes(_BYTES)).decode()


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key and its name. The name is made of the key, so it need not be kept, and a wrong key cannot have it."""

    id: str
    sealing: bytes = field(repr=False)
    """Of it the keys of messages are made."""
    hashing: bytes = field(repr=False)
    """Of it the hashes are made that values are looked up by."""

    @classmethod
    def read(cls, written: str, setting: str) -> "DataKey":
        """A key as it is written down in ``setting``, in base64 of either alphabet.

        Raises:
            ConfigError: it is none. What came is not repeated.
        """
        text = "".join(written.split()).replace("-", "+").replace("_", "/").rstrip("=")
        try:
            key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except (binascii.Error, ValueError) as error:
            raise ConfigError(f"{setting}: {_EXPECTED}, got something else") from error
        if len(key) != _BYTES:
            raise ConfigError(f"{setting}: {_EXPECTED}, got {len(key)} bytes")
        return cls(_derived(key, "name").hex()[:8], _derived(key, "sealing"), _derived(key, "hashing"))


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, f"ringmaster {purpose}".encode(), hashlib.sha256).digest()
