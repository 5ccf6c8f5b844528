"""How a conversation ended."""

from dataclasses import dataclass

from backend.domain.call import CallOutcome

__all__ = ["Ending"]


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome, and for operations a sentence on why."""

    outcome: CallOutcome
    detail: str = ""
    cut_off: bool = False
    """The conversation ended, the call did not: it waits for its media, here or at another worker."""
