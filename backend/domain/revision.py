"""A version of the agent store, as it was: for the record, for other workers, and to go back to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Revision"]


@dataclass(frozen=True, slots=True)
class Revision:
    """Everything operations wrote, at one version."""

    version: str
    """Hash of all files."""
    at: datetime
    """When it first went live, in UTC."""
    actor: str
    """Who put it live: ``disk``, ``api``, a name that an editor gave."""
    files: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """Whole texts by name: ``agents/auth.yaml``, ``lines/main.yaml``, ``prompts/shared/manner.jinja``."""
    draft: bool = False
    """Was it only written down, to go live a moment later? Such a version was never live."""
    last_at: datetime | None = None
    """When it last went live, in UTC, where that was not the first time."""
    last_actor: str = ""
    """Who put it live then."""
    note: str = ""
    """Why it first went live, in their words."""
    last_note: str = ""
    """Why it went live then."""
