"""A run: written conversations, or calls of the past, played once against one version of the agent store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = ["RunJob", "RunKind", "RunModel", "RunResult", "RunState", "StoreRun", "WrittenRehearsal"]

RunKind = Literal["rehearsal", "replay"]

RunModel = Literal[
    "line",  # the deployments that the agents of the line name, as callers have them
    "stand_in",  # rules in the run's own process; it does not read the wording of a prompt
]

RunState = Literal[
    "running",
    "done",  # everything was played
    "stopped",  # by a person
    "failed",  # it could not be played; ``detail`` says why
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunJob:
    """What is to be played.

    Attributes:
        files: the whole version, by lasting name.
        names: rehearsals, as ``SUITE/NAME``; ``None``: all of them.
        line: only calls of this line; empty: of every line. For a replay.
        call_ids: the calls of a replay; empty: the ``last`` newest.
    """

    kind: RunKind
    version: str
    model: RunModel
    files: Mapping[str, str] = field(repr=False)
    names: tuple[str, ...] | None = None
    line: str = ""
    call_ids: tuple[str, ...] = ()
    last: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How one conversation or call of a run went."""

    name: str
    """``SUITE/NAME`` of a rehearsal, the call's id in a replay."""
    line: str
    passed: bool
    """Did a rehearsal go as written; does a call go as before?"""
    told: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    """Everything else, as JSON. A replay's holds words of callers."""
    call_id: str = ""
    """The call that was replayed, so that this goes when the call does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRun:
    """One run, as it stands."""

    id: str
    kind: RunKind
    version: str
    """Hash of the whole version that it was played against: nothing else is shown by it."""
    model: RunModel
    names: tuple[str, ...] | None
    """What was asked for; ``None``: everything, so that a run that is ``done`` is complete."""
    actor: str
    started_at: datetime
    state: RunState = "running"
    detail: str = ""
    """One sentence on why it failed."""
    ended_at: datetime | None = None
    total: int | None = None
    """How many conversations or calls it plays; ``None`` until that is known."""
    heard_at: datetime | None = None
    """When its worker last said that it goes on."""
    results: Sequence[RunResult] = ()


@dataclass(frozen=True, slots=True)
class WrittenRehearsal:
    """One rehearsal that can be played."""

    name: str
    """``SUITE/NAME``."""
    title: str
    file: str
    """Its file in the store, such as ``rehearsals/main/late.yaml``; empty: it is of this server (``REHEARSALS``)."""
