"""How a part of the server says how it is: one sentence for people, counts for graphs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["DeepCheck", "HealthPart", "HealthSource", "HealthState"]

HealthState = Literal["ok", "degraded", "down"]
"""``degraded``: calls go on without it, or with less of it. ``down``: it does none of its work."""


@dataclass(frozen=True, slots=True)
class HealthPart:
    """One part of the server, as far as is known now.

    A change of ``state`` is logged once, shown in ``GET /api/v1/health`` and in the metric
    ``ringmaster.health``; each count becomes a metric of its own. So neither the sentence nor the
    names of counts hold anything of a caller.
    """

    name: str
    """Short and stable: ``redis``, ``spool``, ``recognizer``."""
    state: HealthState = "ok"
    sentence: str = ""
    """What is wrong and what to do about it, in plain English; empty when all is well."""
    counts: Mapping[str, int | float] = field(default_factory=dict[str, int | float])
    """Figures of it: entries that wait, entries that were dropped. Names are stable too."""


HealthSource = Callable[[], HealthPart]
"""Says how a part is from what is known already: it is asked every second, on the event loop, and never waits."""


@dataclass(frozen=True, slots=True)
class DeepCheck:
    """Something that is asked of the outside world, for people only and never by a probe."""

    name: str
    ask: Callable[[], Awaitable[str]]
    """Gives a sentence of what was found. Raises what is wrong; it is given a limit by whoever asks."""
