"""Wishes to be called back, kept before the caller is told so."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Callback
from backend.domain.callback import CallbackWish

__all__ = ["SqlCallbackBook"]


class SqlCallbackBook:
    """``CallbackBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, wish: CallbackWish) -> None:
        """One for each call."""
        async with self._database.session() as session:
            await session.merge(
                Callback(
                    call_id=wish.call_id,
                    line=wish.line,
                    number=wish.number,
                    name=wish.name,
                    reason=wish.reason,
                    requested_at=wish.requested_at,
                )
            )

    async def list(self, *, limit: int = 50, line: str | None = None) -> Sequence[CallbackWish]:
        """The newest first."""
        query = select(Callback).order_by(Callback.requested_at.desc(), Callback.call_id).limit(limit)
        if line:
            query = query.where(Callback.line == line)
        async with self._database.reading() as session:
            return [_wish(row) for row in await session.scalars(query)]


def _wish(row: Callback) -> CallbackWish:
    return CallbackWish(row.call_id, row.line, row.number, row.name, row.reason, _aware(row.requested_at))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
