"""What is stored sealed: nothing of it can be read or moved, old rows stay readable, keys can be changed."""

from collections.abc import AsyncIterator
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import JSON, String, select, text, update

from backend.adapters.sql import sealing as sealing_module
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.block_book import SqlBlockBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.caller_data import SqlCallerData
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.key_uses import require_keys, use_key
from backend.adapters.sql.open_calls import SqlOpenCalls
from backend.adapters.sql.sealing import Sealing
from backend.adapters.sql.tables import Base, Call, Turn
from backend.domain.audit import AuditEntry
from backend.domain.block import Block
from backend.domain.call import CallRecord, TurnRecord
from backend.domain.callback import CallbackWish
from backend.domain.case_number import NumberPattern
from backend.domain.private import Private
from backend.domain.search import CallQuery
from backend.domain.unsealed import Unsealed
from backend.errors import ConfigError, SealBroken, Unavailable
from backend.ports import Cipher
from backend.testing.keys import a_key, a_key_ring

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NUMBER, WORDS, NAME = "+12065550123", "my card is with Zephyrine", "Zephyrine Quill"
PRIVATE = (NUMBER, "Zephyrine", "Quill", "8:acs:private-user")
OLD, NEW = a_key(), a_key()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url, a_key_ring(OLD))
    await found.migrate()
    yield found
    await found.close()


def under(database: Database, cipher: Cipher) -> Database:
    """The same database, seen with other keys."""
    other = copy(database)
    other.cipher = cipher
    return other


async def fill(database: Database, calls: int = 1, start: int = 0) -> None:
    records, cases, wishes = SqlCallRecords(database), SqlCaseBook(database), SqlCallbackBook(database)
    for number in range(start, start + calls):
        call_id = f"c{number:03}"
        call = CallRecord(
            call_id=call_id,
            line="insurance",
            direction="inbound",
            started_at=NOW,
            caller=Private(NUMBER),
            called=Private("8:acs:private-user"),
            detail=f"wants a person: {WORDS}",
        )
        await records.started(call)
        words = TurnRecord(index=1, agent="auth", caller_text=WORDS, said=f"Hi {NAME}", heard=NAME, started_at=NOW)
        await records.turn(call_id, words)
        await cases.save_fields(call_id, "fnol", "POL-1", {"driver": NAME, "street": {"name": "Zephyrine Way"}})
        await wishes.keep(CallbackWish(call_id, "insurance", NUMBER, NAME, WORDS, NOW))
        await records.audit(call_id=call_id, actor="agent", action="tool:x", detail={"said": WORDS})
        await SqlAuditBook(database).note(AuditEntry(at=NOW, actor="agent", action="x", detail={"said": WORDS}))
        block = Block(id=call_id, number=Private(NUMBER), why=WORDS, by="key:ops", at=NOW)
        await SqlBlockBook(database).add(block)
    claim = await cases.file(f"c{start:03}", "fnol", NUMBERS)
    assert claim.number
    await cases.add_note(claim.number, f"c{start:03}", WORDS)
    assert await cases.correct(claim.number, 0, {"driver": WORDS}, "key:ops")


async def everything(database: Database) -> str:
    """Every cell of every table, as it is stored."""
    async with database.engine.connect() as connection:
        rows = [await connection.execute(text(f"SELECT * FROM {table.name}")) for table in Base.metadata.sorted_tables]
        return "\n".join(repr(tuple(row)) for found in rows for row in found)


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def assert_readable(database: Database, call_id: str = "c000") -> None:
    call = await SqlCallRecords(database).get(call_id)
    assert call is not None
    assert call.caller.reveal() == NUMBER and call.called.reveal() == "8:acs:private-user"
    assert call.detail == f"wants a person: {WORDS}"
    assert (call.turns[0].caller_text, call.turns[0].said, call.turns[0].heard) == (WORDS, f"Hi {NAME}", NAME)
    claim, wish = await SqlCaseBook(database).draft(call_id, "fnol"), await SqlCallbackBook(database).get(call_id)
    assert claim is not None and wish is not None
    assert claim.fields == {"driver": NAME, "street": {"name": "Zephyrine Way"}}
    assert (wish.number, wish.name, wish.reason) == (NUMBER, NAME, WORDS)
    assert (await SqlAuditBook(database).list())[0].entry.detail == {"said": WORDS}
    block = (await SqlBlockBook(database).list())[0]
    assert (block.number.reveal(), block.why) == (NUMBER, WORDS)
    found = await SqlCallRecords(database).list(CallQuery(caller=Private(NUMBER)), limit=1000)
    assert call_id in {one.call_id for one in found}


