"""The public phone network in small: parties, the lines that they hold, and who stands behind a number."""

from collections.abc import Mapping
from typing import Literal, Protocol

__all__ = ["EndReason", "Exchange", "Line", "Party"]

EndReason = Literal["hung_up", "far_end", "busy", "no_answer", "rejected", "failed"]
"""Why a party's call is over: by itself, by the other side, or because it never came about."""


class Line(Protocol):
    """A party's own end of a call: the handset. Everything is harmless once the call is over."""

    @property
    def headers(self) -> Mapping[str, str]:
        """SIP headers that the call came with."""
        ...

    def pick_up(self) -> None:
        """Take the call that rings."""
        ...

    def decline(self) -> None:
        """Refuse the call that rings: the caller hears that it is busy."""
        ...

    def press(self, tone: str) -> None:
        """Press a key: one of ``0-9 * # A-D``."""
        ...

    def hang_up(self) -> None:
        """End the call, or give up while it rings."""
        ...


class Party(Protocol):
    """Somebody with a phone. All calls come on the event loop and must be quick."""

    @property
    def number(self) -> str:
        """E.164 number."""
        ...

    def ring(self, line: Line) -> None:
        """A call comes in on ``line``."""
        ...

    def connected(self, connection_id: str, sample_rate: int) -> None:
        """The call stands, with PCM of ``sample_rate`` in both directions.

        Called again with the new far end's connection (or ``""``) after a transfer.
        """
        ...

    def speak(self) -> bytes | None:
        """The next 20 ms of what this party says; ``None`` is silence."""
        ...

    def hear(self, pcm: bytes | None) -> None:
        """20 ms of what the other side says; ``None`` is silence. Comes after :meth:`speak` in each tick."""
        ...

    def key(self, tone: str) -> None:
        """The other side pressed a key."""
        ...

    def moved(self, number: str) -> None:
        """The call was handed to somebody else, who is on the line now."""
        ...

    def ended(self, reason: EndReason) -> None:
        """The call is over, or did not come about. Comes once."""
        ...


class Exchange(Protocol):
    """Knows who stands behind a number."""

    def party(self, number: str, *, codec: bool = False) -> Party:
        """The party at ``number``. Unknown numbers have one, too: what it does is the exchange's rule.

        Args:
            codec: what it hears has been through one, so that no sample is the same any more.
        """
        ...
