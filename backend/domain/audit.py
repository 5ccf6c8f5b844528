"""What people did, for the auditors: who, what, when, before and after. Never a caller's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

__all__ = ["AGENT", "EVERYTHING", "AuditEntry", "AuditQuery", "KeptEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One action."""

    at: datetime
    actor: str
    """Who it was, as we know it and not as they say: ``key:NAME``, ``entra:NAME``, ``local``, ``agent``."""
    action: str
    """What was done: ``calls.place``."""
    target: str = ""
    """What it was done to: the id of a call, the number of a case, a file of the store, a key's name."""
    line: str = ""
    before: str = ""
    """Version, hash or state before; empty where there is none."""
    after: str = ""
    """The same after it."""
    outcome: str = "ok"
    """``ok``, or the code of the error that came of it."""
    note: str = ""
    """What the client said of itself (``X-Actor``). Anybody can write anything there."""
    call_id: str = ""
    """The call in which an agent did it; people's actions have theirs in ``target``."""
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as it is kept. ``id`` grows with each."""

    id: int
    entry: AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries are looked for; what is left out does not matter. All of it must fit."""

    actor: str = ""
    action: str = ""
    """The action, or its beginning up to a full stop: ``calls`` for all that was done to calls."""
    target: str = ""
    call_id: str = ""
    since: datetime | None = None
    """Then or later; in UTC."""
    until: datetime | None = None
    """Before then."""
    people: bool | None = None
    """Only what people did, or only what agents did."""

    def fits(self, entry: AuditEntry) -> bool:
        """Is this one of them?"""
        return (
            self.actor in ("", entry.actor)
            and (not self.action or f"{entry.action}.".startswith(f"{self.action}."))
            and self.target in ("", entry.target)
            and self.call_id in ("", entry.call_id)
            and (self.since is None or entry.at >= self.since)
            and (self.until is None or entry.at < self.until)
            and self.people in (None, entry.actor != AGENT)
        )


AGENT = "agent"
"""Actor of what agents did in a call."""

EVERYTHING = AuditQuery()
