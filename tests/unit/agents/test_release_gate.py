"""The gate: nothing goes live, by any way, that has not passed what a line demands of exactly this version."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import changed_files, whole_version
from backend.agents.files import version_of
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.release_gate import ReleaseGate
from backend.domain.store_run import RunModel, RunResult, RunState, StoreRun
from backend.domain.tool import ToolNames
from backend.errors import NotRehearsed
from backend.testing.books import MemoryRevisions
from backend.testing.runs import MemoryStoreRuns

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)
ALL = LINE + "release: {requires_rehearsals: true}\n"
SOME = LINE + "release: {requires_rehearsals: [main/late, main/short]}\n"
AGENT = "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
FILES = {"agents/one.yaml": AGENT, "lines/main.yaml": ALL, "prompts/one.jinja": "You help.\n"}
GREETS = {"agents/one.yaml": AGENT + "greeting: Hello.\n"}
WORDS = {"prompts/one.jinja": "You help well.\n"}


class House:
    """A live store behind a gate."""

    def __init__(self, place: Path, files: dict[str, str] = FILES) -> None:
        for name in ("agent_store", "prompt_store"):
            (place / name).mkdir(parents=True, exist_ok=True)
        self.folder = StoreFolder(place / "agent_store", place / "prompt_store")
        self.folder.write(files)
        self.runs, self.revisions, self.board = MemoryStoreRuns(), MemoryRevisions(), LocalVersionBoard()
        self.has_model, self.audited = True, list[tuple[str, str, Any]]()
        self.live = self.started()

    def started(self) -> LiveStore:
        async def note(actor: str, action: str, detail: Any) -> None:
            self.audited.append((actor, action, detail))

        gate = ReleaseGate(self.runs, lambda: self.has_model, note)
        return LiveStore(self.folder, TOOLS, self.revisions, self.board, note, gate=gate)

    def version_with(self, changes: dict[str, str]) -> str:
        return version_of(dict(self.live.store.files) | changes)

    async def put(self, changes: dict[str, str]) -> None:
        await self.live.edit(changed_files(changes, (self.live.store.version,), "ann"))

    async def play(
        self,
        changes: dict[str, str],
        *results: tuple[str, bool],
        model: RunModel = "stand_in",
        names: tuple[str, ...] | None = None,
        state: RunState = "done",
        line: str = "main",
    ) -> None:
        number = len(self.runs.kept)
        await self.runs.begin(
            StoreRun(
                id=f"r{number}",
                kind="rehearsal",
                version=self.version_with(changes),
                model=model,
                names=names,
                actor="ann",
                started_at=datetime(2026, 11, 26, tzinfo=UTC) + timedelta(minutes=number),
            )
        )
        for position, (name, passed) in enumerate(results, 1):
            await self.runs.add(f"r{number}", position, RunResult(name=name, line=line, passed=passed))
        await self.runs.end(f"r{number}", state, datetime(2026, 11, 26, tzinfo=UTC))


@pytest.fixture
async def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    await house.live.open()
    return house


async def test_the_first_store_ever_is_live_without_anything_to_compare_it_with(house: House) -> None:
    assert house.live.store.files["lines/main.yaml"] == ALL


async def test_what_was_not_played_does_not_go_live_and_what_has_passed_does(house: House) -> None:
    before = house.live.store.version
    with pytest.raises(NotRehearsed, match="The line main demands that all its rehearsals have passed") as refused:
        await house.put(GREETS)
    assert refused.value.code == "store.not_rehearsed"
    assert house.live.store.version == before
    await house.play(GREETS, ("main/late", True))
    await house.put(GREETS)
    assert house.live.store.files["agents/one.yaml"] == GREETS["agents/one.yaml"]


async def played_another(house: House) -> None:
    await house.play(GREETS | {"agents/one.yaml": AGENT + "greeting: Hi.\n"}, ("main/late", True))


async def played_a_part(house: House) -> None:
    await house.play(GREETS, ("main/late", True), names=("main/late",))


async def played_half(house: House) -> None:
    await house.play(GREETS, ("main/late", True), state="stopped")


async def failed(house: House) -> None:
    await house.play(GREETS, ("main/late", True))
    await house.play(GREETS, ("main/late", False), names=("main/late",))


async def played_none_of_the_line(house: House) -> None:
    await house.play(GREETS, ("other/late", True), line="other")


@pytest.mark.parametrize("played", [played_another, played_a_part, played_half, failed, played_none_of_the_line])
async def test_only_a_complete_run_of_this_very_version_opens_it(house: House, played: Callable[[House], Any]) -> None:
    await played(house)
    with pytest.raises(NotRehearsed):
        await house.put(GREETS)


async def test_what_failed_is_named_and_counts_until_it_has_passed(house: House) -> None:
    await house.play(GREETS, ("main/late", False), ("main/early", True))
    with pytest.raises(NotRehearsed, match="failed: main/late"):
        await house.put(GREETS)
    await house.play(GREETS, ("main/late", True), names=("main/late",))
    await house.put(GREETS)


async def test_of_an_edit_of_wording_only_the_lines_own_model_tells(house: House) -> None:
    await house.play(WORDS, ("main/late", True))
    with pytest.raises(NotRehearsed, match="play them with model `line`"):
        await house.put(WORDS)
    house.has_model = False
    with pytest.raises(NotRehearsed, match="this server has none"):
        await house.put(WORDS)
    await house.play(WORDS, ("main/late", True), model="line")
    await house.put(WORDS)


async def test_another_model_is_an_edit_of_wording(house: House) -> None:
    other = {"agents/one.yaml": AGENT + "model: {deployment: gpt-x}\n"}
    await house.play(other, ("main/late", True))
    with pytest.raises(NotRehearsed, match="wording"):
        await house.put(other)


async def test_some_rehearsals_by_name_a_whole_caller_in_all_its_ways(tmp_path: Path) -> None:
    house = House(tmp_path, FILES | {"lines/main.yaml": SOME})
    await house.live.open()
    await house.play(GREETS, ("main/late", True), ("main/short_1", True), ("main/short_2", False), names=("x/y",))
    with pytest.raises(NotRehearsed, match="failed: main/short_2"):
        await house.put(GREETS)
    await house.play(GREETS, ("main/short_2", True), names=("main/short",))
    await house.put(GREETS)
    other = {"agents/one.yaml": AGENT + "greeting: Good day.\n"}
    await house.play(other, ("main/shortest_1", True), ("main/late", True))
    with pytest.raises(NotRehearsed, match="not played: main/short"):
        await house.put(other)


async def test_an_edit_that_takes_the_gate_away_has_to_pass_it(house: House) -> None:
    with pytest.raises(NotRehearsed):
        await house.put({"lines/main.yaml": LINE})
    await house.play({"lines/main.yaml": LINE}, ("main/late", True))
    await house.put({"lines/main.yaml": LINE})
    await house.put(GREETS)


async def test_going_back_is_always_possible(house: House) -> None:
    before = house.live.store.version
    await house.play(GREETS, ("main/late", True))
    await house.put(GREETS)
    house.runs.kept.clear()
    await house.live.rollback(before, "ann")
    assert house.live.store.version == before


async def test_an_override_is_audited_with_who_and_why(house: House) -> None:
    after = dict(house.live.store.files) | GREETS
    edit = whole_version(after, (house.live.store.version,), "key:root", override="the number was wrong")
    await house.live.edit(edit)
    version = house.live.store.version
    told = {"version": version, "lines": ["main"], "note": "the number was wrong"}
    assert ("key:root", "store.override", told) in house.audited


async def test_a_file_that_is_saved_on_disk_waits_for_its_rehearsals(house: House) -> None:
    before = house.live.store.version
    house.folder.write(GREETS)
    await house.live.look()
    rejected = house.live.status().rejected
    assert house.live.store.version == before
    assert rejected is not None
    assert "demands" in rejected.problems[0]
    await house.play(GREETS, ("main/late", True))
    await house.live.look()
    assert house.live.store.files["agents/one.yaml"] == GREETS["agents/one.yaml"]
    assert house.live.status().rejected is None


async def test_a_start_does_not_open_the_gate(house: House) -> None:
    before = house.live.store.version
    house.folder.write(GREETS)
    house.board = LocalVersionBoard()  # of a single server nobody but the record knows what was live
    again = house.started()
    await again.open()
    assert again.store.version == before
    assert again.status().rejected is not None


async def put_whole(house: House, files: dict[str, str]) -> None:
    await house.live.edit(whole_version(files, (house.live.store.version,), "ann"))


async def test_a_line_by_another_name_has_to_pass_what_the_one_that_is_gone_demanded(house: House) -> None:
    renamed = {name: text for name, text in FILES.items() if name != "lines/main.yaml"}
    renamed["lines/other.yaml"] = LINE.replace("name: main", "name: other")
    with pytest.raises(NotRehearsed, match="The line other demands that all its rehearsals"):
        await put_whole(house, renamed)
    assert "main" in house.live.store.lines


async def test_a_line_that_takes_over_a_number_takes_over_what_was_demanded_for_it(house: House) -> None:
    moved = {
        "lines/main.yaml": ALL.replace("+18005550100", "+18005550101"),
        "lines/other.yaml": LINE.replace("name: main", "name: other"),
    }
    await house.play(moved, ("main/late", True))
    with pytest.raises(NotRehearsed, match="The line other demands"):
        await house.put(moved)


async def test_an_agent_by_another_name_is_an_edit_of_wording(house: House) -> None:
    other = {
        "agents/one.yaml": AGENT,
        "agents/two.yaml": AGENT.replace("name: one", "name: two") + "model: {deployment: gpt-x}\n",
        "lines/main.yaml": ALL.replace("entry: one\nagents: [one]", "entry: two\nagents: [two]"),
        "lines/side.yaml": LINE.replace("name: main", "name: side").replace("+18005550100", "+18005550101"),
    }
    await house.play(other, ("main/late", True))
    with pytest.raises(NotRehearsed, match="wording"):
        await house.put(other)
    await house.play(other, ("main/late", True), model="line")
    await house.put(other)
