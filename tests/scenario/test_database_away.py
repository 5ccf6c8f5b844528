"""A caller reports an accident while the database is away: the claim is theirs, and its number is told only when kept.

The whole conversation with the real tools; SQLite behind a gate that closes at some turn and opens after the call.
"""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from shipped_store import shipped_store

from backend.adapters.files.spool import FileSpool
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.entry_writer import SqlEntryWriter
from backend.domain.unsealed import Unsealed
from backend.engine.desk.kept_cases import KeptCases
from backend.engine.desk.kept_records import KeptCallbacks
from backend.engine.desk.outbox import Outbox, OutboxLimits
from backend.errors import Unavailable
from backend.rehearsal import rehearse as playing
from backend.rehearsal import rehearsed_call as rooms
from backend.rehearsal.rehearsed_call import RehearsalParts, RehearsedCall
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"claim number is C L A, 2 0 2 6, ([A-Z0-9 ,]+)\.")
LIMITS = OutboxLimits(pauses_s=(0.05,))


class Gate:
    """Lets nobody through to a database while it is closed."""

    def __init__(self) -> None:
        self.closed = False

    def before(self, book: Any) -> Any:
        gate = self

        class Guarded:
            def __getattr__(self, name: str) -> Any:
                async def ask(*given: Any, **named: Any) -> Any:
                    if gate.closed:
                        raise Unavailable("store", "away")
                    return await getattr(book, name)(*given, **named)

                return ask

        return Guarded()


@pytest.fixture(scope="module")
def parts() -> RehearsalParts:
    store = shipped_store(memory_tools().names)
    return RehearsalParts(store, StandInModel(), MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml"))


async def report(
    parts: RehearsalParts, folder: Path, monkeypatch: pytest.MonkeyPatch, closed_from: int, *, spool: bool
) -> tuple[RehearsedCall, Outbox, Gate, Database]:
    """One caller's whole report, with the gate closed from some turn on."""
    database, gate = Database(f"sqlite+aiosqlite:///{folder}/r.db"), Gate()
    await database.migrate()
    cases, callbacks = SqlCaseBook(database), SqlCallbackBook(database)
    writer = gate.before(SqlEntryWriter(SqlCallRecords(database), cases, callbacks, SqlAuditBook(database)))
    outbox = Outbox(writer, "w", [FileSpool(folder / "spool", "db.w", Unsealed())] if spool else [], LIMITS)
    await outbox.start()
    monkeypatch.setattr(rooms, "MemoryCases", lambda: KeptCases(gate.before(cases), outbox))
    monkeypatch.setattr(rooms, "MemoryCallbacks", lambda: KeptCallbacks(gate.before(callbacks), outbox))
    played: list[RehearsedCall] = []

    class Watched(RehearsedCall):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            self.session.caller_number = "+13125550142"
            self.turns = 0
            played.append(self)

        def case(self) -> None:
            """The database has it, and may be away."""

        async def say(self, words: str, *given: Any, **more: Any) -> None:
            self.turns += 1
            gate.closed = self.turns >= closed_from
            await super().say(words, *given, **more)

    monkeypatch.setattr(playing, "RehearsedCall", Watched)
    (suite,) = load_suites(ROOT / "tests/rehearsals/insurance", parts.store)
    conversation = next(one for one in suite.conversations if one.name == "rear_end")
    await playing.play(suite, conversation, parts)
    (room,) = played
    return room, outbox, gate, database


async def opened(gate: Gate, outbox: Outbox) -> None:
    gate.closed = False
    async with asyncio.timeout(20):
        while not outbox.idle:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("closed_from", [1, 5, 9, 12])
async def test_a_claim_that_is_kept_on_the_disk_has_the_number_that_was_told(
    parts: RehearsalParts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed_from: int
) -> None:
    room, outbox, gate, database = await report(parts, tmp_path, monkeypatch, closed_from, spool=True)
    told = NUMBER.search(" ".join(room.said()))
    assert room.faults == []
    assert told is not None, room.said()[-3:]
    await opened(gate, outbox)
    (claim,) = await SqlCaseBook(database).list()
    assert claim.number == "CLA-2026-" + re.sub("[ ,]", "", told[1])
    assert claim.fields["loss_location"]["city"] == "Chicago"
    assert claim.subject == "POL-A10001"
    assert not await SqlCallbackBook(database).list()
    await outbox.close()
    await database.close()


@pytest.mark.parametrize("closed_from", [5, 12])
async def test_no_number_is_told_for_a_claim_in_memory_and_a_colleague_calls_with_it(
    parts: RehearsalParts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed_from: int
) -> None:
    room, outbox, gate, database = await report(parts, tmp_path, monkeypatch, closed_from, spool=False)
    said = " ".join(room.said())
    assert "C L A" not in said
    assert "I can't give you a claim number right now" in said
    assert "A colleague will call you with it" in said
    await opened(gate, outbox)
    (claim,) = await SqlCaseBook(database).list()
    assert claim.number
    (wish,) = await SqlCallbackBook(database).list()
    assert (wish.number, wish.name) == ("+13125550142", "John Smith")
    await outbox.close()
    await database.close()
