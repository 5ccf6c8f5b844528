"""Puts numbers on the block list, and takes them off."""

import re
import secrets
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, datetime

from backend.domain.block import Block
from backend.domain.private import Private
from backend.errors import KeyRefused
from backend.ports import BlockBook

__all__ = ["BlockDesk"]

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|8:[!-~]{3,200}")
_BEGINNING = re.compile(r"\+[1-9][0-9]{1,14}")
_WITHHELD = "withheld"


async def _nothing() -> None: ...


class BlockDesk:
    """What operators do with the block list.

    Args:
        book: where it is kept.
        changed: told when it has changed, so that it holds at once.
    """

    def __init__(self, book: BlockBook, changed: Callable[[], Awaitable[None]] = _nothing) -> None:
        self._book = book
        self._changed = changed

    async def list(self, lines: Collection[str] | None = None) -> Sequence[Block]:
        """All blocks, the newest first; for those who are limited to lines only those of their lines."""
        return [block for block in await self._book.list() if lines is None or block.line in lines]

    async def add(self, number: str, *, prefix: bool, line: str, until: datetime | None, why: str, by: str) -> Block:
        """Block a number, all that begin so, or (``withheld``) callers who withhold theirs.

        Raises:
            KeyRefused: it is no number, nothing is said of why, or the block would be over already.
        """
        plain = "" if number == _WITHHELD else re.sub(r"[\s().-]", "", number)
        if number != _WITHHELD and not (_BEGINNING if prefix else _NUMBER).fullmatch(plain):
            what = "the beginning of a number such as +1900" if prefix else "a number such as +18005550123"
            raise KeyRefused(f"number: expected {what}, or {_WITHHELD}")
        reason = " ".join(why.split())
        if not reason:
            raise KeyRefused("why: expected the reason; it is empty")
        now = datetime.now(UTC)
        if until is not None and until <= now:
            raise KeyRefused("until: expected a time in the future")
        block = Block(
            id=secrets.token_hex(6),
            number=Private(plain),
            prefix=prefix and bool(plain),
            line=line,
            until=until,
            why=reason,
            by=by,
            at=now,
        )
        await self._book.add(block)
        await self._changed()
        return block

    async def remove(self, block_id: str, lines: Collection[str] | None = None) -> Block:
        """Take a block off the list; those who are limited to lines only one of theirs.

        Raises:
            KeyRefused: there is none.
        """
        known = next((block for block in await self.list(lines) if block.id == block_id), None)
        removed = await self._book.remove(block_id) if known else None
        if removed is None:
            raise KeyRefused(f"there is no block {block_id[:16]!r}; the list shows their ids")
        await self._changed()
        return removed
