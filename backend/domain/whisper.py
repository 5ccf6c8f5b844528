"""What a supervisor tells an agent in confidence, during a call."""

import msgspec

__all__ = ["LONGEST_WHISPER", "Whisper"]

LONGEST_WHISPER = 500
"""Letters; it is read in the middle of a conversation."""


class Whisper(msgspec.Struct, kw_only=True):
    """One of them.

    Attributes:
        text: what the agent is told.
        by: who tells it, as the audit names them.
        shown: in so many turns the model has had it before it and said nothing of its own.
    """

    text: str
    by: str
    shown: int = 0

    def __repr__(self) -> str:
        return f"Whisper(by={self.by!r})"
