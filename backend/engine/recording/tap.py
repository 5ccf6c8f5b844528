"""The way from the media path to the recording thread: a bounded queue that nobody waits at."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.domain.recording import MarkerKind

__all__ = ["AGENT", "BOTH", "CALLER", "Cut", "Event", "Heard", "Hide", "Hold", "Pause", "Resume", "Sound", "Tap"]

CALLER, AGENT = 1, 2
BOTH = CALLER | AGENT
"""Channels, as bits: the caller is left, the agent right."""

_MOST = 3000
"""Entries that may wait: half a minute of both voices. The thread looks every second."""

Sound = tuple[int, float, bytes]
"""Whose frame, when it came or went, and its samples. A bare tuple, because there are a hundred a second."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What the agent was to say after this moment was not heard."""

    at_s: float


@dataclass(frozen=True, slots=True)
class Pause:
    """From here on these channels are not kept."""

    at_s: float
    channels: int = BOTH
    kind: MarkerKind = "paused"


@dataclass(frozen=True, slots=True)
class Resume:
    """Up to here they are not kept."""

    at_s: float
    channels: int = BOTH


@dataclass(frozen=True, slots=True)
class Hide:
    """These channels are not kept between two moments."""

    start_s: float
    end_s: float
    channels: int
    told: bool = True
    """Does it get a marker?"""


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing after this moment is written before it is known whether it may be; ``None``: it is known."""

    from_s: float | None


Event = Cut | Pause | Resume | Hide | Hold
Heard = Sound | Event


@dataclass(slots=True)
class Tap:
    """The queue of one segment. Filled on the event loop, emptied in the recording thread. Times are in seconds since
    the segment began.

    Args:
        most: entries that may wait.
        on_broken: told on the event loop, once, when it has broken off.
    """

    most: int = _MOST
    on_broken: Callable[[], None] = lambda: None
    broken_at_s: float | None = None
    """Where it broke off: nothing is taken after that."""
    closed_at_s: float | None = None
    """Where it ends as it should."""
    latest_s: float = 0.0
    """The newest moment that anything was heard at."""
    _waiting: deque[Heard] = field(default_factory=deque[Heard], repr=False)

    def sound(self, channel: int, at_s: float, pcm: bytes) -> None:
        """One frame: of the caller, when it has come; of the agent, when it begins to be heard."""
        waiting = self._waiting
        if self.broken_at_s is not None:
            return
        if len(waiting) < self.most:
            waiting.append((channel, at_s, pcm))
            self.latest_s = at_s
        else:
            self.breaks(self.latest_s)

    def note(self, event: Event) -> None:
        """Something that concerns what was heard. Never lost: there are few, and what they hide must not be kept."""
        self._waiting.append(event)

    def breaks(self, at_s: float) -> None:
        """It breaks off here. To be called on the event loop."""
        if self.broken_at_s is None:
            self.broken_at_s = at_s
            self.on_broken()

    def take(self) -> list[Heard]:
        """What waits, the oldest first."""
        taken: list[Heard] = []
        waiting = self._waiting
        for _ in range(len(waiting)):  # no more than is there now: it is filled meanwhile
            taken.append(waiting.popleft())
        return taken
