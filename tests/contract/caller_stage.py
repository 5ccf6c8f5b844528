"""Callers of whom something is kept."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.call_use import CallUse
from backend.domain.callback import CallbackWish
from backend.domain.case_number import NumberPattern
from backend.domain.line import RetentionSpec
from backend.domain.private import Private
from backend.engine.desk.sweeper import Sweeper

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MINE, THEIRS = "+12065550123", "+13125550142"


async def a_call(
    database: Database, call_id: str, number: str = MINE, *, filed: bool | None = None, over: bool = True, age: int = 0
) -> None:
    """A call with a turn, a call-back, an entry of the audit, and a draft or a case."""
    records, cases, at = SqlCallRecords(database), SqlCaseBook(database), NOW - timedelta(days=age)
    call = CallRecord(call_id=call_id, line="insurance", direction="inbound", started_at=at, caller=Private(number))
    call.agents, call.ended_at, call.detail = ["auth"], at if over else None, f"told {call_id}"
    await records.ended(call)
    turn = TurnRecord(index=1, agent="auth", caller_text=f"words {call_id}", started_at=at, use=CallUse(heard_s=7.5))
    await records.turn(call_id, turn)
    await records.audit(call_id=call_id, actor="agent", action="tool:x", detail={"a": 1})
    await SqlCallbackBook(database).keep(CallbackWish(call_id, "insurance", number, "Zephyrine", "why", at))
    if filed is not None:
        await cases.save_fields(call_id, "fnol", "POL-1", {"driver": f"driver {call_id}"})
    if filed:
        await cases.file(call_id, "fnol", NUMBERS)
    async with database.engine.begin() as connection:
        moved = "UPDATE cases SET updated_at = :at, filed_at = CASE WHEN filed_at IS NULL THEN NULL ELSE :at END"
        await connection.execute(text(f"{moved} WHERE call_id = :call"), {"at": at, "call": call_id})


async def counts(database: Database) -> dict[str, int]:
    tables = ("calls", "turns", "call_agents", "audit", "callbacks", "cases")
    async with database.engine.connect() as connection:
        return {name: await connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in tables}


class Line:
    """As much of a line as the sweeper looks at."""

    name = "insurance"

    def __init__(self, **days: int) -> None:
        self.retention = RetentionSpec(**days)


async def swept(database: Database, **days: int) -> int:
    return await Sweeper(SqlCallerData(database), lambda: [Line(**days)], 1, lambda: NOW).sweep()
