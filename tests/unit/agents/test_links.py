"""A link in a store's folders brings no file of the server into the store, and has no edit change one."""

import os
from pathlib import Path

import pytest

from backend.agents.files import read_files
from backend.agents.folder import StoreFolder
from backend.agents.links import LEADS_OUT, is_within
from backend.errors import EditRefused

SECRET = "name: secret\n"
OUTSIDE = {
    "agents/a.yaml": "outside/a.yaml",
    "lines/a.yaml": "store/policyholders.yaml",
    "knowledge/main": "outside",
    "knowledge/main/a.md": "outside/a.md",
    "rehearsals/main/a.yaml": "outside/a.yaml",
    "books": "outside",
    "forms/a.yaml": "/etc/passwd",
    "prompts/a.jinja": "outside/a.jinja",
    "prompts/deep/a.jinja": "outside/a.jinja",
    "prompts/b.jinja": "store/agents/b.yaml",
    "tools/a.yaml": "outside/none.yaml",
}
"""A link of the store, and where it leads."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store in a folder, and files beside it that are none of its own."""
    for name in (
        "outside/a.yaml",
        "outside/a.md",
        "outside/a.jinja",
        "store/policyholders.yaml",
        "store/agents/b.yaml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(SECRET)
    (tmp_path / "store" / "lines").mkdir()
    (tmp_path / "prompts").mkdir()
    return tmp_path


def _path(place: Path, name: str) -> Path:
    return place / name if name.startswith("prompts/") else place / "store" / name


def _link(place: Path, name: str, to: str) -> None:
    path = _path(place, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(place / to)


@pytest.mark.parametrize(("name", "to"), OUTSIDE.items())
def test_what_a_link_brings_from_outside_is_no_part_of_the_store(place: Path, name: str, to: str):
    _link(place, name, to)
    files = read_files(place / "store", place / "prompts")
    assert set(files.contents()) == {"agents/b.yaml"}
    assert LEADS_OUT in " ".join(problem.message for problem in files.problems)


@pytest.mark.parametrize(("name", "to"), OUTSIDE.items())
def test_no_edit_goes_where_a_link_leads(place: Path, name: str, to: str):
    _link(place, name, to)
    before = {path: path.read_bytes() for path in sorted((place / "outside").iterdir())}
    inside = {"knowledge/main": "knowledge/main/a.md", "books": "books/a.yaml"}.get(name, name)
    for text in ("name: mine\n", None):
        with pytest.raises(EditRefused, match="leads out of the store"):
            StoreFolder(place / "store", place / "prompts").write({inside: text})
    assert {path: path.read_bytes() for path in sorted((place / "outside").iterdir())} == before


def test_links_that_stay_in_the_store_are_followed(place: Path):
    """So a cluster mounts a map of files: each is a link into a hidden folder, which a link of its own names."""
    store = place / "store"
    hidden = store / "agents" / "..2026"
    hidden.mkdir()
    (hidden / "c.yaml").write_text("name: c\n")
    (store / "agents" / "..data").symlink_to("..2026")
    (store / "agents" / "c.yaml").symlink_to(Path("..data") / "c.yaml")
    for name, to in (("..one/forms", None), ("..data", "..one"), ("forms", "..data/forms")):
        (store / name).symlink_to(to) if to else (store / name).mkdir(parents=True)
    (store / "forms" / "f.yaml").write_text("name: f\n")
    (store / "knowledge" / "one").mkdir(parents=True)
    (store / "knowledge" / "one" / "k.md").write_text("# Hours\n")
    (store / "knowledge" / "two").symlink_to("one")
    files = read_files(store, place / "prompts")
    wanted = {"agents/b.yaml", "agents/c.yaml", "forms/f.yaml", "knowledge/one/k.md", "knowledge/two/k.md"}
    assert set(files.contents()) == wanted
    assert files.problems == []


def test_the_store_itself_may_be_a_link(place: Path):
    for name in ("store", "prompts"):
        (place / f"current-{name}").symlink_to(place / name)
    files = read_files(place / "current-store", place / "current-prompts")
    assert set(files.contents()) == {"agents/b.yaml"}
    StoreFolder(place / "current-store", place / "current-prompts").write({"prompts/new.jinja": "Hello."})
    assert (place / "prompts" / "new.jinja").read_text() == "Hello."


def test_links_in_a_ring_and_names_that_only_begin_alike(tmp_path: Path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert is_within(tmp_path / "a", os.path.realpath(tmp_path))
    assert not is_within(tmp_path / "store-of-others" / "x", os.path.realpath(tmp_path / "store"))
    assert is_within(tmp_path, os.sep)
