"""What is kept of one caller, and for how long what is kept of all of them stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

__all__ = ["CallerData", "Forgotten", "Remains", "Strays"]

Remains = Literal["words", "calls", "drafts", "cases", "callbacks"]
"""What can be kept for a time of its own. ``words``: what was said in calls that are kept themselves."""

Strays = Literal["calls", "drafts", "cases"]
"""What may be left without the call it came of, so that no line tells how long it stays. ``calls``: what agents did in
it, as the audit has it."""


@dataclass(frozen=True, slots=True)
class CallerData:
    """Everything that is kept of a number, as JSON values, to be handed to whoever has a right to it."""

    calls: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    cases: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    callbacks: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    audit: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    at: datetime | None = None
    waiting: int = 0
    """Entries of any caller that other workers have yet to write: some may be of this one, and are not among these."""
    recordings: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """What there is of each call's recording; its sound is had by ``GET /api/v1/calls/ID/recording/audio``."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a number, and what was not."""

    calls: int = 0
    cases: int = 0
    drafts: int = 0
    callbacks: int = 0
    cases_kept: int = 0
    """Filed cases that stay, without the number they came from."""
    live: int = 0
    """Calls that still go on: forget again when they are over."""
    call_ids: tuple[str, ...] = ()
    """The calls that are gone, for other places that know of them."""
    waiting: int = 0
    """Entries of any caller that other workers have yet to write to the database: some may be of this one."""
    recordings: int = 0
    """Calls whose recording is gone."""
