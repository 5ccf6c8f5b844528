"""What keeps a version from going live at this worker: the gate, and files on disk that wait for it."""

from backend.agents.edit import Edit
from backend.agents.release_gate import ReleaseGate, demands_rehearsals
from backend.agents.store import AgentStore
from backend.agents.store_check import StoreCheck
from backend.agents.version_log import VersionLog
from backend.errors import NotRehearsed, StoreError

__all__ = ["Releasing"]


class Releasing:
    """Lets versions go live.

    Args:
        gate: says which may; ``None``: all that pass the check.
        log: knows which were live before: those always may.
        check: is told of what was refused.
    """

    def __init__(self, gate: ReleaseGate | None, log: VersionLog, check: StoreCheck) -> None:
        self._gate, self._log, self._check = gate, log, check
        self.held = ""
        """The version on disk that waits for its rehearsals; it is tried again at each look."""

    async def require(self, before: AgentStore, after: AgentStore, edit: Edit) -> None:
        """Let a version go live in the place of another.

        Raises:
            NotRehearsed: a line demands what it has not passed.
            Unavailable: nobody can tell now.
        """
        if self._gate is not None and not await self._log.was_live(after.version):
            await self._gate.require(before, after, edit.actor, edit.override)

    async def allows(self, before: AgentStore, disk: AgentStore) -> bool:
        """May what is on disk go live? If not it waits, which operators are told once."""
        try:
            await self.require(before, disk, Edit({}, "disk"))
        except NotRehearsed as error:
            if self.held != disk.version:
                self._check.reject("disk", StoreError([str(error)]))
            self.held = disk.version
            return False
        self.held = ""
        return True

    async def predecessor(self, agreed: str | None, disk: AgentStore) -> str | None:
        """When nothing is live here yet: the version in whose place the disk would go live, where that may be refused.

        A first start has none, nor has one with a store that demands nothing.
        """
        before = agreed or await self._log.last_live()
        if self._gate is None or before in {None, disk.version}:
            return None
        kept = await self._log.get(before or "")
        demanded = demands_rehearsals(disk.files) or (kept is not None and demands_rehearsals(kept.files))
        return before if demanded else None
