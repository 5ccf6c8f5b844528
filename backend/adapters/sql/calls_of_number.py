"""All calls of one number: those that came from it, and those that were placed to it."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.database import Database
from backend.adapters.sql.search import of_other_side
from backend.adapters.sql.tables import Call
from backend.errors import SealBroken

__all__ = ["calls_of_number"]

_PLACED_BEFORE = (Call.direction == "outbound", Call.caller_key == "", Call.called != "")
"""Written down when placed calls were found by no number."""


async def calls_of_number(session: AsyncSession, database: Database, number: str) -> ColumnElement[bool]:
    """What holds of them. Of earlier versions' placed calls the number is opened, which a search would not wait for."""
    theirs = of_other_side(number, database.cipher)
    if not database.cipher.key_id:
        return theirs
    placed = await session.execute(select(Call.call_id, Call.called).where(*_PLACED_BEFORE))
    earlier = [call_id for call_id, called in placed if _opened(database, call_id, called) == number]
    return or_(theirs, Call.call_id.in_(earlier)) if earlier else theirs


def _opened(database: Database, call_id: str, called: str) -> str:
    """The number; nothing where its key is gone: it is nobody's any more, and keeps nobody else's from being found."""
    try:
        return database.seal("calls", call_id).text_of("called", called)
    except SealBroken:
        return ""
