"""Counts by the hour: one row for each hour and line, with all its counts as one text, so that a history of months is
few rows. Whoever adds to one holds it until their transaction is over. Those that are over are put together (``days``).
"""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import msgspec
from sqlalchemy import Table, bindparam, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.call_use import models_of, use_of
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import Call, HourRow
from backend.domain.hour_counts import HourKey, counts_of_call, hour_of

__all__ = ["Counts", "add_counts", "by_kind", "counted", "read_hour", "recount"]

Counts = Counter[tuple[str, str]]
"""By kind and name."""
_rows = msgspec.json.Decoder(dict[str, int])

# Made once, and of the table and not of its class: a session would look for objects of it in every row.
_HOURS = cast(Table, HourRow.__table__)
_HELD: dict[str, Any] = {"index_elements": ["hour", "line"], "set_": {"counts": _HOURS.c.counts}}
_HOLD_POSTGRES = insert_postgresql(_HOURS).on_conflict_do_update(**_HELD).returning(_HOURS.c.counts)
_HOLD_SQLITE = insert_sqlite(_HOURS).on_conflict_do_update(**_HELD).returning(_HOURS.c.counts)
_KEEP = (
    update(_HOURS)
    .where(_HOURS.c.hour == bindparam("at_hour"), _HOURS.c.line == bindparam("of_line"))
    .values(counts=bindparam("counts"))
)


def read_hour(told: str) -> Mapping[str, int]:
    """The counts of one row, as they are stored: kind and name in one word."""
    return _rows.decode(told)


def by_kind(counts: Mapping[str, int]) -> Counts:
    """Counts with kind and name apart."""
    return Counter({_apart(key): count for key, count in counts.items()})


@lru_cache(maxsize=4096)
def _apart(key: str) -> tuple[str, str]:
    """The same few dozen stand in each of thousands of hours."""
    kind, _, name = key.partition(" ")
    return kind, name


async def add_counts(session: AsyncSession, counts: Mapping[HourKey, int]) -> None:
    """Add these to what is there."""
    found: dict[tuple[int, str], Counts] = {}
    for (hour, line, kind, name), count in counts.items():
        if count:
            found.setdefault((hour, line), Counter())[kind, name] += count
    hold = _HOLD_POSTGRES if session.get_bind().dialect.name == "postgresql" else _HOLD_SQLITE
    # In one order, so that workers that add at the same time wait for each other and never in a circle.
    for (hour, line), more in sorted(found.items()):
        # In one statement, so that it is held also where somebody is putting this hour together with others.
        kept = by_kind(read_hour(str(await session.scalar(hold, {"hour": hour, "line": line, "counts": "{}"}))))
        kept.update(more)
        plain = {f"{kind} {name}": count for (kind, name), count in sorted(kept.items()) if count}
        told = msgspec.json.encode(plain).decode()
        await session.execute(_KEEP, {"at_hour": hour, "of_line": line, "counts": told})


async def counted(session: AsyncSession, row: Call | None) -> Counts:
    """What a call has been counted as so far: nothing while it goes on, and nothing where it is a test."""
    if row is None or row.outcome is None or row.test:
        return Counter()
    models = await models_of(session, [row.call_id])
    return Counter(counts_of_call(row.outcome, row.repairs, use_of(row, models.get(row.call_id, {}))))


async def recount(session: AsyncSession, row: Call, before: Counts) -> None:
    """A call was written down again: what it is counted as now takes the place of what it was counted as before."""
    await session.flush()
    change = await counted(session, row)
    change.subtract(before)
    hour = hour_of(utc(row.started_at).timestamp())
    await add_counts(session, {(hour, row.line, kind, name): count for (kind, name), count in change.items()})
