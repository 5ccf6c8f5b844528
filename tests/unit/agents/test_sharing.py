"""A share of new calls gets another version; in doubt every call gets the live one, and that is said."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import changed_files, replacement
from backend.agents.files import fingerprint
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.sharing import Sharing
from backend.agents.tried import TriedVersions
from backend.domain.share import Share
from backend.domain.tool import ToolNames
from backend.errors import EditRefused, NotInStore, SessionLost
from backend.testing.books import MemoryRevisions

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
FILES = {
    "agents/one.yaml": "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n",
    "lines/main.yaml": 'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n',
    "prompts/one.jinja": "You help.\n",
}
IDS = [f"call{number}" for number in range(2000)]


class Board(LocalVersionBoard):
    """A board that can be away."""

    away = False

    async def share(self) -> Share | None:
        if self.away:
            raise SessionLost("away")
        return await super().share()

    async def put_share(self, expected: Share | None, to: Share | None) -> bool:
        if self.away:
            raise SessionLost("away")
        return await super().put_share(expected, to)


class Worker:
    """One of several with the same board and records."""

    def __init__(self, place: Path, board: Board, revisions: MemoryRevisions) -> None:
        for name in ("agent_store", "prompt_store"):
            (place / name).mkdir(parents=True)
        folder = StoreFolder(place / "agent_store", place / "prompt_store")
        folder.write(FILES)
        self.live = LiveStore(folder, TOOLS, revisions, board)
        self.tried = TriedVersions(self.live, revisions)
        self.sharing = Sharing(self.live, self.tried, board)

    @property
    def version(self) -> str:
        return self.live.store.version

    def drawn(self) -> list[str]:
        return [call for call in IDS if self.sharing.store_for(call).version != self.version]


@pytest.fixture
async def workers(tmp_path: Path) -> tuple[Worker, Worker, Board]:
    board, revisions = Board(), MemoryRevisions()
    first, second = (Worker(tmp_path / name, board, revisions) for name in ("first", "second"))
    await first.live.open()
    await second.live.open()
    return first, second, board


async def draft(worker: Worker) -> str:
    edit = changed_files({"prompts/one.jinja": "You help well.\n"}, (worker.version,), "ann")
    return (await worker.tried.keep(edit, "ann")).version


async def test_every_worker_draws_the_same_calls_and_about_as_many_as_was_asked(
    workers: tuple[Worker, Worker, Board],
) -> None:
    first, second, _ = workers
    version = await draft(first)
    await first.sharing.begin(version, 25, "ann", "shorter questions")
    await second.sharing.follow()
    assert first.drawn() == second.drawn()
    assert 400 < len(first.drawn()) < 600
    assert second.sharing.store_for(second.drawn()[0]).version == version
    assert first.version == second.version, "the live one stays live"


async def test_a_larger_share_keeps_those_that_were_drawn(workers: tuple[Worker, Worker, Board]) -> None:
    first, _, _ = workers
    version = await draft(first)
    began = await first.sharing.begin(version, 10, "ann")
    few = set(first.drawn())
    more = await first.sharing.begin(version, 50, "bob")
    assert few < set(first.drawn())
    assert more.since == began.since, "what was counted so far still counts"


async def test_a_share_is_taken_back_everywhere(workers: tuple[Worker, Worker, Board]) -> None:
    first, second, _ = workers
    version = await draft(first)
    await first.sharing.begin(version, 50, "ann")
    await second.sharing.follow()
    assert await second.sharing.end() is not None
    await first.sharing.follow()
    assert first.drawn() == second.drawn() == []
    assert first.sharing.share is None


async def test_while_nobody_can_be_asked_every_call_gets_the_live_version_and_that_is_said(
    workers: tuple[Worker, Worker, Board], caplog: pytest.LogCaptureFixture
) -> None:
    first, _, board = workers
    await first.sharing.begin(await draft(first), 99, "ann")
    board.away = True
    await first.sharing.follow()
    await first.sharing.follow()
    assert first.drawn() == []
    assert "cannot be asked" in first.sharing.note
    assert [record.event for record in caplog.records if record.event.startswith("share.in_doubt")] == [
        "share.in_doubt"
    ]
    board.away = False
    await first.sharing.follow()
    assert first.sharing.note == ""
    assert len(first.drawn()) > 1900


async def test_a_version_that_is_not_to_be_had_here_is_given_to_nobody(
    workers: tuple[Worker, Worker, Board], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = workers
    await first.sharing.begin(await draft(first), 50, "ann")

    async def gone(_: str) -> None:
        raise NotInStore("gone")

    monkeypatch.setattr(second.tried, "prepare", gone)
    await second.sharing.follow()
    assert second.drawn() == []
    assert "cannot use version" in second.sharing.note


async def test_another_live_version_ends_the_share_for_all(workers: tuple[Worker, Worker, Board]) -> None:
    first, second, _ = workers
    await first.sharing.begin(await draft(first), 50, "ann")
    await second.sharing.follow()
    text = FILES["agents/one.yaml"]
    edit = replacement("agents/one.yaml", text + "owner: us\n", (fingerprint(text),), "bob")
    await second.live.edit(edit)
    assert second.drawn() == [], "at once, where it went live"
    await second.sharing.follow()
    await first.sharing.follow()
    assert (first.sharing.share, second.sharing.share) == (None, None)


async def test_a_worker_that_is_behind_ends_nobodys_share(workers: tuple[Worker, Worker, Board]) -> None:
    first, second, board = workers
    text = FILES["agents/one.yaml"]
    edit = replacement("agents/one.yaml", text + "owner: us\n", (fingerprint(text),), "bob")
    await first.live.edit(edit)  # the second has not heard of it
    await first.sharing.begin(await draft(first), 50, "ann")
    await second.sharing.follow()
    await first.sharing.follow()
    assert first.sharing.share is not None
    assert await board.share() == first.sharing.share
    assert second.drawn() == first.drawn()


@pytest.mark.parametrize("percent", [0, 100, -1])
async def test_a_share_is_neither_none_nor_all(workers: tuple[Worker, Worker, Board], percent: int) -> None:
    first, _, _ = workers
    with pytest.raises(EditRefused, match="1 to 99"):
        await first.sharing.begin(await draft(first), percent, "ann")
    with pytest.raises(EditRefused, match="is live"):
        await first.sharing.begin(first.version, 50, "ann")


async def test_what_workers_tell_each_other_is_read_as_it_was_written() -> None:
    share = Share("v2", "v1", 50, "ann", datetime(2026, 11, 26, 12, tzinfo=UTC), "kürzer")
    assert Share.read(share.text()) == share
    share.text().encode("ascii")
    for odd in ("{}", "[]", "null", '{"version": 1}', "x"):
        with pytest.raises(ValueError, match="no share"):
            Share.read(odd)
