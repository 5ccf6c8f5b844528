"""Writes entries where they belong (SQL)."""

from typing import Protocol

from backend.domain.entry import Entry

__all__ = ["EntryWriter"]


class EntryWriter(Protocol):
    """Writes entries where they belong (SQL)."""

    async def write(self, entry: Entry) -> None:
        """Write one; writing it again changes nothing.

        Raises:
            Unavailable: not now.
            ProviderRejected: never, whoever tries.
        """
        ...
