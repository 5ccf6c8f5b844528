"""How a value stands in Redis: JSON, sealed as a whole where there is a key."""

import asyncio
from typing import Generic, TypeVar

import msgspec

from backend.domain.unsealed import Unsealed
from backend.errors import SealBroken, SessionLost
from backend.ports import Cipher

__all__ = ["SealedForm"]

_T = TypeVar("_T")
_LARGE = 64 * 1024
"""Bytes; so much is sealed in a quarter of a millisecond."""
_START = b'{"sealed":'


class _Envelope(msgspec.Struct, omit_defaults=True):
    """What is stored in place of the value. ``version`` is for the script that compares it."""

    sealed: str
    version: int = 0


class SealedForm(Generic[_T]):
    """Writes and reads values of one type. A value in clear, of the time before there was a key, is read as well.

    Args:
        kind: type of the values.
        cipher: what they are sealed with.
    """

    def __init__(self, kind: type[_T], cipher: Cipher | None = None) -> None:
        self._cipher: Cipher = cipher or Unsealed()
        self._encoder = msgspec.json.Encoder()
        self._decoder = msgspec.json.Decoder(kind)
        self._envelopes = msgspec.json.Decoder(_Envelope)

    def encode(self, value: _T, place: str, version: int = 0) -> bytes:
        """A value as it is stored at ``place``; ``version`` is to be seen from outside."""
        return self._sealed(self._encoder.encode(value), place, version)

    async def encoded(self, value: _T, place: str, version: int = 0) -> bytes:
        """The same; a value that takes milliseconds to seal is sealed in a thread, so that no call waits for it."""
        body = self._encoder.encode(value)
        if len(body) < _LARGE or not self._cipher.key_id:
            return self._sealed(body, place, version)
        return await asyncio.to_thread(self._sealed, body, place, version)

    def _sealed(self, body: bytes, place: str, version: int) -> bytes:
        if not self._cipher.key_id:
            return body
        return msgspec.json.encode(_Envelope(self._cipher.seal(body, place).decode(), version))

    def decode(self, stored: bytes, place: str) -> _T:
        """The value that is stored at ``place``.

        Raises:
            SessionLost: it is none, or does not open.
        """
        try:
            if stored.startswith(_START):
                stored = self._cipher.open(self._envelopes.decode(stored).sealed.encode(), place)
            return self._decoder.decode(stored)
        except (msgspec.DecodeError, SealBroken) as error:
            raise SessionLost(f"what is stored cannot be read: {type(error).__name__}") from error
