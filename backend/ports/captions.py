"""What somebody who also has a screen sees of a call, and what they write: an app or a page in a LiveKit room."""

from collections.abc import Callable
from typing import Literal, Protocol, runtime_checkable

__all__ = ["AgentState", "Captioned", "Captions"]

AgentState = Literal["listening", "thinking", "speaking"]
"""What the agent does just now."""


class Captions(Protocol):
    """Shows a call while it is going on. Plain functions that neither wait nor raise: what cannot be shown is lost."""

    @property
    def watched(self) -> bool:
        """Is there anybody who could see it? If not, nothing needs to be told."""
        ...

    def state(self, state: AgentState) -> None:
        """The agent does something else now."""
        ...

    def caller(self, segment: str, text: str, *, final: bool) -> None:
        """The caller is understood to have said this so far; ``final``: and means it. Replaces what ``segment`` was."""
        ...

    def agent(self, segment: str, text: str, *, final: bool) -> None:
        """So much of what the agent says has been heard, to the word; ``final``: no more of it will be."""
        ...

    def on_written(self, told: Callable[[str], None]) -> None:
        """Have what the caller writes told from now on."""
        ...


@runtime_checkable
class Captioned(Protocol):
    """A media link with captions."""

    @property
    def captions(self) -> Captions | None:
        """Where they are shown; ``None`` where nothing can be."""
        ...
