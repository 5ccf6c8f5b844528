"""Secrets of callers under a keyed hash: they can be compared with a book, and not be read."""

import hashlib
import hmac
import secrets

__all__ = ["Veil"]

_MARK = "veiled:"


class Veil:
    """Veils what one caller has said, so that a call that goes on elsewhere need not ask for it again.

    Args:
        key: the same in all workers, and not where veiled values are; made anew when left out.
    """

    def __init__(self, key: bytes = b"") -> None:
        self._key = key or secrets.token_bytes(32)

    def over(self, call_id: str, part: str, value: str) -> str:
        """A value under a veil, which is another one in each call and for each part."""
        if self.covers(value):
            return value
        said = f"{call_id}:{part}:{value}".encode()
        return _MARK + hmac.new(self._key, said, hashlib.sha256).hexdigest()

    @staticmethod
    def covers(value: str) -> bool:
        """Is it veiled?"""
        return value.startswith(_MARK)
