"""What somebody who tries a line sees of their call beyond its words: who speaks, which tools run, what fills in."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from backend.domain.call import CallOutcome, Latencies
from backend.ports.captions import Captions

__all__ = ["CallScreen", "Screened"]


class CallScreen(Captions, Protocol):
    """Shows a call to whoever tries it. Plain functions that neither wait nor raise: what cannot be shown is lost."""

    def agent_is(self, name: str) -> None:
        """This agent speaks with the caller from now on."""
        ...

    def tool(self, turn: int, name: str, *, ok: bool | None) -> None:
        """A tool was called in a turn; ``ok`` says how it ended, ``None`` while it runs."""
        ...

    def form(self, name: str, fields: Mapping[str, Any], status: str, number: str) -> None:
        """What is known of a form by now, the whole of it; secrets are hidden in it. ``number`` once it is filed."""
        ...

    def turn_over(self, turn: int, agent: str, latencies: Latencies, *, interrupted: bool) -> None:
        """A turn is settled: so long the caller waited, if they had said something."""
        ...

    def over(self, outcome: CallOutcome, detail: str) -> None:
        """The call has ended."""
        ...


@runtime_checkable
class Screened(Protocol):
    """A media link whose caller sees the call."""

    @property
    def screen(self) -> CallScreen:
        """Where it is shown."""
        ...
