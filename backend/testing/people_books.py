"""Keys, blocks and the audit in memory, for tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from backend.domain.api_key import ApiKey
from backend.domain.audit import EVERYTHING, AuditEntry, AuditQuery, KeptEntry
from backend.domain.block import Block
from backend.domain.entry import Entry, audited_in
from backend.errors import KeyRefused
from backend.ports import AuditBook

__all__ = ["AuditWriter", "MemoryAudit", "MemoryBlocks", "MemoryKeys"]


class MemoryKeys:
    """``KeyBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._keys: dict[str, ApiKey] = {}

    async def add(self, key: ApiKey) -> None:
        """Keep a new key, unless two of its name are live."""
        now = datetime.now(UTC)
        if sum(other.name == key.name and other.lives(now) for other in self._keys.values()) >= 2:
            raise KeyRefused(f"two valid keys with the name {key.name} exist already; revoke one of them first")
        self._keys[key.id] = key

    async def list(self) -> Sequence[ApiKey]:
        """Every key, the newest first."""
        return sorted(self._keys.values(), key=lambda key: key.created_at, reverse=True)

    async def end(self, key_id: str, at: datetime) -> ApiKey | None:
        """Let a key end then, unless it ends before."""
        key = self._keys.get(key_id)
        if key is None:
            return None
        if key.ends_at is None or key.ends_at > at:
            self._keys[key_id] = replace(key, ends_at=at)
        return self._keys[key_id]


class MemoryBlocks:
    """``BlockBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self._blocks: dict[str, Block] = {}

    async def add(self, block: Block) -> None:
        """Keep a block."""
        self._blocks[block.id] = block

    async def list(self) -> Sequence[Block]:
        """All of them, the newest first."""
        return sorted(self._blocks.values(), key=lambda block: block.at, reverse=True)

    async def remove(self, block_id: str) -> Block | None:
        """Take one away."""
        return self._blocks.pop(block_id, None)


class AuditWriter:
    """``EntryWriter`` for what people did, into an audit in memory."""

    def __init__(self, book: AuditBook) -> None:
        self._book = book

    async def write(self, entry: Entry) -> None:
        """Write one."""
        await self._book.note(audited_in(entry.body))


class MemoryAudit:
    """``AuditBook`` that forgets when the process ends."""

    def __init__(self) -> None:
        self.entries: list[KeptEntry] = []

    async def note(self, entry: AuditEntry) -> None:
        """Keep an entry."""
        self.entries.append(KeptEntry(len(self.entries) + 1, entry))

    async def list(self, query: AuditQuery = EVERYTHING, *, limit: int = 50, before: int = 0) -> Sequence[KeptEntry]:
        """Entries, the newest first."""
        found = [kept for kept in self.entries if query.fits(kept.entry) and (not before or kept.id < before)]
        return found[::-1][:limit]
