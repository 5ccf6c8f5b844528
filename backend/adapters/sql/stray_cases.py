"""Cases of a number whose call is not known any more: only what they say tells whose they are."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.database import Database
from backend.adapters.sql.sealed import CASES
from backend.adapters.sql.search import of_number
from backend.adapters.sql.tables import Call, Callback, CaseRow
from backend.errors import SealBroken

__all__ = ["stray_cases_of"]

_AT_ONCE = 500
_STILL_WRITTEN = timedelta(minutes=15)
"""A case that was touched so lately may be of a call that still goes on, whose row waits for the database."""


async def stray_cases_of(
    session: AsyncSession, database: Database, number: str, calls: Sequence[str], *, over: bool = False
) -> list[str]:
    """The ids of their calls. A case is of a number that stands in it, whose wish to be called back came with it, or
    that took it over from an earlier call.

    Args:
        session: reads.
        database: opens what is sealed.
        number: whose cases.
        calls: the known calls of that number.
        over: only those that nobody can still be speaking about.
    """
    theirs, found, after = frozenset(calls), list[str](), ""
    alone = ~exists().where(Call.call_id == CaseRow.call_id)
    wanted = [alone, *([CaseRow.updated_at < datetime.now(UTC) - _STILL_WRITTEN] if over else [])]
    wished = of_number(Callback.number_key, Callback.number, database.cipher, number)
    columns = (CaseRow.call_id, CaseRow.fields, CaseRow.earlier_calls, Callback.call_id)
    strays = select(*columns).outerjoin(Callback, (Callback.call_id == CaseRow.call_id) & wished).where(*wanted)
    while True:
        ids = select(CaseRow.call_id).where(alone, CaseRow.call_id > after).distinct().order_by(CaseRow.call_id)
        part = list(await session.scalars(ids.limit(_AT_ONCE)))
        if not part:
            return found
        of_them = set[str]()
        for call_id, fields, earlier, wish in await session.execute(strays.where(CaseRow.call_id.in_(part))):
            if wish or not theirs.isdisjoint(earlier or ()) or _names(_opened(database, call_id, fields), number):
                of_them.add(call_id)
        found += sorted(of_them)
        after = part[-1]


def _opened(database: Database, call_id: str, fields: Any) -> Any:
    """What a case says; nothing where its key is gone: it is nobody's any more."""
    try:
        return database.seal(CASES, call_id).json_of("fields", fields)
    except SealBroken:
        return None


def _names(value: Any, number: str) -> bool:
    if isinstance(value, Mapping):
        return any(_names(one, number) for one in value.values())
    if isinstance(value, list):
        return any(_names(one, number) for one in value)
    return value == number
