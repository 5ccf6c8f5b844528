"""Looking for claims, with what their calls say of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from backend.adapters.sql.claim_book import claim_record
from backend.adapters.sql.database import Database
from backend.adapters.sql.search import call_is_over, of_agent, of_caller, older_than
from backend.adapters.sql.tables import Call, Claim
from backend.domain.search import FILED_CLAIMS, ClaimQuery, ClaimStatus, FoundClaim, Totals
from backend.ports import Cipher

__all__ = ["SqlClaimSearch"]

_OF_CALL = Call.call_id == Claim.call_id
_TEST = func.coalesce(Call.test, False)
"""A claim of a call that nobody knows of is taken for a real one."""


class SqlClaimSearch:
    """``ClaimSearch`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(
        self, query: ClaimQuery = FILED_CLAIMS, *, limit: int = 50, before: datetime | None = None, before_id: str = ""
    ) -> Sequence[FoundClaim]:
        """Claims, the newest first."""
        moment = _moment(query.status)
        wanted = list(_conditions(query, self._database.cipher))
        if before is not None:
            wanted.append(older_than(moment, Claim.call_id, before, before_id))
        found = _found().where(*wanted).order_by(moment.desc(), Claim.call_id.desc()).limit(limit)
        async with self._database.reading() as session:
            return [self._claim(*row) for row in await session.execute(found)]

    async def count(self, query: ClaimQuery = FILED_CLAIMS) -> Totals:
        """How many there are of them, on all pages."""
        tests = func.coalesce(func.sum(case((_TEST, 1), else_=0)), 0)
        counted = (
            select(func.count(), tests)
            .select_from(Claim)
            .outerjoin(Call, _OF_CALL)
            .where(*_conditions(query, self._database.cipher))
        )
        async with self._database.reading() as session:
            count, of_tests = (await session.execute(counted)).one()
        return Totals(count - of_tests, of_tests)

    async def find(self, name: str) -> FoundClaim | None:
        """The claim of this number, or of the call of this id."""
        async with self._database.reading() as session:
            named = _found().where(or_(Claim.claim_id == name, Claim.call_id == name)).limit(1)
            row = (await session.execute(named)).first()
            return self._claim(*row) if row else None

    def _claim(self, claim: Claim, line: str, test: bool, broken_off: bool) -> FoundClaim:
        return FoundClaim(claim_record(claim, self._database), line, bool(test), bool(broken_off))


def _found() -> Select[Claim, str, bool, bool]:
    broken_off = and_(Claim.status == "draft", call_is_over())
    return select(Claim, func.coalesce(Call.line, ""), _TEST, broken_off).outerjoin(Call, _OF_CALL)


def _moment(status: ClaimStatus) -> Any:
    """What is looked for by a column of its own is found by an index."""
    if status == "filed":
        return Claim.filed_at
    return func.coalesce(Claim.filed_at, Claim.updated_at) if status == "any" else Claim.updated_at


def _conditions(query: ClaimQuery, cipher: Cipher) -> Iterator[ColumnElement[bool]]:
    moment = _moment(query.status)
    if query.status != "any":
        yield Claim.status == ("filed" if query.status == "filed" else "draft")
    if query.status == "broken_off":
        yield call_is_over()
    if query.since is not None:
        yield moment >= query.since
    if query.until is not None:
        yield moment < query.until
    if query.policy_id:
        yield Claim.policy_id == query.policy_id
    if query.verified is not None:
        yield Claim.verified.is_(query.verified)
    yield from _of_call(query, cipher)


def _of_call(query: ClaimQuery, cipher: Cipher) -> Iterator[ColumnElement[bool]]:
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
