"""Books: where records of people are looked up, read only."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from backend.domain.book_spec import BookRecord, DeclaredBook

__all__ = ["Book", "Books"]


class Book(Protocol):
    """One book.

    Raises:
        Unavailable, TimedOut, ProtocolError: it cannot be reached, or holds something else.
    """

    async def find(self, exact: Mapping[str, str]) -> Sequence[BookRecord]:
        """Every record that any of these values points to, by field; a book may give more, and is compared later."""
        ...

    async def get(self, record: str) -> BookRecord | None:
        """One record by its id."""
        ...

    async def hashed(self, value: str) -> str:
        """A value as the book holds its secrets; empty where it holds them plain."""
        ...

    async def takes_veiled(self) -> bool:
        """Can a value be compared with it that is only known under a veil?"""
        ...


class Books(Protocol):
    """All books that stores declare."""

    def open(self, book: DeclaredBook) -> Book:
        """A book; it is reached when it is first used."""
        ...
