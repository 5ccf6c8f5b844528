"""Entries of one worker that wait, in order: in memory, and on shelves that outlive the process."""

from collections import Counter, deque
from collections.abc import Sequence

import msgspec

from backend.domain.entry import Entry, Kept
from backend.ports import Shelf

__all__ = ["Backlog"]

_PAGE = 200


class Backlog:
    """What waits. Each entry lies in memory while there is room, and on the first shelf that takes it.

    What has no room in memory lies on a shelf alone; as long as there is such, nothing passes it.

    Args:
        shelves: the best one first.
        entries: so many in memory.
        megabytes: so much in memory.
    """

    def __init__(self, shelves: Sequence[Shelf], entries: int, megabytes: int) -> None:
        self._shelves = shelves
        self._most = entries
        self._most_bytes = megabytes << 20
        self._memory: deque[tuple[Entry, int]] = deque()  # with their sizes, the oldest first
        self._bytes = 0
        self._lying: dict[int, Shelf] = {}  # entries of memory that lie on a shelf too
        self._beyond: Counter[str] = Counter()  # how many lie on a shelf only, by its name
        self._last = 0
        self._calls: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._memory) + self._beyond.total()

    def has(self, call_id: str) -> bool:
        """Does something of this call wait?"""
        return self._calls[call_id] > 0

    @property
    def first(self) -> Entry | None:
        """The oldest one in memory."""
        return self._memory[0][0] if self._memory else None

    @property
    def alone(self) -> int:
        """How many live in this process only."""
        return len(self._memory) - len(self._lying)

    def lying(self) -> dict[str, int]:
        """How many lie on each shelf."""
        found = Counter(shelf.name for shelf in self._lying.values()) + self._beyond
        return {shelf.name: found[shelf.name] for shelf in self._shelves}

    async def add(self, entry: Entry) -> Kept:
        """Put one behind all others; ``DROPPED`` where there is no room anywhere."""
        size = len(msgspec.json.encode(entry))
        shelf = await self._lay_down(entry)
        if self._has_room(size):
            self._append(entry, size, shelf)
        elif shelf is not None:
            self._beyond[shelf.name] += 1
            self._calls[entry.call_id] += 1
        else:
            return Kept.DROPPED
        return Kept.WAITING if shelf is None else Kept.LASTING

    async def done(self) -> None:
        """The first one is written."""
        entry, size = self._memory.popleft()
        self._bytes -= size
        self._forget(entry.call_id)
        shelf = self._lying.pop(entry.number, None)
        if shelf is not None:
            await shelf.drop(entry)

    async def read_on(self) -> int:
        """Take into memory what had no room there; gives how many are gone from where they lay.

        Raises:
            Unavailable, SessionLost: a shelf cannot be read now.
        """
        found: dict[int, tuple[Entry, Shelf]] = {}
        for shelf in self._shelves:
            if self._beyond[shelf.name]:
                for entry in await shelf.read(self._last, _PAGE):
                    found[entry.number] = (entry, shelf)
        if not found:
            lost = self._beyond.total()
            self._beyond.clear()
            self._calls.clear()
            return lost
        for number in sorted(found)[:_PAGE]:
            entry, shelf = found[number]
            self._beyond[shelf.name] -= 1
            self._forget(entry.call_id)
            self._append(entry, len(msgspec.json.encode(entry)), shelf)
        return 0

    async def lay_down_all(self) -> None:
        """A shelf that is back takes what lives in memory only."""
        for entry, _ in list(self._memory):
            if entry.number not in self._lying:
                shelf = await self._lay_down(entry)
                if shelf is None:
                    return
                self._lying[entry.number] = shelf

    async def _lay_down(self, entry: Entry) -> Shelf | None:
        for shelf in self._shelves:
            if await shelf.put(entry):
                return shelf
        return None

    def _has_room(self, size: int) -> bool:
        if self._beyond.total():
            return False  # those stand before it
        return len(self._memory) < self._most and self._bytes + size <= self._most_bytes

    def _append(self, entry: Entry, size: int, shelf: Shelf | None) -> None:
        self._memory.append((entry, size))
        self._last = entry.number
        self._bytes += size
        self._calls[entry.call_id] += 1
        if shelf is not None:
            self._lying[entry.number] = shelf

    def _forget(self, call_id: str) -> None:
        self._calls[call_id] -= 1
        if self._calls[call_id] <= 0:
            del self._calls[call_id]
