"""The version that new calls get, and those that it took the place of."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime

from backend.agents.store import AgentStore

__all__ = ["Snapshots"]

log = logging.getLogger(__name__)

_KEPT = 8
_TOLD = 20
"""Warnings of one version that are logged."""


class Snapshots:
    """One after another is live; a few of the earlier ones are kept for calls that come from another worker."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, AgentStore] = OrderedDict()
        self._live: AgentStore | None = None
        self.since, self.actor = datetime.now(UTC), ""
        """When the live one took its place, and by whom."""
        self.on_live: list[Callable[[AgentStore], None]] = []
        """Called with each new version, on the event loop, before a call can get it."""

    @property
    def live(self) -> AgentStore:
        """What new calls get. There is one after the first ``put``."""
        assert self._live is not None
        return self._live

    def get(self, version: str) -> AgentStore | None:
        """A version that was live not long ago."""
        return self._kept.get(version)

    def put(self, store: AgentStore, actor: str) -> None:
        """Make this one live."""
        if self._live is not None and store.version == self._live.version:
            return
        for tell in self.on_live:
            tell(store)
        self._live, self.since, self.actor = store, datetime.now(UTC), actor
        self._kept[store.version] = store
        self._kept.move_to_end(store.version)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        log.info(
            "agent store version is live",
            extra={"event": "store.live", "version": store.version, "agents": len(store.agents), "actor": actor},
        )
        for warning in store.warnings[:_TOLD]:
            log.warning(
                "the live store has a warning",
                extra={"event": "store.warning", "version": store.version, "warning": str(warning)},
            )
