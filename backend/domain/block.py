"""The block list: numbers whose calls are not taken, and nobody is connected with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backend.domain.private import Private

__all__ = ["Block", "blocking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One number, or all numbers with one beginning."""

    id: str
    number: Private
    """Such as +18005550123; a beginning where ``prefix`` says so. Empty: callers who withhold their number."""
    prefix: bool = False
    line: str = ""
    """The line that it is for; empty for all."""
    until: datetime | None = None
    """In UTC; ``None``: until it is taken away."""
    why: str
    by: str
    at: datetime

    def covers(self, number: str, line: str, now: datetime) -> bool:
        """Does it block this number on this line at this moment?"""
        if self.line not in ("", line) or (self.until is not None and now >= self.until):
            return False
        mine = self.number.reveal()
        if not mine:
            return not number.startswith(("+", "8:"))
        return number.startswith(mine) if self.prefix else number == mine


def blocking(blocks: Iterable[Block], number: Private, line: str, now: datetime) -> Block | None:
    """The first block that holds a number back."""
    plain = number.reveal()
    return next((block for block in blocks if block.covers(plain, line, now)), None)
