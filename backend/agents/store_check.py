"""Checks whole versions of a store, and remembers the one that did not pass."""

import asyncio
import logging
from datetime import UTC, datetime

from backend.agents.files import StoreFiles, version_of
from backend.agents.problem import Problem
from backend.agents.status import Rejected
from backend.agents.store import AgentStore, build_store
from backend.agents.version_log import VersionLog
from backend.domain.tool import ToolNames
from backend.errors import StoreError
from backend.language.ready import make_ready

__all__ = ["StoreCheck"]

log = logging.getLogger(__name__)

_DISK = "disk"


class StoreCheck:
    """Makes stores of files, where they pass.

    Args:
        tools: what agents may use.
        versions: knows which versions were live.
    """

    def __init__(self, tools: ToolNames, versions: VersionLog) -> None:
        self._tools, self._versions = tools, versions
        self.rejected: Rejected | None = None
        """What did not pass, and is to be put right."""

    async def build(self, files: StoreFiles) -> AgentStore:
        """Check it all, and load its languages. What only an earlier Ringmaster let pass is a warning where this very
        version was live.

        Raises:
            StoreError: with everything that is wrong.
        """
        try:
            return await asyncio.to_thread(_built, files, self._tools)
        except StoreError as error:
            if not all(isinstance(fault, Problem) and fault.outdated for fault in error.details):
                raise
            if not await self._versions.was_live(version_of(files.contents())):
                raise
        return await asyncio.to_thread(_built, files, self._tools, was_live=True)

    @property
    def edit_waits(self) -> bool:
        """Is there an edit on disk that somebody has yet to put right?"""
        return self.rejected is not None and self.rejected.origin == _DISK

    def refused(self, version: str) -> bool:
        """Did this version, which the others have, not pass here?"""
        return self.rejected is not None and self.rejected.origin == version

    def passed_again(self) -> None:
        """What the others have passes; an edit on disk that waits goes on waiting."""
        if not self.edit_waits:
            self.rejected = None

    def taken_back(self, version: str) -> None:
        """What is live stands on the disk again: nothing waits to be put right any more. Tells operators, to whom the
        edit was reported."""
        if self.edit_waits:
            log.info(
                "the agent store on disk is the live version again; the rejected edit is gone",
                extra={"event": "store.taken_back", "version": version},
            )
        self.rejected = None

    def reject(self, origin: str, error: StoreError) -> None:
        """Remember what did not pass, and tell operators. ``origin``: ``disk``, or the version that others have."""
        self.rejected = Rejected(datetime.now(UTC), origin, tuple(error.problems))
        log.error(
            "agent store edit rejected; the live version stays",
            extra={
                "event": "store.refused",
                "origin": origin,
                "problems": len(error.problems),
                "first": error.problems[0],
            },
        )


def _built(files: StoreFiles, tools: ToolNames, *, was_live: bool = False) -> AgentStore:
    """The store, with all languages that its calls may need: the first such call would have to wait for them."""
    store = build_store(files, tools, was_live=was_live)
    make_ready(store.languages)
    return store
