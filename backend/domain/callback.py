"""A caller's wish to be called back."""

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["CallbackWish"]


@dataclass(frozen=True, slots=True)
class CallbackWish:
    """Whom to call back, at which number, and why. One for each call; a later one of the same call replaces it."""

    call_id: str
    line: str
    number: str = field(repr=False)
    """As the caller confirmed it; with the country's code where that is known."""
    name: str = field(repr=False)
    """Empty when it is not known."""
    reason: str = field(repr=False)
    requested_at: datetime
    test: bool = False
    """Was its call a try, so that nobody waits for a call back? Told by the book, which knows the call."""
