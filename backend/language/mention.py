"""Something in an answer that may be its value."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a value, or narrow it.

    Two mentions agree on what both allow: "nine" allows 09:00 and 21:00, "in the evening" any time of the evening,
    both together 21:00; "friday the twelfth" has nothing that both allow where the twelfth was no Friday.
    """

    start: int
    end: int
    """Place of its first word, and the place behind its last."""
    values: tuple[Any, ...] = field(default=(), repr=False)
    """What it means when it stands alone, the likeliest first; none when it only narrows ("last week")."""
    wider: Collection[Any] = field(default=(), repr=False)
    """What else it allows where another mention says so."""
    why: str = ""
    """Why it is in doubt where no other mention decides: in a few words for an operator."""
    doubtful: bool = False
    """In doubt whatever else was said."""

    def allows(self, value: Any) -> bool:
        """May this be meant?"""
        return value in self.values or value in self.wider
