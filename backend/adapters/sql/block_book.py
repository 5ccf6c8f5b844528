"""The block list."""

from collections.abc import Sequence

from sqlalchemy import select

from backend.adapters.sql.database import Database
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import Block as Row
from backend.domain.block import Block
from backend.domain.private import Private

__all__ = ["SqlBlockBook"]


class SqlBlockBook:
    """``BlockBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, block: Block) -> None:
        """Keep a block."""
        seal = self._database.seal("blocks", block.id)
        async with self._database.session() as session:
            session.add(
                Row(
                    id=block.id,
                    number=seal.text("number", block.number.reveal()),
                    prefix=block.prefix,
                    line=block.line,
                    until=block.until,
                    why=seal.text("why", block.why),
                    by=block.by,
                    at=block.at,
                )
            )

    async def list(self) -> Sequence[Block]:
        """All of them, the newest first."""
        async with self._database.reading() as session:
            return [self._block(row) for row in await session.scalars(select(Row).order_by(Row.at.desc(), Row.id))]

    async def remove(self, block_id: str) -> Block | None:
        """Take one away."""
        async with self._database.session() as session:
            row = await session.get(Row, block_id)
            if row is None:
                return None
            await session.delete(row)
            return self._block(row)

    def _block(self, row: Row) -> Block:
        seal = self._database.seal("blocks", row.id)
        return Block(
            id=row.id,
            number=Private(seal.text_of("number", row.number)),
            prefix=row.prefix,
            line=row.line,
            until=None if row.until is None else utc(row.until),
            why=seal.text_of("why", row.why),
            by=row.by,
            at=utc(row.at),
        )
