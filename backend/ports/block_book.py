"""The block list."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.block import Block

__all__ = ["BlockBook"]


class BlockBook(Protocol):
    """Numbers whose calls are not taken."""

    async def add(self, block: Block) -> None:
        """Keep a block."""
        ...

    async def list(self) -> Sequence[Block]:
        """All of them, the newest first; those that have ended, too."""
        ...

    async def remove(self, block_id: str) -> Block | None:
        """Take one away; gives it, ``None`` where there is none."""
        ...
