"""What the parts of a conversation ask of it."""

from typing import Protocol

from backend.domain.call import CallOutcome
from backend.domain.tool import Directive

__all__ = ["Conversing"]


class Conversing(Protocol):
    """Whoever decides who has the floor. Its parts say what they have to say, and give the floor back."""

    def interrupt(self) -> None:
        """Stop what is being said. What the caller heard of it is kept, the rest is dropped."""
        ...

    def go_on(self, directive: Directive | None) -> None:
        """Something has been said: do what it asks for, answer what was said meanwhile, or wait for the caller."""
        ...

    def consider_end(self) -> None:
        """Words of the caller wait again: have they finished?"""
        ...

    def end(self, outcome: CallOutcome, detail: str = "") -> None:
        """End it at once."""
        ...
