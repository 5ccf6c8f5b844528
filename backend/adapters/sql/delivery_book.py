"""What is to be told of cases: taken by whoever tells it, and kept until it is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from backend.adapters.sql.case_search import SqlCaseSearch
from backend.adapters.sql.database import Database
from backend.adapters.sql.moment import utc
from backend.adapters.sql.tables import Call, Delivery
from backend.domain.case_delivery import CaseDelivery, DeliveryEvent, DeliveryState
from backend.domain.search import FoundCase

__all__ = ["SqlCaseDeliveries"]

_LONGEST_FAULT = 200
_FARTHEST = timedelta(hours=24)
"""Nothing is put off for longer. What seems to be was put off by a clock that was ahead, and waits for nothing."""


class SqlCaseDeliveries:
    """``CaseDeliveries`` on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cases = SqlCaseSearch(database)

    async def due(self, now: datetime, until: datetime, limit: int) -> Sequence[CaseDelivery]:
        """Take some; whoever looks at the same moment passes over them."""
        come = or_(Delivery.next_at <= now, Delivery.next_at > now + _FARTHEST)
        waiting = select(Delivery).where(Delivery.state == "waiting", come)
        some = waiting.order_by(Delivery.next_at).limit(limit).with_for_update(skip_locked=True)
        taken: list[CaseDelivery] = []
        async with self._database.reading() as session:
            if (await session.execute(waiting.with_only_columns(Delivery.id).limit(1))).first() is None:
                return []  # nearly always: nothing is locked, and nothing is written
        async with self._database.session() as session:
            for row in await session.scalars(some):
                mine = update(Delivery).where(Delivery.id == row.id, Delivery.next_at == row.next_at)
                done = await session.execute(mine.values(next_at=until).returning(Delivery.id))
                if done.first() is not None:
                    taken.append(_of(row, ""))
        return taken

    async def case_of(self, delivery: CaseDelivery) -> FoundCase | None:
        """The case of one as it stands."""
        return await self._cases.find(delivery.call_id, delivery.form)

    async def settle(self, delivery: CaseDelivery) -> None:
        """Note how it stands."""
        values = {"state": delivery.state, "tries": delivery.tries, "next_at": delivery.next_at}
        one = update(Delivery).where(Delivery.id == delivery.id)
        async with self._database.session() as session:
            await session.execute(one.values(**values, fault=delivery.fault[:_LONGEST_FAULT]))

    async def drop(self, delivery_id: str) -> None:
        """Forget one."""
        async with self._database.session() as session:
            await session.execute(delete(Delivery).where(Delivery.id == delivery_id))

    async def counts(self) -> Mapping[DeliveryState, int]:
        """How many there are."""
        counted = select(Delivery.state, func.count()).group_by(Delivery.state)
        async with self._database.reading() as session:
            return {_state(state): count for state, count in await session.execute(counted)}

    async def list(
        self, state: DeliveryState, *, limit: int = 50, lines: frozenset[str] | None = None
    ) -> Sequence[CaseDelivery]:
        """Those in this state, the newest first."""
        line = func.coalesce(Call.line, "")
        found = select(Delivery, line).outerjoin(Call, Call.call_id == Delivery.call_id).where(Delivery.state == state)
        if lines is not None:
            found = found.where(Call.line.in_(lines))
        newest = found.order_by(Delivery.created_at.desc(), Delivery.id).limit(limit)
        async with self._database.reading() as session:
            return [_of(row, of_line) for row, of_line in await session.execute(newest)]

    async def send_again(
        self, ids: Sequence[str] | None, now: datetime, lines: frozenset[str] | None = None
    ) -> Sequence[str]:
        """Have dead ones tried anew."""
        wanted: list[ColumnElement[bool]] = [Delivery.state == "dead"]
        if ids is not None:
            wanted.append(Delivery.id.in_(ids))
        if lines is not None:
            wanted.append(Delivery.call_id.in_(select(Call.call_id).where(Call.line.in_(lines))))
        anew = update(Delivery).where(*wanted).values(state="waiting", tries=0, next_at=now)
        async with self._database.session() as session:
            return list(await session.scalars(anew.returning(Delivery.id)))

    async def tidy(self, before: datetime) -> int:
        """Forget those that were sent."""
        old = delete(Delivery).where(Delivery.state == "sent", Delivery.next_at < before).returning(Delivery.id)
        async with self._database.session() as session:
            return len(list(await session.scalars(old)))


def _of(row: Delivery, line: str) -> CaseDelivery:
    return CaseDelivery(
        id=row.id,
        event=_event(row.event),
        call_id=row.call_id,
        form=row.form,
        state=_state(row.state),
        tries=row.tries,
        created_at=utc(row.created_at),
        next_at=utc(row.next_at),
        fault=row.fault,
        line=line,
    )


def _state(kept: str) -> DeliveryState:
    return kept if kept in ("sent", "dead") else "waiting"


def _event(kept: str) -> DeliveryEvent:
    return kept if kept in ("corrected", "call_back") else "filed"
