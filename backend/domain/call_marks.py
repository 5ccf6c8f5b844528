"""Which calls are tests: tries of ours, and no caller's."""

from dataclasses import dataclass

from backend.domain.private import Private

__all__ = ["CallMarks"]


@dataclass(frozen=True, slots=True)
class CallMarks:
    """What makes a call a test. No caller can mark a call: it is told by where the calls come from, or by settings."""

    all: bool = False
    """Do all calls come from the local phone?"""
    numbers: frozenset[str] = frozenset()
    """Numbers of our own phones and softphones, as they are written in calls."""

    def is_test(self, number: Private) -> bool:
        """Is a call with this number at the other end a test?"""
        return self.all or number.reveal() in self.numbers
