"""Where recordings are kept: a folder, or a container of Azure Blob Storage. It sees what is sealed already."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.recording import SegmentName

__all__ = ["RecordingStore"]


class RecordingStore(Protocol):
    """Where recordings are kept: a folder, or a container of Azure Blob Storage. It sees what is sealed already.

    A segment only ever grows: what was appended can be read, whatever becomes of whoever writes it. All of it is
    called on the event loop of the recording thread, never on that of the calls, so a file may be waited for. Each
    method raises ``Unavailable`` where the disk is full or the service cannot be reached.
    """

    async def begin(self, segment: SegmentName) -> None:
        """Make an empty segment."""
        ...

    async def append(self, segment: SegmentName, data: bytes) -> None:
        """Add to its end, whole or not at all."""
        ...

    async def segments(self, call_id: str) -> Sequence[SegmentName]:
        """What there is of a call, in order of time."""
        ...

    async def size(self, segment: SegmentName) -> int:
        """Its length in bytes; 0 where there is none."""
        ...

    async def read(self, segment: SegmentName, start: int, length: int) -> bytes:
        """A stretch of it; less where it ends before."""
        ...

    async def delete(self, call_id: str) -> int:
        """Delete everything of a call; gives how many segments that were."""
        ...

    async def check(self) -> None:
        """Can something be written now?"""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
