"""What a call hands its sound and its notes to, whoever records it."""

from typing import Protocol

from backend.engine.recording.tap import Event

__all__ = ["Segment", "Taken"]


class Taken(Protocol):
    """What is heard and noted of a segment. Nobody waits at it."""

    def sound(self, channel: int, at_s: float, pcm: bytes) -> None:
        """One frame: of the caller, when it has come; of the agent, when it begins to be heard."""
        ...

    def note(self, event: Event) -> None:
        """Something that concerns what was heard."""
        ...


class Segment(Protocol):
    """What is recorded over one media link. Times are in seconds since it began."""

    @property
    def tap(self) -> Taken:
        """Where it is handed over."""
        ...

    def close(self, at_s: float) -> None:
        """It ends here."""
        ...
