"""Tokens by which this server shows who it is."""

from typing import Protocol

__all__ = ["TokenSource"]


class TokenSource(Protocol):
    """Gives tokens of one kind; never one that has run out."""

    async def token(self) -> str:
        """A token that is good now. Kept tokens cost nothing; a new one may take seconds.

        Raises:
            Unavailable: nobody gives one.
        """
        ...

    async def close(self) -> None:
        """Give no more of them."""
        ...
