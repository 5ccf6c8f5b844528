"""Looking for cases, wishes to be called back among them, with what their calls say of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from backend.adapters.sql.case_book import case_of
from backend.adapters.sql.database import Database
from backend.adapters.sql.search import call_is_over, of_agent, of_caller, older_than
from backend.adapters.sql.tables import Call, CaseRow
from backend.adapters.sql.wish_search import SqlWishSearch
from backend.domain.callback import CALL_BACK_CASE
from backend.domain.search import FILED_CASES, CaseQuery, FoundCase, Totals, WantedStatus
from backend.ports import Cipher

__all__ = ["SqlCaseSearch"]

_OF_CALL = Call.call_id == CaseRow.call_id
_TEST = func.coalesce(Call.test, False)
"""A case of a call that nobody knows of is taken for a real one."""


class SqlCaseSearch:
    """``CaseSearch`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wishes = SqlWishSearch(database)

    async def list(
        self, query: CaseQuery = FILED_CASES, *, limit: int = 50, before: datetime | None = None, before_id: str = ""
    ) -> Sequence[FoundCase]:
        """Cases and wishes, the newest first."""
        found: list[FoundCase] = []
        if query.of_forms:
            found += await self._taken_down(query, limit, before, before_id)
        if query.wishes:
            found += await self._wishes.list(query, limit=limit, before=before, before_id=before_id)
        return sorted(found, key=lambda one: (one.moment, one.case.call_id), reverse=True)[:limit]

    async def _taken_down(
        self, query: CaseQuery, limit: int, before: datetime | None, before_id: str
    ) -> Sequence[FoundCase]:
        moment = _moment(query.status)
        wanted = list(_conditions(query, self._database.cipher))
        if before is not None:
            wanted.append(older_than(moment, CaseRow.call_id, before, before_id))
        found = _found().where(*wanted).order_by(moment.desc(), CaseRow.call_id.desc()).limit(limit)
        async with self._database.reading() as session:
            return [self._case(*row) for row in await session.execute(found)]

    async def count(self, query: CaseQuery = FILED_CASES) -> Totals:
        """How many there are of them, on all pages."""
        taken_down = await self._count(query) if query.of_forms else Totals()
        return taken_down + (await self._wishes.count(query) if query.wishes else Totals())

    async def _count(self, query: CaseQuery) -> Totals:
        tests = func.coalesce(func.sum(case((_TEST, 1), else_=0)), 0)
        counted = (
            select(func.count(), tests)
            .select_from(CaseRow)
            .outerjoin(Call, _OF_CALL)
            .where(*_conditions(query, self._database.cipher))
        )
        async with self._database.reading() as session:
            count, of_tests = (await session.execute(counted)).one()
        return Totals(count - of_tests, of_tests)

    async def find(self, name: str, form: str = "") -> FoundCase | None:
        """The case of this number, or of the call of this id; a wish where no form took anything down in that call."""
        if form == CALL_BACK_CASE:
            return await self._wishes.find(name)
        of_call = and_(CaseRow.call_id == name, CaseRow.form == form) if form else CaseRow.call_id == name
        async with self._database.reading() as session:
            named = _found().where(or_(CaseRow.number == name, of_call)).order_by(CaseRow.form).limit(1)
            row = (await session.execute(named)).first()
        if row is not None:
            return self._case(*row)
        return None if form else await self._wishes.find(name)

    def _case(self, case: CaseRow, line: str, test: bool, broken_off: bool) -> FoundCase:
        return FoundCase(case_of(case, self._database), line, bool(test), bool(broken_off))


def _found() -> Select[CaseRow, str, bool, bool]:
    broken_off = and_(CaseRow.status == "draft", call_is_over())
    return select(CaseRow, func.coalesce(Call.line, ""), _TEST, broken_off).outerjoin(Call, _OF_CALL)


def _moment(status: WantedStatus) -> Any:
    """What is looked for by a column of its own is found by an index."""
    if status == "filed":
        return CaseRow.filed_at
    return func.coalesce(CaseRow.filed_at, CaseRow.updated_at) if status == "any" else CaseRow.updated_at


def _conditions(query: CaseQuery, cipher: Cipher) -> Iterator[ColumnElement[bool]]:
    moment = _moment(query.status)
    if query.status != "any":
        yield CaseRow.status == ("filed" if query.status == "filed" else "draft")
    if query.status == "broken_off":
        yield call_is_over()
    if query.since is not None:
        yield moment >= query.since
    if query.until is not None:
        yield moment < query.until
    if query.form:
        yield CaseRow.form == query.form
    if query.subject:
        yield CaseRow.subject == query.subject
    if query.verified is not None:
        yield CaseRow.verified.is_(query.verified)
    yield from _of_call(query, cipher)


def _of_call(query: CaseQuery, cipher: Cipher) -> Iterator[ColumnElement[bool]]:
    if query.lines is not None:
        yield Call.line.in_(query.lines)
    if query.line:
        yield Call.line == query.line
    if query.agent:
        yield of_agent(query.agent)
    if query.caller is not None:
        yield of_caller(query.caller, cipher)
    if query.test is not None:
        yield _TEST.is_(query.test)
