"""What the routes of health tell. Names stay; more may be added."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.ports import HealthPart

__all__ = ["DiagnosticsView", "HealthView", "StatsView"]


class PingView(BaseModel):
    """What came of asking one thing that the server works with."""

    result: str = Field(description="`ok`, `no answer`, or the code of what is wrong.")
    needed: bool = Field(description="Is this worker out of service without it?")
    ms: float


class PartView(BaseModel):
    """How one part of this worker is."""

    name: str
    state: Literal["ok", "degraded", "down"]
    sentence: str = Field(description="What is wrong and what to do; empty when all is well.")
    counts: dict[str, float]


class CheckView(BaseModel):
    """What one deep check found."""

    result: str = Field(description="`ok`, `no answer`, or the code of what is wrong.")
    sentence: str
    ms: float


class HealthView(BaseModel):
    """Health for people."""

    status: Literal["ok", "degraded", "unready"]
    loop_lag_ms: float
    store: dict[str, Any] = Field(description="The live version of the agents, and what is wrong with an edit.")
    ready: bool
    draining: bool
    ways: list[str] = Field(description="By which ways calls come: `acs`, `livekit` or both.")
    pings: dict[str, PingView]
    parts: list[PartView] = Field(description="The parts of this worker, each as it says it is.")
    deep: dict[str, CheckView] | None = Field(default=None, description="With `?deep=1`: what the services say.")

    @classmethod
    def of(
        cls, *, parts: Sequence[HealthPart], pings: Mapping[str, Any], deep: Mapping[str, Any] | None, **rest: Any
    ) -> "HealthView":
        """From what is known."""
        return cls(
            parts=[PartView(name=p.name, state=p.state, sentence=p.sentence, counts=dict(p.counts)) for p in parts],
            pings={name: PingView(**ping) for name, ping in pings.items()},
            deep=None if deep is None else {name: CheckView(**check) for name, check in deep.items()},
            **rest,
        )


class _Figures(BaseModel):
    """Figures that others may be added to."""

    model_config = ConfigDict(extra="allow")


class CallFigures(_Figures):
    """Calls of this worker."""

    live: int = Field(description="Calls in progress.")
    talking: int = Field(description="Of those, with their media socket up.")
    capacity: int = Field(description="MAX_CALLS.")
    taken: int = Field(description="Answered or placed since the start, tests left out.")
    tests: int
    refused: int
    draining: bool
    brought_back: int = Field(description="Media sockets (audio connections) that were opened again.")
    given_up: int = Field(description="Calls that got no media socket.")
    not_stored: int = Field(description="Calls whose session is not in the store now.")


class ChatFigures(_Figures):
    """Chats of this worker."""

    live: int
    capacity: int
    taken: int
    tests: int


class ModelFigures(_Figures):
    """Calls of the model."""

    answers: int
    retries: int
    fallbacks: int
    failures: int


class PhraseFigures(_Figures):
    """Fixed phrases whose sound is kept."""

    kept: int
    hits: int
    misses: int


class LoopFigures(_Figures):
    """How late the event loop was in the last minute, and how much is on it."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    stalls: int
    own_stalls: int
    tasks: int = Field(default=0, description="Tasks of the event loop; they come and go with calls and stay level.")


class StatsView(_Figures):
    """Figures of one worker. Its keys stay; new ones may be added."""

    calls: CallFigures | None = None
    floor: dict[str, Any] | None = Field(default=None, description="Turns, and who took the floor how often.")
    chats: ChatFigures | None = None
    workers: dict[str, Any] | None = Field(default=None, description="This worker and the others with their load.")
    speech: dict[str, Any] | None = Field(default=None, description="The pools of recognizers and voices.")
    model: ModelFigures | None = None
    lines: PhraseFigures | None = None
    loop: LoopFigures | None = None
    gate: dict[str, Any] | None = Field(default=None, description="Callers turned away, blocks, and cost of 24 hours.")
    loop_lag_ms: float


class DiagnosticsView(BaseModel):
    """What a report of a fault needs of a running worker."""

    worker: str = ""
    version: str = ""
    log: list[str] = Field(default_factory=list, description="The last lines, the oldest first.")
    events: dict[str, int] = Field(default_factory=dict, description="How often each event was logged.")
