"""Calls and their turns."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
from sqlalchemy import ColumnElement, Select, Table, case, func, select
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from backend.adapters.sql.call_use import keep_use, models_of, raised, use_of, use_together
from backend.adapters.sql.database import Database
from backend.adapters.sql.held_call import hold_call
from backend.adapters.sql.hours import counted, recount
from backend.adapters.sql.sealed import number_key
from backend.adapters.sql.search import call_conditions, older_than
from backend.adapters.sql.tables import (
    Audit,
    Base,
    Call,
    CallAgent,
    Turn,
)
from backend.domain.call import CallRecord, Latencies, RecordedIdentity, TurnRecord
from backend.domain.call_use import ModelUse, UseTotals
from backend.domain.private import Private
from backend.domain.search import EVERY_CALL, CallQuery, Totals
from backend.domain.turn_moment import TurnMoment
from backend.ports import Cipher

__all__ = ["SqlCallRecords"]

_LONGEST_ACTOR = 256
_FEW = 50
"""Calls whose words are opened at once."""
_CALL = [
    *"call_id line direction way connection_id store_version started_at ended_at outcome".split(),
    *"case_number test repairs recording recording_until".split(),
]
_TURN_KEY = ("call_id", "number")
_TURN = "index agent interrupted early tools started_at".split()
_WORDS = ("caller_text", "said", "heard")
"""Sealed, as what callers say is."""
_TURN_CELLS = (*_TURN, *_WORDS, "latencies", "identity", "moments", "used")
"""What is written of a turn beside its key."""
_RECORDED = frozenset({"on", "broken", "deleted"})
"""States of a recording that nothing older takes back: it would not be found, or be looked for."""


class SqlCallRecords:
    """``CallRecords`` on SQL.

    Args:
        database: where.
        worker: name of this server process, which has the calls that it writes down.
    """

    def __init__(self, database: Database, worker: str = "") -> None:
        self._database = database
        self._postgres = database.engine.dialect.name == "postgresql"
        self._worker = worker
        turn = self._insert(Turn)
        self._add_turn = turn.on_conflict_do_update(
            index_elements=_TURN_KEY, set_={name: turn.excluded[name] for name in _TURN_CELLS}
        )
        self._add_audit = self._insert(Audit).on_conflict_do_nothing(index_elements=["entry"])

    async def started(self, call: CallRecord) -> None:
        """A call began."""
        async with self._database.session() as session:
            await hold_call(session, call.call_id)
            await self._keep(session, await self._with_its_end(session, call))

    async def turn(self, call_id: str, turn: TurnRecord) -> None:
        """A turn is complete."""
        with self._database.told():
            number = int(turn.started_at.timestamp() * 1000) % 2_000_000_000
            seal = self._database.seal("turns", f"{call_id}/{number}")
            values = {name: getattr(turn, name) for name in _TURN}
            values |= {name: seal.text(name, getattr(turn, name)) for name in _WORDS}
            values |= {"latencies": asdict(turn.latencies), "identity": asdict(turn.identity)}
            values["moments"] = seal.json("moments", msgspec.to_builtins(turn.moments)) if turn.moments else []
            values["used"] = None if turn.use is None else msgspec.to_builtins(turn.use)
        await self._database.write(self._add_turn, {"call_id": call_id, "number": number} | values)

    async def ended(self, call: CallRecord) -> None:
        """A call is over."""
        async with self._database.session() as session:
            await hold_call(session, call.call_id)
            await self._keep(session, call)

    async def get(self, call_id: str) -> CallRecord | None:
        """One call with its turns."""
        async with self._database.reading() as session:
            row = await session.get(Call, call_id)
            if row is None:
                return None
            found = await session.scalars(
                select(Turn).where(Turn.call_id == call_id).order_by(Turn.started_at, Turn.index)
            )
            call = self._call(row, await models_of(session, [call_id]))
            rows = list(found)
            call.turns = [self._turn(turn) for turn in rows]
            call.use = raised(call.use, rows)
            return call

    async def list(
        self,
        query: CallQuery = EVERY_CALL,
        *,
        limit: int = 50,
        before: datetime | None = None,
        before_id: str = "",
        without: Collection[str] = (),
    ) -> Sequence[CallRecord]:
        """Calls, the newest first, without their turns."""
        wanted = _wanted(query, without, self._database.cipher)
        if before is not None:
            wanted.append(older_than(Call.started_at, Call.call_id, before, before_id))
        found = select(Call).where(*wanted).order_by(Call.started_at.desc(), Call.call_id.desc()).limit(limit)
        async with self._database.reading() as session:
            rows = list(await session.scalars(found))
            models = await models_of(session, [row.call_id for row in rows])
            return [self._call(row, models) for row in rows]

    async def saying(self, words: str, query: CallQuery, *, span: int) -> Sequence[CallRecord]:
        """Of the newest ``span`` calls that fit, those in which all of it was said, with the turns of it."""
        wanted = words.casefold().split()
        calls = {call.call_id: call for call in await self.list(query, limit=span)}
        if not wanted:
            return []
        async with self._database.reading() as session:
            ids = list(calls)
            for few in (ids[place : place + _FEW] for place in range(0, len(ids), _FEW)):
                rows = list(await session.scalars(_turns_of(few)))
                for call_id, turn in await asyncio.to_thread(self._with_any, rows, wanted):
                    calls[call_id].turns.append(turn)
        return [call for call in calls.values() if all(word in _all_said(call) for word in wanted)]

    def _with_any(self, rows: Sequence[Turn], words: Sequence[str]) -> Sequence[tuple[str, TurnRecord]]:
        """Turns with any of these words. Opening many takes long: for a thread."""
        turns = [(row.call_id, self._turn(row)) for row in rows]
        return [(call_id, turn) for call_id, turn in turns if any(word in _said(turn) for word in words)]

    async def count(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> Totals:
        """How many there are of them, on all pages."""
        # Not grouped by test: SQLite would read that index from end to end, whatever is looked for.
        tests = func.coalesce(func.sum(case((Call.test, 1), else_=0)), 0)
        counted = select(func.count(Call.call_id), tests).where(*_wanted(query, without, self._database.cipher))
        async with self._database.reading() as session:
            count, of_tests = (await session.execute(counted)).one()
        return Totals(count - of_tests, of_tests)

    async def use(self, query: CallQuery = EVERY_CALL, *, without: Collection[str] = ()) -> UseTotals:
        """What they took together; tests are left out, unless the query asks for them."""
        query = replace(query, test=bool(query.test))
        conditions = _wanted(query, without, self._database.cipher)
        async with self._database.reading() as session:
            return await use_together(session, query, conditions, without)

    async def audit(
        self,
        *,
        call_id: str,
        actor: str,
        action: str,
        detail: Mapping[str, Any],
        at: datetime | None = None,
        entry: str = "",
    ) -> None:
        """Note an action.

        Args:
            call_id: its call; empty when there is none.
            actor: who did it.
            action: what.
            detail: more of it, as JSON.
            at: when, if not now.
            entry: what it was written down as; the same entry is noted once.
        """
        values = {
            "at": at or datetime.now(UTC),
            "call_id": call_id,
            "actor": actor[:_LONGEST_ACTOR],
            "action": action[:128],
            "detail": self._database.seal("audit", call_id).json("detail", dict(detail)),
            "entry": entry or None,
        }
        await self._database.write(self._add_audit, values)

    def _insert(self, table: type[Base]) -> PostgresInsert | SqliteInsert:
        """``INSERT`` with what its database adds to the standard's."""
        rows = cast(Table, table.__table__)  # and not the class: a session would make objects of it
        return insert_postgresql(rows) if self._postgres else insert_sqlite(rows)

    async def _keep(self, session: AsyncSession, call: CallRecord) -> None:
        row = self._row(await self._with_its_recording(session, call))
        if self._worker:
            row.worker = self._worker
        before = await counted(session, await session.get(Call, call.call_id))
        kept = await session.merge(row)
        await session.flush()  # its agents refer to it
        if call.use is not None:
            await keep_use(session, kept, call.use)
        if kept.outcome is not None:
            await recount(session, kept, before)
        for agent in dict.fromkeys(call.agents):
            await session.merge(CallAgent(agent=agent, call_id=call.call_id))

    async def _with_its_recording(self, session: AsyncSession, call: CallRecord) -> CallRecord:
        """What is written late, or once more, brings no recording back that is deleted, and mends none that broke."""
        known = await session.get(Call, call.call_id)
        gone = known is not None and known.recording == "deleted"
        broken = known is not None and known.recording == "broken" and call.recording == "on"
        if known is None or not (gone or broken):
            return call
        until = None if gone else _aware(known.recording_until)
        return replace(call, recording="deleted" if gone else "broken", recording_until=until)

    async def _with_its_end(self, session: AsyncSession, call: CallRecord) -> CallRecord:
        """What is known of a call later never takes its end back: it may be written late, by a worker that is gone."""
        row = None if call.outcome else await session.get(Call, call.call_id)
        if row is None or row.outcome is None:
            return call
        ended = self._call(row, {})
        names = ["ended_at", "outcome", "detail", "case_number", "agents", "repairs"]
        if ended.recording in _RECORDED:
            names += ["recording", "recording_until"]
        return replace(call, **{name: getattr(ended, name) for name in names})

    def _row(self, call: CallRecord) -> Call:
        seal = self._database.seal("calls", call.call_id)
        return Call(
            **{name: getattr(call, name) for name in _CALL},
            caller=seal.text("caller", call.caller.reveal()),
            caller_key=number_key(self._database.cipher, call.other_side.reveal()),
            called=seal.text("called", call.called.reveal()),
            detail=seal.text("detail", call.detail),
            agents=list(call.agents),
        )

    def _call(self, row: Call, models: Mapping[str, dict[str, ModelUse]]) -> CallRecord:
        seal = self._database.seal("calls", row.call_id)
        values: dict[str, Any] = {name: getattr(row, name) for name in _CALL}
        for name in ("started_at", "ended_at", "recording_until"):
            values[name] = _aware(values[name])
        for name in ("caller", "called"):
            values[name] = Private(seal.text_of(name, getattr(row, name)))
        values["detail"] = seal.text_of("detail", row.detail)
        use = use_of(row, models.get(row.call_id, {}))
        return CallRecord(**values, use=use, agents=list(row.agents or []))

    def _turn(self, row: Turn) -> TurnRecord:
        seal = self._database.seal("turns", f"{row.call_id}/{row.number}")
        known = {field.name for field in fields(Latencies)}
        latencies = Latencies(**{name: value for name, value in (row.latencies or {}).items() if name in known})
        values: dict[str, Any] = {name: getattr(row, name) for name in _TURN}
        values |= {name: seal.text_of(name, getattr(row, name)) for name in _WORDS}
        values["started_at"] = _aware(row.started_at)
        values["moments"] = msgspec.convert(seal.json_of("moments", row.moments or []), list[TurnMoment])
        return TurnRecord(**values, latencies=latencies, identity=_identity(row.identity or {}))


def _turns_of(call_ids: Sequence[str]) -> Select[Turn]:
    return select(Turn).where(Turn.call_id.in_(call_ids)).order_by(Turn.call_id, Turn.started_at, Turn.index)


def _said(turn: TurnRecord) -> str:
    return f"{turn.caller_text} {turn.said}".casefold()


def _all_said(call: CallRecord) -> str:
    return " ".join(_said(turn) for turn in call.turns)


def _identity(stored: Mapping[str, Any]) -> RecordedIdentity:
    return RecordedIdentity(tuple(stored.get("took", ())), str(stored.get("granted", "")))


def _wanted(query: CallQuery, without: Collection[str], cipher: Cipher) -> list[ColumnElement[bool]]:
    left_out = [Call.call_id.not_in(without)] if without else []
    return [*call_conditions(query, cipher), *left_out]


def _aware(moment: datetime | None) -> datetime | None:
    """SQLite forgets the zone; everything is stored in UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