IN_CLEAR = """
api_keys.id api_keys.name api_keys.roles api_keys.lines api_keys.destinations api_keys.salt api_keys.hash
api_keys.created_by audit.call_id audit.actor audit.action audit.target audit.line audit.before audit.after
audit.outcome audit.note blocks.id blocks.line blocks.by call_agents.agent call_agents.call_id calls.call_id calls.line
calls.direction calls.caller_key calls.connection_id calls.store_version calls.outcome calls.case_number
calls.agents turns.call_id turns.agent turns.tools turns.latencies turns.identity cases.call_id cases.form cases.subject
cases.status cases.number cases.earlier_calls callbacks.call_id callbacks.line callbacks.number_key
case_deliveries.id case_deliveries.form case_deliveries.call_id case_deliveries.state
case_deliveries.fault case_deliveries.event
callbacks.subject callbacks.state callbacks.steps
data_keys.key_id calls.way calls.worker audit.entry workers.name
agent_revisions.version agent_revisions.actor agent_revisions.last_actor agent_revisions.files
calls.recording agent_revisions.last_note agent_revisions.note store_drafts.base store_drafts.files store_drafts.owner
store_drafts.stamp store_run_results.call_id store_run_results.line store_run_results.name store_run_results.run_id
store_runs.actor store_runs.detail store_runs.id store_runs.kind store_runs.model store_runs.names store_runs.state
store_runs.version call_models.call_id call_models.deployment call_models.line hours.line
hours.counts faults.worker faults.level faults.event faults.code faults.line faults.call_id
faults.message turns.used
service_recordings.recording_id service_recordings.call_id service_recordings.spans service_recordings.deletions
days.line days.counts calling_back.number_key calling_back.call_id
""".split()
"""Ids, codes and what operations wrote themselves: nothing of a caller. docs/private-data.md says why."""


def test_a_column_that_can_hold_words_is_sealed_or_named_as_clear() -> None:
    sealed = {
        f"{kind.table.__tablename__}.{name}" for kind in sealing_module.KINDS for name in (*kind.texts, *kind.documents)
    }
    wordy = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON)
    }
    assert wordy == sealed | set(IN_CLEAR), "say of a new column whether it is personal: seal it, or name it here"


async def test_no_cell_tells_who_called_or_what_was_said(database: Database) -> None:
    await fill(database)
    stored = await everything(database)
    assert not [word for word in PRIVATE if word in stored]
    await assert_readable(database)
    claim = await SqlCaseBook(database).draft("c000", "fnol")
    assert claim is not None and [note.text for note in claim.notes] == [WORDS]


async def test_the_end_of_a_call_that_somebody_else_notes_is_sealed_too(database: Database) -> None:
    await fill(database)
    assert await SqlOpenCalls(database).close("c000", "the server went away")
    assert await Sealing(database).left() == 0
    call = await SqlCallRecords(database).get("c000")
    assert call is not None and call.detail == "the server went away"


async def test_a_cell_that_was_moved_to_another_row_does_not_open(database: Database) -> None:
    await fill(database, 2)
    async with database.session() as session:
        stolen = await session.scalar(select(Turn.caller_text).where(Turn.call_id == "c001"))
        await session.execute(update(Turn).where(Turn.call_id == "c000").values(caller_text=stolen))
    with pytest.raises(SealBroken):
        await SqlCallRecords(database).get("c000")


async def test_a_draft_that_goes_on_in_another_call_is_sealed_there(database: Database) -> None:
    cases = SqlCaseBook(database)
    await cases.save_fields("c1", "fnol", "POL-1", {"driver": NAME})
    moved = await cases.adopt("c1", "c2", "fnol")
    assert moved is not None and moved.fields == {"driver": NAME}
    assert (await cases.save_fields("c2", "fnol", "POL-1", {"more": 1})).fields == {"driver": NAME, "more": 1}


