"""How calls went, by the version of the agent store that they had."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.database import Database
from backend.adapters.sql.tables import Call, Turn
from backend.domain.share import VersionFigures

__all__ = ["SqlVersionFigures"]

_WAIT = Turn.latencies["first_frame_ms"].as_float()
"""From the caller's last sound to the first of the answer, as the caller hears it."""


class SqlVersionFigures:
    """``VersionFigureBook`` on SQL. The database counts and sorts, so few rows come of many calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def figures(
        self, versions: Sequence[str], since: datetime, lines: Collection[str] | None = None
    ) -> Mapping[str, VersionFigures]:
        """Of real calls that began since a moment."""
        async with self._database.reading() as session:
            return {version: await _figures(session, _calls(version, since, lines)) for version in versions}


def _calls(version: str, since: datetime, lines: Collection[str] | None) -> ColumnElement[bool]:
    wanted = and_(Call.store_version == version, Call.started_at >= since, Call.test.is_(False))
    return wanted if lines is None else and_(wanted, Call.line.in_(lines))


async def _figures(session: AsyncSession, calls: ColumnElement[bool]) -> VersionFigures:
    found = await session.execute(select(Call.outcome, func.count()).where(calls).group_by(Call.outcome))
    outcomes: dict[str | None, int] = {row[0]: row[1] for row in found.all()}
    live = outcomes.pop(None, 0)
    again = func.coalesce(func.sum(Call.repairs), 0)
    repaired = func.coalesce(func.sum(case((Call.repairs > 0, 1), else_=0)), 0)
    counts = select(func.count(Call.repairs), again, repaired).where(calls)
    counted, repairs, calls_repaired = (await session.execute(counts)).one()
    turns = await session.scalar(_waits(calls, func.count())) or 0
    return VersionFigures(
        calls=sum(outcomes.values()),
        live=live,
        outcomes={str(outcome): count for outcome, count in sorted(outcomes.items(), key=str)},
        turns=turns,
        wait_p50_ms=await _percentile(session, calls, turns, 50),
        wait_p95_ms=await _percentile(session, calls, turns, 95),
        counted=counted,
        repairs=int(repairs or 0),
        repaired=int(calls_repaired or 0),
    )


def _waits(calls: ColumnElement[bool], what: Any) -> Select[Any]:
    return select(what).select_from(Turn).join(Call, Call.call_id == Turn.call_id).where(calls, _WAIT.is_not(None))


async def _percentile(session: AsyncSession, calls: ColumnElement[bool], count: int, percent: int) -> float | None:
    """The smallest wait that is not shorter than ``percent`` of all (nearest rank)."""
    if not count:
        return None
    place = max(0, -(-count * percent // 100) - 1)
    found = await session.scalar(_waits(calls, _WAIT).order_by(_WAIT).offset(place).limit(1))
    return None if found is None else round(float(found), 1)
