"""A store that comes in an image: copied at the first start, edited where it was copied to, never written over."""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from nursery import run

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import replacement
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.seeding import Seed
from backend.domain.tool import ToolNames
from backend.errors import ConfigError
from backend.testing.books import MemoryRevisions
from config.connections import ConnectionSettings

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
AGENT = "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)
ROOT = Path(__file__).parents[3]


class Cloud:
    """Images, disks that may be new at each start, records that stay, and a board that may forget."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.revisions = MemoryRevisions()
        self.board = LocalVersionBoard()

    def image(self, words: str) -> Path:
        seed = self.root / f"image_{words}"
        for name, text in (("agents/one.yaml", AGENT), ("lines/main.yaml", LINE)):
            path = seed / "agent_store" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (seed / "prompt_store").mkdir(exist_ok=True)
        (seed / "prompt_store/one.jinja").write_text(f"You {words}.")
        return seed

    async def start(self, image: str, disk: str = "volume") -> LiveStore:
        place = self.root / disk
        folder = StoreFolder(place / "agent_store", place / "prompt_store")
        planted = await Seed(self.image(image), folder, self.revisions).plant()
        live = LiveStore(folder, TOOLS, self.revisions, self.board, planted=planted)
        await live.open()
        return live

    def forget(self) -> None:
        self.board = LocalVersionBoard()


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    return Cloud(tmp_path)


def words(live: LiveStore) -> str:
    return live.store.prompts["one.jinja"]


async def edit(live: LiveStore, text: str, actor: str = "ann") -> None:
    await live.edit(replacement("prompts/one.jinja", text, ("*",), actor))


async def test_the_first_start_copies_the_seed_and_it_is_live(cloud: Cloud) -> None:
    live = await cloud.start("help")
    assert (words(live), live.status().actor, live.status().seed) == ("You help.", "image", "")
    assert (cloud.root / "volume/prompt_store/one.jinja").read_text() == "You help."
    assert [kept.actor for kept in await cloud.revisions.list()] == ["image"]
    again = await cloud.start("help")
    assert (words(again), len(await cloud.revisions.list())) == ("You help.", 1)


async def test_a_store_that_nobody_edited_follows_the_image(cloud: Cloud) -> None:
    await cloud.start("help")
    live = await cloud.start("listen")
    assert (words(live), live.status().actor) == ("You listen.", "image")
    cloud.forget()
    fresh = await cloud.start("sing", "another disk")
    assert words(fresh) == "You sing."


@pytest.mark.parametrize("disk", ["volume", "a fresh disk"])
@pytest.mark.parametrize("forgets", [False, True])
async def test_an_edited_store_is_never_written_over_in_silence(cloud: Cloud, disk: str, forgets: bool) -> None:
    await edit(await cloud.start("help"), "You are ours.")
    if forgets:
        cloud.forget()
    live = await cloud.start("listen", disk)
    assert words(live) == "You are ours."
    assert "the image brings another store" in live.status().seed
    assert "by ann stays live" in live.status().seed
    assert (cloud.root / disk / "prompt_store/one.jinja").read_text() == "You are ours."
    same_image = await cloud.start("help", disk)
    assert (words(same_image), same_image.status().seed) == ("You are ours.", ""), "that seed was live: nothing waits"


async def test_the_records_bring_an_edited_store_back_to_a_fresh_disk(cloud: Cloud) -> None:
    live = await cloud.start("help")
    await edit(live, "You are ours.")
    shutil.rmtree(cloud.root / "volume")
    cloud.forget()
    back = await cloud.start("help")
    assert (words(back), back.status().actor) == ("You are ours.", "ann")
    await edit(back, "You are still ours.")
    assert (cloud.root / "volume/prompt_store/one.jinja").read_text() == "You are still ours."


async def test_going_back_to_what_the_image_brought_is_a_person_s_choice(cloud: Cloud) -> None:
    live = await cloud.start("help")
    first = live.store.version
    await edit(live, "You are ours.")
    await live.rollback(first, "bob")
    later = await cloud.start("listen", "a fresh disk")
    assert words(later) == "You help."
    assert "by bob stays live" in later.status().seed


async def test_an_older_image_does_not_turn_a_newer_one_back(cloud: Cloud) -> None:
    await cloud.start("help")
    await cloud.start("listen")
    cloud.forget()
    assert words(await cloud.start("help", "a fresh disk")) == "You listen."


async def test_work_on_the_disk_is_left_alone(cloud: Cloud) -> None:
    await cloud.start("help")
    path = cloud.root / "volume/prompt_store/one.jinja"
    path.write_text("You are written by hand.")
    live = await cloud.start("listen")
    assert (words(live), live.status().actor) == ("You are written by hand.", "disk")
    path.write_text("{{ half ")
    cloud.forget()
    with pytest.raises(Exception, match="is not a template"):
        await cloud.start("listen")
    assert path.read_text() == "{{ half "


async def test_seeds_and_places_that_are_none(cloud: Cloud) -> None:
    folder = StoreFolder(cloud.root / "x/agent_store", cloud.root / "x/prompt_store")
    with pytest.raises(ConfigError, match="STORE_SEED"):
        await Seed(cloud.root / "nothing", folder, cloud.revisions).plant()
    (cloud.root / "file").write_text("")
    folder = StoreFolder(cloud.root / "file/agent_store", cloud.root / "file/prompt_store")
    with pytest.raises(ConfigError, match="AGENT_STORE: expected a place that can be written"):
        await Seed(cloud.image("help"), folder, cloud.revisions).plant()


def as_another_user(seed: Path, *place: Path) -> dict[str, Any]:
    """Run the script as ``nobody`` where we are root, on a seed that cannot be written in any case."""
    for path in (seed, *seed.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in place:
        path.mkdir()
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
    script = Path(__file__).with_name("foreign_seed.py")
    command = [str(script), str(seed), *map(str, place)]
    ran = run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that another user may walk into; pytest's own are for one user."""
    with tempfile.TemporaryDirectory(prefix="seed") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_another_user_edits_a_store_whose_seed_is_root_s(everybodys: Path) -> None:
    """As in the image: the seed is root's, or at least cannot be written, and the server runs as another user."""
    found = as_another_user(Cloud(everybodys).image("help"), everybodys / "place")
    assert found["prompt"] == "You listen."
    assert (found["first"], found["note"], found["seed"]) == ("image", "", "You help.")
    assert not found["writable_seed"]
    assert found["user"] != 0


