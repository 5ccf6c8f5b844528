"""Keys, blocks and the audit: the same in memory, on SQLite and on a real PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.block_book import SqlBlockBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.database import Database
from backend.adapters.sql.key_book import SqlKeyBook
from backend.domain.api_key import KeyRights, NewKey, make_key
from backend.domain.audit import AuditEntry, AuditQuery
from backend.domain.block import Block
from backend.domain.private import Private
from backend.errors import KeyRefused
from backend.ports import AuditBook, BlockBook, KeyBook
from backend.testing.people_books import MemoryAudit, MemoryBlocks, MemoryKeys

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database | None]:
    if request.param == "memory":
        yield None
        return
    sqlite = request.param == "sqlite"
    found = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db" if sqlite else request.getfixturevalue("empty_postgres"))
    await found.migrate()
    yield found
    await found.close()


@pytest.fixture
def keys(database: Database | None) -> KeyBook:
    return SqlKeyBook(database) if database else MemoryKeys()


@pytest.fixture
def blocks(database: Database | None) -> BlockBook:
    return SqlBlockBook(database) if database else MemoryBlocks()


@pytest.fixture
def audit(database: Database | None) -> AuditBook:
    return SqlAuditBook(database) if database else MemoryAudit()


def a_key(name: str = "website", **changes: object) -> NewKey:
    rights = KeyRights(frozenset(["operator"]), frozenset(["dental"]), ("+1312",))
    made = make_key(name, rights, by="key:boss", now=NOW)
    return NewKey(made.token, replace(made.key, **changes))


async def test_a_key_is_kept_without_its_secret(keys: KeyBook, database: Database | None) -> None:
    made = a_key()
    await keys.add(made.key)
    assert list(await keys.list()) == [made.key]
    assert (await keys.list())[0].fits(made.token)
    assert not (await keys.list())[0].fits(made.token[:-1] + ("A" if made.token[-1] != "A" else "B"))
    if database:
        async with database.reading() as session:
            rows = (await session.execute(text("SELECT * FROM api_keys"))).all()
        assert made.token.rsplit("_", 1)[1] not in str(rows)


async def test_a_key_for_every_line_is_not_one_for_none(keys: KeyBook) -> None:
    everywhere = a_key("all", rights=KeyRights(frozenset(["viewer"]), None))
    nowhere = a_key("none", rights=KeyRights(frozenset(["viewer"]), frozenset()))
    for made in (everywhere, nowhere):
        await keys.add(made.key)
    lines = {key.name: key.rights.lines for key in await keys.list()}
    assert lines == {"all": None, "none": frozenset()}


async def test_two_of_a_name_are_live_at_once_and_no_third(keys: KeyBook) -> None:
    first, second = a_key(), a_key()
    await keys.add(first.key)
    await keys.add(second.key)
    with pytest.raises(KeyRefused, match="two valid keys with the name website"):
        await keys.add(a_key().key)
    await keys.add(a_key("other").key)
    await keys.end(first.key.id, NOW - HOUR)
    await keys.add(a_key().key)


async def test_an_end_is_never_put_off(keys: KeyBook) -> None:
    made = a_key()
    await keys.add(made.key)
    assert (await keys.end(made.key.id, NOW + HOUR)).ends_at == NOW + HOUR
    assert (await keys.end(made.key.id, NOW + 2 * HOUR)).ends_at == NOW + HOUR
    assert (await keys.end(made.key.id, NOW)).ends_at == NOW
    assert await keys.end("none", NOW) is None
    assert [key.lives(NOW) for key in await keys.list()] == [False]


async def test_a_block_is_kept_until_it_is_taken_away(blocks: BlockBook) -> None:
    block = Block(id="b1", number=Private("+1900"), prefix=True, line="dental", until=NOW, why="toll", by="me", at=NOW)
    later = Block(id="b2", number=Private(""), why="nuisance", by="me", at=NOW + HOUR)
    await blocks.add(block)
    await blocks.add(later)
    assert list(await blocks.list()) == [later, block]
    assert await blocks.remove("b1") == block
    assert await blocks.remove("b1") is None
    assert list(await blocks.list()) == [later]


def an_entry(**changes: object) -> AuditEntry:
    return replace(AuditEntry(at=NOW, actor="key:website", action="calls.place"), **changes)


async def test_the_audit_is_found_by_who_what_and_when(audit: AuditBook) -> None:
    whole = an_entry(
        target="c1", line="dental", before="v1", after="v2", outcome="call.refused", note="Ann", detail={"n": [1]}
    )
    entries = [
        whole,
        an_entry(actor="entra:ann", at=NOW + HOUR),
        an_entry(action="callsome.thing"),
        an_entry(actor="agent", action="record_fnol", call_id="c1"),
        an_entry(action="calls.hang_up", target="c_1"),
    ]
    for entry in entries:
        await audit.note(entry)

    async def found(**query: object) -> list[AuditEntry]:
        return [kept.entry for kept in reversed(await audit.list(AuditQuery(**query)))]

    assert await found() == entries
    assert await found(actor="entra:ann") == [entries[1]]
    assert await found(action="calls") == [entries[0], entries[1], entries[4]]
    assert await found(action="calls.place") == entries[:2]
    assert await found(target="c1") == [whole]
    assert await found(call_id="c1") == [entries[3]]
    assert await found(people=False) == [entries[3]]
    assert len(await found(people=True)) == 4
    assert await found(since=NOW + HOUR) == [entries[1]]
    assert len(await found(until=NOW + HOUR)) == 4


async def test_the_audit_is_read_page_by_page(audit: AuditBook) -> None:
    for number in range(5):
        await audit.note(an_entry(target=f"c{number}"))
    first = await audit.list(limit=2)
    second = await audit.list(limit=2, before=first[-1].id)
    assert [kept.entry.target for kept in (*first, *second)] == ["c4", "c3", "c2", "c1"]


async def test_what_is_too_long_is_cut_and_kept(audit: AuditBook) -> None:
    await audit.note(an_entry(actor="a" * 300, action="b" * 200, target="t" * 300, note="n" * 300))
    (kept,) = await audit.list()
    assert (kept.entry.action[0], kept.entry.target[0]) == ("b", "t")


async def test_what_agents_did_is_in_it_too(database: Database | None) -> None:
    if database is None:
        pytest.skip("only one of the two writes to the other's table")
    await SqlCallRecords(database).audit(call_id="c1", actor="agent", action="verify_caller", detail={"ok": True})
    (kept,) = await SqlAuditBook(database).list(AuditQuery(people=False))
    assert (kept.entry.call_id, kept.entry.detail) == ("c1", {"ok": True})
