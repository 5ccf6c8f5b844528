"""How many calls a replica carries and what a call takes: computed from what was measured, not measured itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.prices import Used

__all__ = [
    "CLAIM",
    "DEFAULT_QUOTAS",
    "MEASURED",
    "CallShape",
    "Limit",
    "Measured",
    "Quotas",
    "Replica",
    "first_limit",
]

_MINUTE_S = 60.0
_GIB_MB = 1024.0

_BUSY = 0.75
"""Share of its cores that a replica may use: beyond it frames wait for one another, and callers hear gaps."""

_LOOP_BUSY = 0.6
"""Share of a core that an event loop may use. Turns come in bursts, and no second core helps a loop."""

_MEMORY_FULL = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What calls take on one machine. Yours differs: put its figures in their place."""

    date: str
    machine: str
    loop_s: float
    """Processor seconds of the event loop for a minute of a call."""
    threads_s: float
    """Processor seconds of the Speech SDK's threads and of all others for a minute of a call."""
    idle_mb: float
    """Memory of a worker without a call."""
    call_mb: float
    """Memory of a further call."""
    idle_threads: int
    call_threads: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShape:
    """What a call is like."""

    minutes: float
    turns_a_minute: float
    tokens_read: float
    """By the model in a turn, all its rounds together."""
    tokens_written: float
    characters: float
    """Said by the agent in a turn."""
    syntheses: float
    """In a turn: a clause first, then the rest."""

    def used(self, measured: Measured) -> Used:
        """What one call takes of everything that has a price."""
        turns = self.minutes * self.turns_a_minute
        return Used(
            phone_minutes=self.minutes,
            recognized_minutes=self.minutes,
            voice_characters=turns * self.characters,
            tokens_read=turns * self.tokens_read,
            tokens_written=turns * self.tokens_written,
            core_seconds=self.minutes * (measured.loop_s + measured.threads_s),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """What the services allow all replicas together."""

    recognitions: int
    """At once."""
    syntheses_a_second: int
    tokens_a_minute: int

    def limits(self, call: CallShape) -> list["Limit"]:
        """Calls at once that each of them bears."""
        tokens = call.turns_a_minute * (call.tokens_read + call.tokens_written)
        syntheses = call.turns_a_minute * call.syntheses / _MINUTE_S
        return [
            Limit("recognitions at once", self.recognitions),
            Limit("syntheses a second", int(self.syntheses_a_second / syntheses)),
            Limit("the model's tokens a minute", int(self.tokens_a_minute / tokens)),
        ]


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that bears so many calls at once and no more."""

    name: str
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replica:
    """One container: a worker for each core."""

    cores: int
    memory_gib: float

    def limits(self, measured: Measured) -> list[Limit]:
        """Calls at once that each part of it bears."""
        processor = _BUSY * self.cores * _MINUTE_S / (measured.loop_s + measured.threads_s)
        loops = self.cores * _LOOP_BUSY * _MINUTE_S / measured.loop_s
        free_mb = self.memory_gib * _GIB_MB * _MEMORY_FULL - self.cores * measured.idle_mb
        return [
            Limit("processor", int(processor)),
            Limit("event loops", int(loops)),
            Limit("memory", max(0, int(free_mb / measured.call_mb))),
        ]

    def threads(self, calls: int, measured: Measured) -> int:
        """Threads with so many calls: a container's limit on processes counts them."""
        return round(self.cores * measured.idle_threads + calls * measured.call_threads)


def first_limit(limits: Sequence[Limit]) -> Limit:
    """The one that is reached first."""
    return min(limits, key=lambda limit: limit.calls)


MEASURED = Measured(
    date="2026-11-28",
    machine=(
        "2 cores of AMD EPYC, Python 3.11.7, with the local Azure beside the server; 20 calls for 20 s, "
        "medians of 3; others kept 0 % of a core busy"
    ),
    loop_s=0.57,
    threads_s=0.85,
    idle_mb=265.0,
    call_mb=1.4,
    idle_threads=74,
    call_threads=3.5,
)
"""What ``make capacity`` measured last; it writes this, docs/capacity.md and its sentence in docs/benchmarks.md."""

CLAIM = CallShape(
    minutes=4.0, turns_a_minute=5.0, tokens_read=4500.0, tokens_written=60.0, characters=160.0, syntheses=2.0
)
"""A report of the demo line. Tokens: the requests of its rehearsals, four characters a token."""

DEFAULT_QUOTAS = Quotas(recognitions=100, syntheses_a_second=200, tokens_a_minute=100_000)
"""Azure Speech's for a standard resource (more is asked for by ticket), and what ``infra/models.json`` deploys."""
