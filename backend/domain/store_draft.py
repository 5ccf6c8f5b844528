"""What one person has changed in the agent store and not put live: kept as it stands, sound or not."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["StoreDraft"]


@dataclass(frozen=True, slots=True)
class StoreDraft:
    """One person's draft. Each has one at most."""

    owner: str
    """Whose it is, as the audit calls them."""
    base: str
    """The version that it was begun from."""
    at: datetime
    """When it was last changed, in UTC."""
    files: Mapping[str, str | None] = field(default_factory=dict[str, str | None], repr=False)
    """New texts by lasting name; ``None`` takes a file away."""

    @property
    def stamp(self) -> str:
        """A hash of what is in it: another one means that it has changed since it was read."""
        content = json.dumps([self.base, dict(self.files)], sort_keys=True)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
