"""Holds a call's record until a transaction is over: what it is counted as is told from how it stood before."""

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

__all__ = ["hold_call"]


async def hold_call(session: AsyncSession, call_id: str) -> None:
    """Nobody else writes this call down meanwhile, at whichever worker, and also where it is not written down yet.

    To be called before anything of it is read. SQLite has one writer at a time as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = func.hashtextextended(call_id, cast(0, BigInteger))
        await session.execute(select(func.pg_advisory_xact_lock(number)))
