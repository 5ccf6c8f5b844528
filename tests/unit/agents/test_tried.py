"""Versions of the store that are tried: drafts and past ones, of which nothing goes live."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import changed_files
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.tried import TriedVersions
from backend.domain.tool import ToolNames
from backend.errors import EditConflict, NotInStore, StoreError
from backend.testing.books import MemoryRevisions

TOOLS = ToolNames({"end_call": frozenset({"end_call"})})
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\nperson: {number: "+18005550199"}\n'
    "timezone: America/Chicago\n"
)


def agent(greeting: str) -> str:
    return f"name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\ngreeting: {greeting}\n"


@pytest.fixture
def revisions() -> MemoryRevisions:
    return MemoryRevisions()


@pytest.fixture
async def live(tmp_path: Path, revisions: MemoryRevisions) -> AsyncGenerator[LiveStore]:
    for folder in ("a/agents", "a/lines", "p"):
        (tmp_path / folder).mkdir(parents=True)
    folder = StoreFolder(tmp_path / "a", tmp_path / "p")
    folder.write({"agents/one.yaml": agent("Hello."), "lines/main.yaml": LINE, "prompts/one.jinja": "I am one."})
    store = LiveStore(folder, TOOLS, revisions, LocalVersionBoard())
    await store.open()
    yield store
    await store.close()


async def test_a_draft_can_be_had_at_another_worker_and_is_not_live(
    live: LiveStore, revisions: MemoryRevisions, tmp_path: Path
) -> None:
    before = live.store.version
    draft = await TriedVersions(live, revisions).keep(
        changed_files({"agents/one.yaml": agent("Good day.")}, (before,), "ann"), "ann"
    )
    assert draft.version != before and draft.agents["one"].greeting == "Good day."
    assert live.store.version == before
    assert "Hello." in (tmp_path / "a/agents/one.yaml").read_text()
    elsewhere = TriedVersions(live, revisions)
    assert elsewhere.get(draft.version) is None
    assert (await elsewhere.prepare(draft.version)).agents["one"].greeting == "Good day."
    assert elsewhere.get(draft.version) is not None
    assert [one.version for one in await revisions.list()] == [before]


async def test_a_draft_must_pass_the_check_and_be_made_from_what_is_live(
    live: LiveStore, revisions: MemoryRevisions
) -> None:
    tried = TriedVersions(live, revisions)
    with pytest.raises(StoreError):
        await tried.keep(changed_files({"agents/one.yaml": "name: one\n"}, (live.store.version,), "ann"), "ann")
    with pytest.raises(EditConflict):
        await tried.keep(changed_files({"agents/one.yaml": agent("Hi.")}, ("0" * 16,), "ann"), "ann")


@pytest.mark.parametrize("name", ["", "0" * 16, "../x", "' or 1=1"])
async def test_a_version_that_there_is_not_is_not_had(live: LiveStore, revisions: MemoryRevisions, name: str) -> None:
    with pytest.raises(NotInStore):
        await TriedVersions(live, revisions).prepare(name)


async def test_few_are_kept_ready(live: LiveStore, revisions: MemoryRevisions) -> None:
    tried = TriedVersions(live, revisions)
    versions: list[str] = []
    for number in range(20):
        edit = changed_files({"agents/one.yaml": agent(f"Number {number}.")}, (live.store.version,), "ann")
        versions.append((await tried.keep(edit, "ann")).version)
    assert sum(tried.get(one) is not None for one in versions) == 16
    first = await tried.prepare(versions[0])  # made again from the record
    assert first.agents["one"].greeting == "Number 0."
