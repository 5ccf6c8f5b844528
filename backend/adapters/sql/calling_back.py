"""Which numbers are being called back: a row for each, that is free again when the call is over."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.moment import utc
from backend.adapters.sql.sealed import number_keys
from backend.adapters.sql.tables import Call, CallingBackRow
from backend.ports import Cipher

__all__ = ["begin_calling_back", "end_calling_back", "is_called_back"]

_UNKNOWN = timedelta(minutes=3)
"""So long a call that is not written down may still be placed or ring: its worker may be gone, or cannot write."""
_KEPT = timedelta(days=1)


async def begin_calling_back(session: AsyncSession, cipher: Cipher, number: str, placed: str) -> bool:
    """From here on this number is called back, by the call with this id. ``False``: it is called back already, by one
    that has not come about yet or goes on, at whichever worker."""
    now = datetime.now(UTC)
    await session.execute(delete(CallingBackRow).where(CallingBackRow.at < now - _KEPT))
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    key = _key(cipher, number)
    first = insert(CallingBackRow).values(number_key=key, call_id=placed, at=now)
    if await session.scalar(first.on_conflict_do_nothing().returning(CallingBackRow.call_id)) is not None:
        return True
    row = await session.get(CallingBackRow, key, with_for_update=True)
    if row is None or await _goes_on(session, row, now):  # none: somebody has just given it up, and may go on
        return False
    row.call_id, row.at = placed, now
    return True


async def end_calling_back(session: AsyncSession, cipher: Cipher, number: str, placed: str) -> None:
    """This call did not come about."""
    mine = (CallingBackRow.number_key == _key(cipher, number), CallingBackRow.call_id == placed)
    await session.execute(delete(CallingBackRow).where(*mine))


def is_called_back(cipher: Cipher, number: str, call_ids: list[str]) -> ColumnElement[bool]:
    """It is this number, or one of these calls."""
    keys = number_keys(cipher, number) or (number,)
    return or_(CallingBackRow.number_key.in_(keys), CallingBackRow.call_id.in_(call_ids))


async def _goes_on(session: AsyncSession, row: CallingBackRow, now: datetime) -> bool:
    call = await session.get(Call, row.call_id)
    return call.outcome is None if call is not None else utc(row.at) > now - _UNKNOWN


def _key(cipher: Cipher, number: str) -> str:
    return (number_keys(cipher, number) or (number,))[0]