async def test_sealing_is_killed_and_goes_on_and_rows_are_read_meanwhile(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing_module, "_BATCH", 3)
    await fill(under(database, Unsealed()), 8)
    stored = await everything(database)
    assert all(word in stored for word in PRIVATE)
    assert (before := await Sealing(database).left()) == 8 * 7
    async for _ in (running := Sealing(database).run()):
        await running.aclose()  # killed after its first batch
    assert 0 < await Sealing(database).left() < before
    for call_id in ("c000", "c007"):
        await assert_readable(database, call_id)
    await fill(under(database, Unsealed()), 1, start=8)  # a server without the key still runs
    counts = [count async for count in Sealing(database).run()]
    assert max(counts) == 3 and await Sealing(database).left() == 0
    await Sealing(database).finish()
    stored = await everything(database)
    assert not [word for word in PRIVATE if word in stored]
    for call_id in ("c000", "c007", "c008"):
        await assert_readable(database, call_id)
    assert [count async for count in Sealing(database).run()] == []


async def test_nothing_is_left_in_the_gaps_of_a_file(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db", a_key_ring(OLD))
    await database.migrate()
    await fill(under(database, Unsealed()), 5)
    assert NUMBER.encode() in bytes_of(tmp_path)
    async for _ in Sealing(database).run():
        pass
    await Sealing(database).finish()
    await database.close()
    left = bytes_of(tmp_path)
    assert not [word for word in PRIVATE if word.encode() in left]


async def test_a_new_key_takes_the_place_of_the_old_one(database: Database) -> None:
    await use_key(database)
    await fill(database, 2)
    both = under(database, a_key_ring(NEW, OLD))
    await use_key(both)
    await assert_readable(both)
    await fill(both, 1, start=2)
    async for _ in Sealing(both).run():
        pass
    assert list(await Sealing(both).finish()) == [OLD.id]
    alone = under(database, a_key_ring(NEW))
    await require_keys(alone)
    for call_id in ("c000", "c001", "c002"):
        await assert_readable(alone, call_id)
    assert OLD.id not in await everything(database)


async def test_keys_are_not_called_needless_while_somebody_writes_with_another_one(database: Database) -> None:
    both = under(database, a_key_ring(NEW, OLD))
    await use_key(database)
    await use_key(both)
    async for _ in Sealing(both).run():
        pass
    await fill(database)
    with pytest.raises(Unavailable, match="run the command again"):
        await Sealing(both).finish()
    await require_keys(both)
    with pytest.raises(ConfigError):
        await require_keys(under(database, a_key_ring(NEW)))


async def test_a_wrong_key_or_none_stops_the_start_with_a_sentence(database: Database) -> None:
    await use_key(database)
    await use_key(database)  # each worker does
    with pytest.raises(ConfigError, match=f"expected the key {OLD.id}.*got the key {NEW.id}"):
        await use_key(under(database, a_key_ring(NEW)))
    with pytest.raises(ConfigError, match=f"expected the key {OLD.id}.*no key is set"):
        await use_key(under(database, Unsealed()))
    with pytest.raises(ConfigError, match="expected a key to encrypt with"):
        await Sealing(under(database, Unsealed())).left()


async def test_a_forgotten_caller_is_found_under_either_key(database: Database) -> None:
    await fill(under(database, Unsealed()))
    await fill(database, 1, start=1)
    both = under(database, a_key_ring(NEW, OLD))
    await fill(both, 1, start=2)
    async with both.session() as session:
        await session.execute(update(Call).values(ended_at=NOW))
    done = await SqlCallerData(both).forget(NUMBER)
    assert (len(done.call_ids), done.cases_kept) == (3, 3)
    assert await SqlCallbackBook(both).list() == []


async def test_a_call_that_was_placed_is_found_by_the_number_that_was_called(database: Database) -> None:
    placed = CallRecord(call_id="c9", line="insurance", direction="outbound", called=Private(NUMBER), started_at=NOW)
    for writer in (under(database, Unsealed()), database):
        await SqlCallRecords(writer).started(placed)
        found = await SqlCallRecords(database).list(CallQuery(caller=Private(NUMBER)))
        assert [call.call_id for call in found] == ["c9"]
    newer = under(database, a_key_ring(NEW, OLD))
    async for _ in Sealing(newer).run():
        pass
    found = await SqlCallRecords(under(database, a_key_ring(NEW))).list(CallQuery(caller=Private(NUMBER)))
    assert [call.call_id for call in found] == ["c9"]


async def test_a_turn_that_is_written_again_stays_one(database: Database) -> None:
    await fill(database)
    records = SqlCallRecords(database)
    turn = TurnRecord(index=1, agent="auth", caller_text="again", started_at=NOW + timedelta(seconds=0))
    await records.turn("c000", replace(turn, said="x"))
    call = await records.get("c000")
    assert call is not None and [one.caller_text for one in call.turns] == ["again"]
