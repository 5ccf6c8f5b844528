"""Versions of the store on the real records and a real Redis: kept, agreed on, followed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend.adapters.redis.client import connect
from backend.adapters.redis.link import RedisLink
from backend.adapters.redis.version_board import LocalVersionBoard, RedisVersionBoard
from backend.adapters.sql.database import Database
from backend.adapters.sql.revision_book import SqlRevisions
from backend.agents.edit import replacement
from backend.agents.files import fingerprint
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.watch import watch_store
from backend.domain.revision import Revision
from backend.domain.tool import ToolNames
from backend.errors import EditConflict, SessionLost
from backend.ports import Revisions, VersionBoard
from backend.testing.books import MemoryRevisions

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
AGENT = "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def revisions(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Revisions]:
    if request.param == "memory":
        yield MemoryRevisions()
        return
    sqlite = request.param == "sqlite"
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/r.db" if sqlite else request.getfixturevalue("empty_postgres"))
    await database.migrate()
    yield SqlRevisions(database)
    await database.close()


async def test_a_version_is_kept_whole_once(revisions: Revisions) -> None:
    first = Revision("v1", NOW, "ann", {"agents/one.yaml": AGENT, "prompts/ü.jinja": "Grüß Gott"})
    again = Revision("v1", NOW + timedelta(hours=1), "bob", {})
    await asyncio.gather(revisions.keep(first), revisions.keep(first))
    await revisions.keep(again)
    assert await revisions.get("v1") == first
    assert await revisions.get("v2") is None


async def test_versions_are_listed_newest_first_without_their_files(revisions: Revisions) -> None:
    for number in range(3):
        await revisions.keep(Revision(f"v{number}", NOW + timedelta(minutes=number), "ann", {"x": "y"}))
    listed = await revisions.list(limit=2)
    assert [(row.version, row.actor, dict(row.files)) for row in listed] == [("v2", "ann", {}), ("v1", "ann", {})]


async def test_a_file_is_known_as_the_newest_version_had_it_that_was_live(revisions: Revisions) -> None:
    async def version(name: str, minute: int, files: dict[str, str], *, draft: bool = False) -> None:
        await revisions.keep(Revision(name, NOW + timedelta(minutes=minute), "ann", files, draft=draft))

    await version("v1", 1, {"lines/old.yaml": "first", "lines/plain.yml": "ü"})
    await version("v2", 2, {"lines/old.yaml": "second"})
    await version("v3", 3, {"lines/old.yaml": "tried", "lines/new.yaml": "tried"}, draft=True)
    await version("v4", 4, {"lines/other.yaml": "without it"})
    assert await revisions.last_text("lines/old.yaml") == "second"
    assert await revisions.last_text("lines/plain.yaml", "lines/plain.yml") == "ü"
    assert await revisions.last_text("lines/new.yaml") == "tried", "only a draft ever had it"
    assert await revisions.last_text("lines/never.yaml", "lines/never.yml") is None
    await revisions.went_live("v1", NOW + timedelta(hours=1), "bob")
    assert await revisions.last_text("lines/old.yaml") == "first", "it was gone back to"


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[RedisLink]:
    client = connect(redis_url, 10.0)
    await client.flushall()
    yield client
    await client.aclose()


@pytest.fixture(params=["local", "redis"])
def board(request: pytest.FixtureRequest, redis: RedisLink) -> VersionBoard:
    return LocalVersionBoard() if request.param == "local" else RedisVersionBoard(redis)


async def test_the_board_compares_and_sets(board: VersionBoard) -> None:
    assert await board.current() is None
    assert not await board.move(expected="v0", to="v1")
    assert await board.move(expected=None, to="v1")
    assert await board.move(expected="v1", to="v2")
    assert not await board.move(expected="v1", to="v3")
    assert await board.move(expected="v1", to="v2"), "what is agreed already is as good"
    assert await board.current() == "v2"


async def test_the_others_hear_of_a_move_at_once(redis: RedisLink) -> None:
    mine, others = RedisVersionBoard(redis), RedisVersionBoard(redis, look_s=30)
    await mine.move(expected=None, to="v1")
    async with aclosing(others.changes()) as changes, asyncio.timeout(20):
        assert await anext(changes) == "v1"
        following = asyncio.ensure_future(anext(changes))
        await mine.move(expected="v1", to="v2")
        assert await following == "v2"


async def test_a_board_that_cannot_be_reached_says_so() -> None:
    client = connect("redis://127.0.0.1:1/0", 0.2)
    board = RedisVersionBoard(client)
    with pytest.raises(SessionLost):
        await board.current()
    with pytest.raises(SessionLost):
        await board.move(expected=None, to="v1")
    async with aclosing(board.changes()) as changes:
        with pytest.raises(SessionLost):
            await anext(changes)
    await client.aclose()


def disk(root: Path) -> StoreFolder:
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (root / folder).mkdir(parents=True)
    folder = StoreFolder(root / "agent_store", root / "prompt_store")
    folder.write({"agents/one.yaml": AGENT, "lines/main.yaml": LINE, "prompts/one.jinja": "You help."})
    return folder


async def test_two_workers_agree_through_redis_whoever_edits(redis_url: str, redis: RedisLink, tmp_path: Path) -> None:
    """Each worker has a disk, a database connection and a Redis connection of its own, as two containers have."""
    databases = [Database(f"sqlite+aiosqlite:///{tmp_path}/r.db") for _ in range(2)]
    clients = [connect(redis_url, 10.0) for _ in range(2)]
    folders = [disk(tmp_path / name) for name in ("a", "b")]
    await databases[0].migrate()
    workers: list[LiveStore] = []
    for database, client, folder in zip(databases, clients, folders, strict=True):
        live = LiveStore(folder, TOOLS, SqlRevisions(database), RedisVersionBoard(client))
        await live.open()
        workers.append(live)
    first, second = workers
    swapped = [asyncio.Event(), asyncio.Event()]
    for live, event in zip(workers, swapped, strict=True):
        live.snapshots.on_live.append(lambda _, event=event: event.set())
    places = [(f.agent_store, f.prompt_store) for f in folders]
    async with (
        asyncio.timeout(20),
        watch_store(first, RedisVersionBoard(clients[0]), places[0]),
        watch_store(second, RedisVersionBoard(clients[1]), places[1]),
    ):
        await first.edit(replacement("prompts/one.jinja", "You listen.", ("*",), "ann"))
        await swapped[1].wait()
        assert second.store.version == first.store.version
        assert second.status().actor == "ann"

        stale = fingerprint("You listen.")
        edits = (
            live.edit(replacement("prompts/one.jinja", f"You are {who}.", (stale,), who))
            for live, who in ((first, "ann"), (second, "bob"))
        )
        outcomes = await asyncio.gather(*edits, return_exceptions=True)
        assert sorted(isinstance(outcome, EditConflict) for outcome in outcomes) == [False, True], outcomes
        while first.store.version != second.store.version:
            await asyncio.sleep(0.01)

        (folders[1].prompt_store / "one.jinja").write_text("You are from disk.")
        while first.store.prompts["one.jinja"] != "You are from disk.":
            await asyncio.sleep(0.01)
        assert first.store.version == second.store.version
    for client in clients:
        await client.aclose()
    for database in databases:
        await database.close()
