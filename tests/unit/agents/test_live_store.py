"""The live store: whole versions that passed the check, one after another, agreed by all workers."""

import asyncio
import importlib
import threading
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import changed_files, creation, removal, replacement
from backend.agents.files import fingerprint
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.watch import watch_store
from backend.domain.tool import ToolNames
from backend.errors import (
    AlreadyInStore,
    EditConflict,
    EditRefused,
    EditUnguarded,
    NotInStore,
    SessionLost,
    StoreError,
    Unavailable,
)
from backend.language import languages, named
from backend.testing.books import MemoryRevisions

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
AGENT = "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)
BROKEN = AGENT + "greting: hi\n"


class Board(LocalVersionBoard):
    """A board that can be out of reach."""

    def __init__(self) -> None:
        super().__init__()
        self.lost = False

    async def current(self) -> str | None:
        if self.lost:
            raise SessionLost("redis: gone")
        return await super().current()

    async def move(self, *, expected: str | None, to: str) -> bool:
        if self.lost:
            raise SessionLost("redis: gone")
        return await super().move(expected=expected, to=to)


class House:
    """One store on disk, its records and its board; any number of workers, each with the same or its own disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.revisions = MemoryRevisions()
        self.board = Board()
        self.notes: list[tuple[str, str]] = []
        self.disk(root)

    def disk(self, root: Path) -> StoreFolder:
        for folder in ("agents", "lines"):
            (root / "agent_store" / folder).mkdir(parents=True, exist_ok=True)
        (root / "prompt_store").mkdir(exist_ok=True)
        folder = StoreFolder(root / "agent_store", root / "prompt_store")
        folder.write({"agents/one.yaml": AGENT, "lines/main.yaml": LINE, "prompts/one.jinja": "You help."})
        return folder

    async def worker(self, root: Path | None = None) -> LiveStore:
        folder = root or self.root

        async def note(actor: str, action: str, detail: Mapping[str, Any]) -> None:
            self.notes.append((actor, detail["version"]))

        live = LiveStore(
            StoreFolder(folder / "agent_store", folder / "prompt_store"), TOOLS, self.revisions, self.board, note
        )
        await live.open()
        return live

    def agent(self, text: str | None = None) -> str:
        path = self.root / "agent_store" / "agents" / "one.yaml"
        if text is not None:
            path.write_text(text)
        return path.read_text()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def greeting(text: str) -> str:
    return AGENT + f"greeting: {text}\n"


async def test_an_edit_on_disk_is_taken_over_whole_and_old_snapshots_stay(house: House) -> None:
    live = await house.worker()
    before = live.store
    house.agent(greeting("Hello."))
    await live.look()
    assert live.store.agents["one"].greeting == "Hello."
    assert before.agents["one"].greeting == ""
    kept = await house.revisions.get(live.store.version)
    assert kept is not None
    assert (kept.actor, kept.files["agents/one.yaml"]) == ("disk", greeting("Hello."))
    assert house.notes == [("disk", before.version), ("disk", live.store.version)]


async def test_its_languages_are_loaded_before_it_is_live_and_off_the_loop(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: dict[str, bool] = {}

    def load(name: str) -> ModuleType:
        loaded[name] = threading.current_thread() is threading.main_thread()
        return importlib.import_module(name)

    live = await house.worker()
    languages.loaded.cache_clear()  # as if nobody had spoken yet
    named._language.cache_clear()  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(languages, "import_module", load)
    house.agent(AGENT + "speech: {languages: [en-US, es-MX]}\n")
    await live.look()
    assert live.store.languages == {"en-US", "es-MX"}
    assert {name.split(".")[2] for name in loaded} == {"en", "es"}
    assert not any(loaded.values())


async def test_a_bad_edit_changes_nothing_and_is_told_until_it_is_put_right(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    live = await house.worker()
    before = live.store
    house.agent(BROKEN)
    await live.look()
    rejected = live.status().rejected
    assert live.store is before
    assert rejected is not None
    assert rejected.problems == ("agent_store/agents/one.yaml:5: unknown key 'greting'; did you mean 'greeting'?",)
    assert live.status().disk != live.status().version
    house.agent(AGENT)
    await live.look()
    assert live.status().rejected is None
    assert live.store is before
    told = [event for record in caplog.records if (event := getattr(record, "event", "")).startswith("store.")]
    assert told[-2:] == ["store.refused", "store.taken_back"]


async def test_nothing_is_taken_over_that_could_not_be_recorded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    live = await house.worker()
    before, keep = live.store, house.revisions.keep

    async def down(_: object) -> None:
        raise Unavailable("store", "the database is down")

    monkeypatch.setattr(house.revisions, "keep", down)
    house.agent(greeting("Hello."))
    with pytest.raises(Unavailable):
        await live.look()
    assert live.store is before
    monkeypatch.setattr(house.revisions, "keep", keep)
    await live.look()
    assert live.store.agents["one"].greeting == "Hello."


async def test_an_edit_over_http_is_written_to_disk_and_recorded(house: House) -> None:
    live = await house.worker()
    outcome = await live.edit(replacement("agents/one.yaml", greeting("Hi."), (fingerprint(AGENT),), "ann"))
    assert house.agent() == greeting("Hi.")
    assert live.store is outcome.store
    assert outcome.changed == ("agents/one.yaml",)
    assert "+greeting: Hi." in outcome.diff
    assert live.status().actor == "ann"
    assert await house.board.current() == live.store.version
    await live.look()
    assert live.store is outcome.store


async def test_a_check_changes_nothing(house: House) -> None:
    live = await house.worker()
    edit = replacement("agents/one.yaml", greeting("Hi."), ("*",), "ann")
    outcome = await live.edit(edit, check=True)
    assert outcome.store.agents["one"].greeting == "Hi."
    assert "+greeting: Hi." in outcome.diff
    assert live.store.version == outcome.previous
    assert house.agent() == AGENT


async def test_an_edit_that_does_not_pass_the_check_is_refused_with_its_faults(house: House) -> None:
    live = await house.worker()
    with pytest.raises(StoreError) as refused:
        await live.edit(replacement("agents/one.yaml", BROKEN, ("*",), "ann"))
    assert refused.value.problems == ["agent_store/agents/one.yaml:5: unknown key 'greting'; did you mean 'greeting'?"]
    assert house.agent() == AGENT


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (replacement("agents/one.yaml", "x", ("0000",), "ann"), EditConflict),
        (replacement("agents/one.yaml", "x", None, "ann"), EditUnguarded),
        (replacement("agents/two.yaml", "x", ("*",), "ann"), NotInStore),
        (removal("prompts/two.jinja", ("*",), "ann"), NotInStore),
        (creation("agents/one.yaml", "x", "ann"), AlreadyInStore),
        (changed_files({"agents/two.yaml": None}, ("*",), "ann"), NotInStore),
        (changed_files({"agents/one.yaml": "x"}, None, "ann"), EditUnguarded),
    ],
)
async def test_an_edit_that_does_not_fit_is_refused(house: House, edit: Any, error: type[Exception]) -> None:
    live = await house.worker()
    with pytest.raises(error):
        await live.edit(edit)
    assert house.agent() == AGENT


@pytest.mark.parametrize(
    "name", ["../x.yaml", "agents/../../x.yaml", "prompts/../x.jinja", "prompts/.x.jinja", "x", ""]
)
def test_names_stay_in_the_store(name: str) -> None:
    with pytest.raises(EditRefused, match="expected a name such as"):
        changed_files({name: "x"}, ("*",), "ann")


async def test_several_files_change_together(house: House) -> None:
    live = await house.worker()
    before = live.store
    changes: dict[str, str | None] = {
        "agents/two.yaml": AGENT.replace("one", "two"),
        "prompts/two.jinja": "You help, too.",
        "agents/one.yaml": AGENT + "handoffs:\n  - {to: two, when: something else}\n",
        "lines/main.yaml": LINE.replace("agents: [one]", "agents: [one, two]"),
    }
    await live.edit(changed_files(changes, (before.version,), "ann"))
    assert set(live.store.agents) == {"one", "two"}
    await live.rollback(before.version, "bob")
    assert set(live.store.agents) == {"one"}
    assert not (house.root / "prompt_store" / "two.jinja").exists()
    assert live.store.version == before.version


async def test_of_two_editors_at_once_one_is_told(house: House) -> None:
    live = await house.worker()
    both = [replacement("agents/one.yaml", greeting(who), (fingerprint(AGENT),), who) for who in ("ann", "bob")]
    outcomes = await asyncio.gather(*(live.edit(edit) for edit in both), return_exceptions=True)
    assert sorted(isinstance(outcome, EditConflict) for outcome in outcomes) == [False, True]
    winner = live.status().actor
    assert house.agent() == greeting(winner)


async def test_unfinished_work_on_disk_is_not_written_over_but_a_roll_back_clears_it(house: House) -> None:
    live = await house.worker()
    before = live.store.version
    await live.edit(replacement("agents/one.yaml", greeting("Hi."), ("*",), "ann"))
    house.agent(BROKEN)
    with pytest.raises(EditConflict, match="edited on disk"):
        await live.edit(replacement("agents/one.yaml", greeting("Ho."), ("*",), "ann"))
    await live.edit(replacement("prompts/one.jinja", "You listen.", ("*",), "ann"))
    assert house.agent() == BROKEN
    await live.rollback(before, "bob")
    assert house.agent() == AGENT
    assert live.status().rejected is None


async def test_an_edit_on_disk_that_nobody_saw_yet_counts_as_somebody_elses(house: House) -> None:
    live = await house.worker()
    house.agent(greeting("From disk."))
    with pytest.raises(EditConflict):
        await live.edit(replacement("agents/one.yaml", greeting("Hi."), (fingerprint(AGENT),), "ann"))
    assert live.store.agents["one"].greeting == "From disk."


async def test_an_edit_on_disk_in_the_very_moment_of_another_is_not_written_over(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = await house.worker()
    current = house.board.current

    async def somebody_is_quicker() -> str | None:
        monkeypatch.setattr(house.board, "current", current)
        house.agent(greeting("From disk."))
        return await current()

    monkeypatch.setattr(house.board, "current", somebody_is_quicker)
    with pytest.raises(EditConflict):
        await live.edit(replacement("agents/one.yaml", greeting("Hi."), (fingerprint(AGENT),), "ann"))
    assert house.agent() == greeting("From disk.")
    assert live.store.agents["one"].greeting == "From disk."


async def test_an_edit_on_disk_just_after_another_was_written_counts_as_the_next(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = await house.worker()
    keep = house.revisions.keep

    async def somebody_is_later(revision: Any) -> None:
        monkeypatch.setattr(house.revisions, "keep", keep)
        house.agent(greeting("From disk."))
        await keep(revision)

    monkeypatch.setattr(house.revisions, "keep", somebody_is_later)
    await live.edit(replacement("agents/one.yaml", greeting("Hi."), (fingerprint(AGENT),), "ann"))
    assert house.agent() == greeting("From disk.")
    await live.look()
    assert live.store.agents["one"].greeting == "From disk."


# -- several workers --------------------------------------------------------------------------


async def test_workers_with_disks_of_their_own_follow_each_other(house: House, tmp_path: Path) -> None:
    house.disk(tmp_path / "b")
    first, second = await house.worker(), await house.worker(tmp_path / "b")
    await first.edit(replacement("agents/one.yaml", greeting("Hi."), ("*",), "ann"))
    await second.follow(await house.board.current())
    assert second.store.version == first.store.version
    assert second.status().actor == "ann"
    await second.look()
    assert second.store.version == first.store.version, "an old disk is no edit"
    await second.edit(replacement("prompts/one.jinja", "You listen.", ("*",), "bob"))
    await first.follow(await house.board.current())
    assert first.store.files == second.store.files
    assert (tmp_path / "b" / "agent_store" / "agents" / "one.yaml").read_text() == greeting("Hi.")


async def test_of_two_editors_at_two_workers_one_is_told(house: House, tmp_path: Path) -> None:
    house.disk(tmp_path / "b")
    workers = [await house.worker(), await house.worker(tmp_path / "b")]
    edits = [replacement("agents/one.yaml", greeting(who), (fingerprint(AGENT),), who) for who in ("ann", "bob")]
    outcomes = await asyncio.gather(
        *(worker.edit(edit) for worker, edit in zip(workers, edits, strict=True)), return_exceptions=True
    )
    assert sorted(isinstance(outcome, EditConflict) for outcome in outcomes) == [False, True]
    for worker in workers:
        await worker.follow(await house.board.current())
    assert workers[0].store.version == workers[1].store.version


async def test_workers_on_one_disk_record_an_edit_once(house: House) -> None:
    first, second = await house.worker(), await house.worker()
    house.agent(greeting("Hi."))
    await first.look()
    await second.look()
    assert second.store.version == first.store.version
    assert [version for _, version in house.notes].count(first.store.version) == 1


async def test_a_worker_that_starts_late_takes_what_is_agreed_not_its_old_copy(house: House, tmp_path: Path) -> None:
    house.disk(tmp_path / "b")
    first = await house.worker()
    await first.edit(replacement("agents/one.yaml", greeting("Hi."), ("*",), "ann"))
    late = await house.worker(tmp_path / "b")
    assert late.store.version == first.store.version
    assert late.status().disk != late.status().version


async def test_a_worker_that_starts_with_new_files_brings_them_live(house: House, tmp_path: Path) -> None:
    house.disk(tmp_path / "b")
    first = await house.worker()
    (tmp_path / "b" / "prompt_store" / "one.jinja").write_text("You are new.")
    new = await house.worker(tmp_path / "b")
    await first.follow(await house.board.current())
    assert first.store.version == new.store.version
    assert first.store.prompts["one.jinja"] == "You are new."


async def test_a_worker_starts_on_the_agreed_version_when_its_disk_is_broken(house: House) -> None:
    first = await house.worker()
    house.agent(BROKEN)
    late = await house.worker()
    assert late.store.version == first.store.version
    assert late.status().rejected is not None
    house.board = Board()
    with pytest.raises(StoreError):
        await house.worker()


async def test_a_worker_that_cannot_use_the_agreed_version_keeps_its_own_and_never_turns_the_others_back(
    house: House,
) -> None:
    first = await house.worker()
    old = first.store
    house.agent(greeting("Hi."))
    await first.look()
    agreed = first.store.version
    house.agent(AGENT)
    kept = await house.revisions.get(agreed)
    assert kept is not None
    dict.update(kept.files, {"agents/one.yaml": AGENT.replace("end_call", "newer_tool")})  # type: ignore[arg-type]
    late = await house.worker()
    assert late.store.version == old.version
    assert await house.board.current() == agreed
    status = late.status().rejected
    assert status is not None
    assert status.origin == agreed


async def test_without_redis_edits_wait_but_the_disk_still_counts(house: House) -> None:
    live = await house.worker()
    house.board.lost = True
    with pytest.raises(SessionLost):
        await live.edit(replacement("agents/one.yaml", greeting("Hi."), ("*",), "ann"))
    house.agent(greeting("From disk."))
    await live.look()
    mine = live.store.version
    house.board.lost = False
    await live.follow(await house.board.current())
    assert live.store.version == mine
    assert await house.board.current() == mine


async def test_a_board_that_forgot_is_told_again(house: House) -> None:
    live = await house.worker()
    house.board._agreed = None
    await live.follow(None)
    assert await house.board.current() == live.store.version


async def test_what_was_agreed_before_an_edit_of_ours_turns_nothing_back(house: House) -> None:
    live = await house.worker()
    read_before = await house.board.current()
    await live.edit(replacement("agents/one.yaml", greeting("Hi."), ("*",), "ann"))
    await live.follow(read_before)
    assert live.store.agents["one"].greeting == "Hi."


# -- watching ---------------------------------------------------------------------------------


async def test_the_watch_sees_edits_on_disk_good_and_bad(house: House) -> None:
    live = await house.worker()
    changed = asyncio.Event()
    live.snapshots.on_live.append(lambda _: changed.set())
    folders = (house.root / "agent_store", house.root / "prompt_store")
    async with watch_store(live, house.board, folders), asyncio.timeout(25):
        house.agent(greeting("Hi."))
        await changed.wait()
        changed.clear()
        house.agent(BROKEN)
        while live.status().rejected is None:
            await asyncio.sleep(0.02)
        (house.root / "prompt_store" / "one.jinja").write_text("You listen.")
        house.agent(greeting("Ho."))
        await changed.wait()
    assert live.status().rejected is None
    assert live.store.agents["one"].greeting == "Ho."


# -- visiting ---------------------------------------------------------------------------------


def visitor(house: House, root: Path) -> LiveStore:
    folder = StoreFolder(root / "agent_store", root / "prompt_store")
    return LiveStore(folder, TOOLS, house.revisions, house.board)


async def test_a_visitor_puts_nothing_live_by_looking(house: House, tmp_path: Path) -> None:
    live = await house.worker()
    house.disk(tmp_path / "laptop")
    (tmp_path / "laptop" / "prompt_store" / "one.jinja").write_text("You are an experiment.")
    visiting = visitor(house, tmp_path / "laptop")
    await visiting.visit()
    assert visiting.store.version == live.store.version == await house.board.current()
    assert len(await house.revisions.list()) == 1


async def test_a_visitor_can_go_back_from_a_broken_disk(house: House) -> None:
    live = await house.worker()
    before = live.store.version
    await live.edit(replacement("agents/one.yaml", greeting("Hi."), ("*",), "ann"))
    house.agent(BROKEN)
    house.board = Board()  # as it is without Redis
    visiting = visitor(house, house.root)
    await visiting.visit()
    await visiting.rollback(before, "bob")
    assert house.agent() == AGENT
    await live.look()
    assert live.store.version == before
