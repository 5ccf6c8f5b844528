"""How it stands with a store: what is live, what is on disk, what was refused."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.agents.files import StoreFiles, version_of
from backend.agents.seeding import Planted
from backend.agents.snapshots import Snapshots

__all__ = ["Note", "Rejected", "Seen", "StoreStatus", "no_note", "status_of"]

Note = Callable[[str, str, Mapping[str, Any]], Awaitable[None]]
"""Tells the auditors: actor, action, detail."""


async def no_note(actor: str, action: str, detail: Mapping[str, Any]) -> None:
    """For stores that nobody audits."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A version that did not pass the check, so that the live one stayed."""

    at: datetime
    origin: str
    """``disk``, or the version that other workers have live."""
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """For operations."""

    version: str
    """What new calls get."""
    since: datetime
    actor: str
    """Who put it live."""
    disk: str
    """The version that this worker's folders hold; another one where an edit waits or the folders are old."""
    rejected: Rejected | None
    """An edit that waits to be put right."""
    note: str
    """One sentence where workers and records do not agree; else empty."""
    warnings: tuple[str, ...] = ()
    """What is better put right in the live version."""
    outdated: bool = False
    """Would the live version be refused, had it not been live before an upgrade?"""
    seed: str = ""
    """One sentence where the image brings another store than the live one, which stays; else empty."""


def status_of(now: Snapshots, planted: Planted | None, disk: str, rejected: Rejected | None, note: str) -> StoreStatus:
    """How it stands with what is live ``now``; the rest as ``StoreStatus`` has it."""
    warnings = now.live.warnings
    return StoreStatus(
        version=now.live.version,
        since=now.since,
        actor=now.actor,
        disk=disk,
        rejected=rejected,
        note=note,
        warnings=tuple(str(warning) for warning in warnings),
        outdated=any(warning.outdated for warning in warnings),
        seed=planted.waits_beside(now.live.version) if planted else "",
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What the disk held when it was last looked at."""

    contents: Mapping[str, str] = field(default_factory=dict[str, str])
    unread: tuple[str, ...] = ("nothing has been read",)
    """What could not be read, in sentences."""

    @classmethod
    def of(cls, files: StoreFiles) -> "Seen":
        """The disk as it was read."""
        return cls(files.contents(), tuple(str(problem) for problem in files.problems))

    @property
    def version(self) -> str:
        """Its version, sound or not."""
        return version_of(self.contents)

    def after(self, writes: Mapping[str, str | None]) -> "Seen":
        """The disk once these files have been written."""
        merged = dict(self.contents) | dict(writes)
        return Seen({name: text for name, text in merged.items() if text is not None}, ())
