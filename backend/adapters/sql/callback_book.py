"""Wishes to be called back, kept before the caller is told so."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import Select, func, select

from backend.adapters.sql.database import Database
from backend.adapters.sql.sealed import number_key
from backend.adapters.sql.search import older_than
from backend.adapters.sql.tables import Call, Callback
from backend.domain.callback import CallbackWish

__all__ = ["SqlCallbackBook"]


_TEST = func.coalesce(Call.test, False)
"""A wish of a call that nobody knows of is taken for a real one."""


class SqlCallbackBook:
    """``CallbackBook`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, wish: CallbackWish) -> None:
        """One for each call."""
        seal = self._database.seal("callbacks", wish.call_id)
        async with self._database.session() as session:
            await session.merge(
                Callback(
                    call_id=wish.call_id,
                    line=wish.line,
                    number=seal.text("number", wish.number),
                    number_key=number_key(self._database.cipher, wish.number),
                    name=seal.text("name", wish.name),
                    reason=seal.text("reason", wish.reason),
                    requested_at=wish.requested_at,
                )
            )

    async def get(self, call_id: str) -> CallbackWish | None:
        """The wish of one call."""
        async with self._database.reading() as session:
            row = (await session.execute(_found().where(Callback.call_id == call_id))).first()
            return self._wish(*row) if row else None

    async def list(
        self,
        *,
        limit: int = 50,
        line: str | None = None,
        test: bool | None = None,
        before: str = "",
        lines: Collection[str] | None = None,
    ) -> Sequence[CallbackWish]:
        """The newest first; ``before`` is the call of the last one seen, ``test`` what its calls are to be."""
        query = _found().order_by(Callback.requested_at.desc(), Callback.call_id.desc()).limit(limit)
        if line:
            query = query.where(Callback.line == line)
        if lines is not None:
            query = query.where(Callback.line.in_(lines))
        if test is not None:
            query = query.where(_TEST.is_(test))
        async with self._database.reading() as session:
            if before and (last := await session.get(Callback, before)):
                query = query.where(older_than(Callback.requested_at, Callback.call_id, last.requested_at, before))
            return [self._wish(row, is_test) for row, is_test in await session.execute(query)]

    def _wish(self, row: Callback, test: bool) -> CallbackWish:
        seal = self._database.seal("callbacks", row.call_id)
        number, name, reason = (seal.text_of(one, getattr(row, one)) for one in ("number", "name", "reason"))
        return CallbackWish(row.call_id, row.line, number, name, reason, _aware(row.requested_at), bool(test))


def _found() -> Select[Callback, bool]:
    return select(Callback, _TEST).outerjoin(Call, Call.call_id == Callback.call_id)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