def test_an_edit_of_a_store_that_is_root_s_is_refused_and_nobody_hears_of_it(everybodys: Path) -> None:
    found = as_another_user(Cloud(everybodys).image("help"))
    assert found["said"] == found["note"] == "the store's folders cannot be written: Permission denied"
    assert (found["told"], found["listed"], found["prompt"]) == ([], 1, "You help.")


def _image_environment() -> Mapping[str, str]:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    return {
        name: value
        for line in re.findall(r"^ENV (.*)$", text, re.M)
        for name, value in re.findall(r"(\w+)=(\S+)", line)
    }


def test_the_image_keeps_its_store_where_the_server_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    environment, text = _image_environment(), (ROOT / "Dockerfile").read_text()
    for name in ("STORE_SEED", "AGENT_STORE", "PROMPT_STORE"):
        monkeypatch.setenv(name, environment[name])
    connections = ConnectionSettings()
    workdir = Path(re.findall(r"^WORKDIR (\S+)", text, re.M)[-1])
    assert connections.store_seed == workdir, "agent_store and prompt_store are copied there"
    owned = [workdir / name for name in re.findall(r"chown (?:-R )?ringmaster(?::\w+)? (\w+)", text)]
    for place in (connections.agent_store, connections.prompt_store):
        assert any(place.is_relative_to(folder) for folder in owned)
        assert place.parent != connections.store_seed
