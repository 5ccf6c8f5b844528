"""Seals what is personal before it is stored, and opens it again."""

from typing import Protocol

__all__ = ["Cipher"]


class Cipher(Protocol):
    """Seals what is personal before it is stored, and opens it again.

    A sealed value is ASCII text that names its key, so that several keys can be told apart while one takes the place
    of another. ``bound`` says what the value is and where it stands (table, column and row; a kind of Redis key and
    its id): a value that was moved elsewhere does not open. All of it takes microseconds and may be called on the loop.
    """

    @property
    def key_id(self) -> str:
        """Name of the key that seals now; empty where nothing is sealed."""
        ...

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Names of all keys that can be opened with, the one that seals first."""
        ...

    def seal(self, clear: bytes, bound: str = "") -> bytes:
        """Seal bytes."""
        ...

    def open(self, sealed: bytes, bound: str = "") -> bytes:
        """What was sealed. What never was (it is of the time before there was a key) comes back as it is.

        Raises:
            SealBroken: it was sealed with another key, for another place, or has been changed since.
        """
        ...

    def seal_raw(self, clear: bytes, bound: str = "") -> bytes:
        """Seal bytes as bytes: for what is long, such as sound. Clear bytes must not begin with ``RM1``."""
        ...

    def open_raw(self, sealed: bytes, bound: str = "") -> bytes:
        """What was sealed so. Raises, and lets through what never was sealed, like ``open``."""
        ...

    def hashes(self, value: str, kind: str) -> tuple[str, ...]:
        """Keyed hashes of a value to look it up by, one for each key, that of the key that seals first.

        None where nothing is sealed. ``kind`` keeps a number of one kind from being found as another.
        """
        ...
