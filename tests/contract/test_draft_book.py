"""Drafts of the store: the same in memory, on SQLite and on a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.adapters.sql.database import Database
from backend.adapters.sql.draft_book import SqlDraftBook
from backend.adapters.sql.revision_book import SqlRevisions
from backend.domain.revision import Revision
from backend.domain.store_draft import StoreDraft
from backend.ports import DraftBook, Revisions
from backend.testing.books import MemoryDrafts, MemoryRevisions

NOW = datetime.now(UTC).replace(microsecond=0)
DRAFT = StoreDraft("key:ann", "3f0c1d2e4b5a", NOW, {"agents/one.yaml": "name: [ß\n", "prompts/two.jinja": None})


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
def drafts(database: Database | None) -> DraftBook:
    return SqlDraftBook(database) if database else MemoryDrafts()


@pytest.fixture
def revisions(database: Database | None) -> Revisions:
    return SqlRevisions(database) if database else MemoryRevisions()


async def test_a_draft_is_kept_whole_and_taken_away_by_its_stamp(drafts: DraftBook) -> None:
    assert await drafts.of("key:ann") is None
    assert await drafts.keep(DRAFT, "")
    assert await drafts.of("key:ann") == DRAFT
    assert await drafts.of("key:ben") is None
    assert not await drafts.drop("key:ann", "another")
    assert await drafts.drop("key:ann", DRAFT.stamp)
    assert not await drafts.drop("key:ann", DRAFT.stamp)
    assert list(await drafts.list()) == []


async def test_only_what_was_read_is_replaced(drafts: DraftBook) -> None:
    later = replace(DRAFT, files={"agents/one.yaml": "name: one\n"})
    assert not await drafts.keep(later, DRAFT.stamp)  # there is none to be replaced
    assert await drafts.keep(DRAFT, "")
    assert not await drafts.keep(later, "")
    assert await drafts.keep(later, DRAFT.stamp)
    assert not await drafts.keep(DRAFT, DRAFT.stamp)
    assert await drafts.of("key:ann") == later


async def test_of_two_at_once_one_is_kept(drafts: DraftBook) -> None:
    several = [replace(DRAFT, files={"prompts/two.jinja": str(number)}) for number in range(4)]
    kept = await asyncio.gather(*(drafts.keep(one, "") for one in several))
    assert sorted(kept) == [False, False, False, True]
    assert await drafts.of("key:ann") == several[kept.index(True)]


async def test_everybody_sees_whose_drafts_there_are_without_their_texts(drafts: DraftBook) -> None:
    await drafts.keep(replace(DRAFT, at=NOW.replace(year=2025)), "")
    await drafts.keep(replace(DRAFT, owner="key:ben"), "")
    first, second = await drafts.list()
    assert (first.owner, second.owner) == ("key:ben", "key:ann")
    assert dict(first.files) == dict.fromkeys(DRAFT.files)


async def test_a_version_that_goes_live_keeps_why(revisions: Revisions) -> None:
    await revisions.keep(Revision("a1", NOW, "ann", {"agents/one.yaml": "x"}, draft=True))
    await revisions.went_live("a1", NOW, "ann", "a calmer tone")
    later = NOW.replace(year=NOW.year + 1)
    await revisions.went_live("a1", later, "ben", "back to it")
    (kept,) = await revisions.list()
    assert (kept.actor, kept.note) == ("ann", "a calmer tone")
    assert (kept.last_at, kept.last_actor, kept.last_note) == (later, "ben", "back to it")


async def test_the_longest_name_of_an_owner_is_kept_whole(drafts: DraftBook) -> None:
    owner = f"entra:{'x' * 250}"
    assert await drafts.keep(replace(DRAFT, owner=owner), "")
    found = await drafts.of(owner)
    assert found is not None and found.owner == owner
