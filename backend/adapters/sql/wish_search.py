"""Looking for wishes to be called back, as the cases that they are."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select

from backend.adapters.sql.callback_book import wish_of
from backend.adapters.sql.database import Database
from backend.adapters.sql.search import of_agent, of_caller, of_number, older_than
from backend.adapters.sql.tables import Call, Callback
from backend.domain.callback import CallbackWish, case_of_wish
from backend.domain.search import WISH_STATES, CaseQuery, FoundCase, Totals
from backend.ports import Cipher

__all__ = ["SqlWishSearch"]

_OF_CALL = Call.call_id == Callback.call_id
_TEST = func.coalesce(Call.test, False)
"""A wish of a call that nobody knows of is taken for a real one."""


class SqlWishSearch:
    """``CaseSearch`` among wishes alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(
        self, query: CaseQuery, *, limit: int = 50, before: datetime | None = None, before_id: str = ""
    ) -> Sequence[FoundCase]:
        """Wishes that fit, the newest first."""
        wanted = list(_conditions(query, self._database.cipher))
        if before is not None:
            wanted.append(older_than(Callback.requested_at, Callback.call_id, before, before_id))
        found = select(Callback, _TEST).outerjoin(Call, _OF_CALL).where(*wanted).limit(limit)
        newest = found.order_by(Callback.requested_at.desc(), Callback.call_id.desc())
        async with self._database.reading() as session:
            rows = await session.execute(newest)
            return [_found(wish_of(row, test, self._database)) for row, test in rows]

    async def count(self, query: CaseQuery) -> Totals:
        """How many there are of them."""
        tests = func.coalesce(func.sum(case((_TEST, 1), else_=0)), 0)
        counted = select(func.count(), tests).select_from(Callback).outerjoin(Call, _OF_CALL)
        async with self._database.reading() as session:
            wanted = counted.where(*_conditions(query, self._database.cipher))
            count, of_tests = (await session.execute(wanted)).one()
        return Totals(count - of_tests, of_tests)

    async def find(self, call_id: str) -> FoundCase | None:
        """The wish of one call."""
        one = select(Callback, _TEST).outerjoin(Call, _OF_CALL).where(Callback.call_id == call_id)
        async with self._database.reading() as session:
            row = (await session.execute(one)).first()
            return _found(wish_of(row[0], row[1], self._database)) if row else None


def _found(wish: CallbackWish) -> FoundCase:
    return FoundCase(case_of_wish(wish), wish.line, wish.test, broken_off=False, steps=wish.steps)


def _conditions(query: CaseQuery, cipher: Cipher) -> Iterator[ColumnElement[bool]]:
    if query.status in WISH_STATES:
        yield Callback.state == query.status
    if query.since is not None:
        yield Callback.requested_at >= query.since
    if query.until is not None:
        yield Callback.requested_at < query.until
    yield from _of_whom(query, cipher)
    if query.lines is not None:
        yield Callback.line.in_(query.lines)
    if query.line:
        yield Callback.line == query.line
    if query.agent:
        yield of_agent(query.agent)
    if query.test is not None:
        yield _TEST.is_(query.test)


def _of_whom(query: CaseQuery, cipher: Cipher) -> Iterator[ColumnElement[bool]]:
    if query.subject:
        yield Callback.subject == query.subject
    if query.verified is not None:
        yield Callback.subject != "" if query.verified else Callback.subject == ""
    if query.caller is not None:
        called = of_caller(query.caller, cipher)
        number = query.caller.reveal()
        yield or_(called, of_number(Callback.number_key, Callback.number, cipher, number)) if number else called
