"""Sealing with AES-256-GCM, by the newest of several keys; opening by whichever it was."""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.adapters.cipher.data_key import DataKey
from backend.errors import SealBroken

__all__ = ["KeyRing"]

_MARK = b"rm1."
"""What sealed values begin with; a later form will begin otherwise."""
_RAW_MARK = b"RM1"
"""What values begin with that are sealed as bytes, without base64."""
_KEY_LETTERS = 8
_HALF = 12


class KeyRing:
    """``Cipher`` on AES-256-GCM.

    A sealed value is ``rm1.KEY.BASE64``: 24 random bytes, the sealed text and its tag. Of the first 12 bytes a key for
    this value alone is made, the other 12 are its nonce: so many values can be sealed with one key that nobody need
    count them.

    Args:
        keys: the one that seals, then those that were before it.
    """

    def __init__(self, keys: Sequence[DataKey]) -> None:
        self._keys = {key.id: key for key in keys}
        self._current = keys[0]

    @property
    def key_id(self) -> str:
        """Name of the key that seals now."""
        return self._current.id

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Names of all keys, the one that seals first."""
        return tuple(self._keys)

    def seal(self, clear: bytes, bound: str = "") -> bytes:
        """Seal bytes with the current key."""
        salt, nonce = os.urandom(_HALF), os.urandom(_HALF)
        body = _aes(self._current, salt).encrypt(nonce, clear, bound.encode())
        return _MARK + self._current.id.encode() + b"." + base64.urlsafe_b64encode(salt + nonce + body)

    def open(self, sealed: bytes, bound: str = "") -> bytes:
        """What was sealed; what never was comes back as it is."""
        if not sealed.startswith(_MARK):
            return sealed
        name, _, text = sealed[len(_MARK) :].partition(b".")
        key = self._keys.get(name.decode("ascii", "replace"))
        if key is None:
            raise SealBroken("encrypted with a key that is not set")
        try:
            raw = base64.b64decode(text, altchars=b"-_", validate=True)
            salt, nonce, body = raw[:_HALF], raw[_HALF : 2 * _HALF], raw[2 * _HALF :]
            return _aes(key, salt).decrypt(nonce, body, bound.encode())
        except (binascii.Error, ValueError, InvalidTag) as error:
            raise SealBroken("changed since it was encrypted, or moved from its place") from error

    def seal_raw(self, clear: bytes, bound: str = "") -> bytes:
        """Seal bytes as bytes, with the current key."""
        salt, nonce = os.urandom(_HALF), os.urandom(_HALF)
        body = _aes(self._current, salt).encrypt(nonce, clear, bound.encode())
        return b"".join((_RAW_MARK, self._current.id.encode(), salt, nonce, body))

    def open_raw(self, sealed: bytes, bound: str = "") -> bytes:
        """What was sealed as bytes; what never was comes back as it is."""
        if not sealed.startswith(_RAW_MARK):
            return sealed
        first = len(_RAW_MARK)
        key = self._keys.get(sealed[first : first + _KEY_LETTERS].decode("ascii", "replace"))
        if key is None:
            raise SealBroken("encrypted with a key that is not set")
        raw = sealed[first + _KEY_LETTERS :]
        try:
            return _aes(key, raw[:_HALF]).decrypt(raw[_HALF : 2 * _HALF], raw[2 * _HALF :], bound.encode())
        except (ValueError, InvalidTag) as error:
            raise SealBroken("changed since it was encrypted, or moved from its place") from error

    def hashes(self, value: str, kind: str) -> tuple[str, ...]:
        """Keyed hashes of a value, 128 bits in hex, that of the current key first."""
        said = f"{kind}:{value}".encode()
        return tuple(hmac.new(key.hashing, said, hashlib.sha256).hexdigest()[:32] for key in self._keys.values())


def _aes(key: DataKey, salt: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key.sealing, salt, "sha256"))
