"""An edit of the store is made whole or not at all, whatever fails when; one that was refused is never live."""

import contextlib
import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import changed_files, creation, removal, replacement
from backend.agents.folder import StoreFolder
from backend.agents.live import LiveStore
from backend.agents.store_names import is_copy, is_store_name, name_fault
from backend.agents.whole_write import WholeWrite
from backend.domain.tool import ToolNames
from backend.errors import EditRefused, SessionLost
from backend.testing.books import MemoryRevisions

TOOLS = ToolNames({name: frozenset({name}) for name in ("end_call", "transfer_to_person")})
AGENT = "name: one\ndescription: Helps callers.\nprompt: one.jinja\ntools: [end_call]\n"
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)
BEFORE = {"agents/one.yaml": AGENT, "lines/main.yaml": LINE, "prompts/one.jinja": "You help.", "prompts/b.jinja": "B."}
CHANGES: dict[str, str | None] = {
    "agents/one.yaml": AGENT + "greeting: Hi.\n",
    "prompts/b.jinja": None,
    "prompts/deep/er/new.jinja": "New.",
    "prompts/one.jinja": "You listen.",
}
AFTER = {name: text for name, text in (BEFORE | CHANGES).items() if text is not None}


class Board(LocalVersionBoard):
    """Writes down every version that anybody could have followed."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.answer_lost = False

    async def move(self, *, expected: str | None, to: str) -> bool:
        moved = await super().move(expected=expected, to=to)
        self.told += [to] if moved else []
        if self.answer_lost:
            self.answer_lost = False
            raise SessionLost("redis: gone")
        return moved


@pytest.fixture
def root(tmp_path: Path) -> Path:
    house = tmp_path / "house"
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (house / folder).mkdir(parents=True)
    folder_of(house).write(BEFORE)
    return house


def folder_of(root: Path) -> StoreFolder:
    return StoreFolder(root / "agent_store", root / "prompt_store")


async def opened(root: Path, revisions: MemoryRevisions | None = None, board: Board | None = None) -> LiveStore:
    live = LiveStore(folder_of(root), TOOLS, revisions or MemoryRevisions(), board or Board())
    await live.open()
    return live


def on_disk(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}


def leftovers(root: Path) -> list[str]:
    return [path.name for path in root.rglob(".*")]


# -- killed ------------------------------------------------------------------------------------


def test_a_write_killed_at_any_step_leaves_the_old_store_or_the_new_one(root: Path) -> None:
    (root / "changes.json").write_text(json.dumps(CHANGES))
    found = json.loads(
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("killed_write.py")), str(root)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
    )
    assert len(found) > 20, "every touch of the disk is a step"
    assert found[-1]["whole"]
    assert found[-1]["contents"] == AFTER
    for step, seen in enumerate(found, 1):
        assert seen["contents"] in (BEFORE, AFTER), f"half a change after step {step}"
        assert seen["same"], f"not the same twice after step {step}"
        assert not seen["trouble"], f"step {step}"
    assert BEFORE in [seen["contents"] for seen in found]


class Killed(BaseException):
    """The process is gone: nothing that would have tidied up runs."""


@pytest.mark.parametrize("board_forgets", [False, True])
@pytest.mark.parametrize("step", range(14))
async def test_a_worker_killed_between_disk_records_and_board_leaves_the_old_store_or_the_new_one(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: int, board_forgets: bool
) -> None:
    revisions, board, steps = MemoryRevisions(), Board(), 0
    live = await opened(root, revisions, board)
    first = live.store.version

    def counted(owner: object, name: str) -> None:
        """Dies before or after it."""
        real = getattr(owner, name)

        def count() -> None:
            nonlocal steps
            steps += 1
            if steps > step:
                raise Killed

        async def waited(*args: Any, **kwargs: Any) -> Any:
            count()
            found = await real(*args, **kwargs)
            count()
            return found

        def called(*args: Any, **kwargs: Any) -> Any:
            count()
            found = real(*args, **kwargs)
            count()
            return found

        patch.setattr(owner, name, waited if inspect.iscoroutinefunction(real) else called)

    with monkeypatch.context() as patch:
        for owner, name in ((revisions, "keep"), (revisions, "went_live"), (board, "move")):
            counted(owner, name)
        for name in ("prepare", "apply", "settle"):
            counted(WholeWrite, name)
        patch.setattr(WholeWrite, "undo", lambda _: None)
        with contextlib.suppress(Killed):
            await live.edit(changed_files(CHANGES, ("*",), "ann"))
    late = await opened(root, revisions, Board() if board_forgets else board)
    assert late.store.files in (BEFORE, AFTER)
    assert folder_of(root).read().contents() in (BEFORE, AFTER)
    listed = [kept.version for kept in await revisions.list()]
    assert late.store.version in listed
    assert listed[-1] == first
    await late.edit(replacement("prompts/one.jinja", "You sing.", ("*",), "bob"))
    assert (root / "prompt_store/one.jinja").read_text() == "You sing."


# -- refused -----------------------------------------------------------------------------------


def _file_for_a_folder(root: Path) -> tuple[dict[str, str | None], Callable[[], None]]:
    (root / "prompt_store/parts").write_text("a file that the store does not read")
    return {"prompts/parts/x.jinja": "X", "agents/one.yaml": AGENT + "greeting: Hi.\n"}, (
        root / "prompt_store/parts"
    ).unlink


def _folder_for_a_file(root: Path) -> tuple[dict[str, str | None], Callable[[], None]]:
    (root / "prompt_store/new.jinja").mkdir()
    return {"agents/one.yaml": AGENT + "greeting: Hi.\n", "prompts/new.jinja": "X"}, (
        root / "prompt_store/new.jinja"
    ).rmdir


def _name_taken_by_a_file(root: Path) -> tuple[dict[str, str | None], Callable[[], None]]:
    (root / "agent_store/knowledge").write_text("not a folder")
    return {"agents/one.yaml": AGENT + "greeting: Hi.\n", "knowledge/main/house.md": "# House\nWe open at nine."}, (
        root / "agent_store/knowledge"
    ).unlink


@pytest.mark.parametrize("obstacle", [_file_for_a_folder, _folder_for_a_file, _name_taken_by_a_file])
async def test_a_refused_edit_changes_nothing_now_or_later_and_breaks_nothing(root: Path, obstacle: Any) -> None:
    revisions, board = MemoryRevisions(), Board()
    live = await opened(root, revisions, board)
    first, told = live.store.version, list(board.told)
    changes, clear_away = obstacle(root)
    before = on_disk(root)
    with pytest.raises(EditRefused, match="cannot be written"):
        await live.edit(changed_files(changes, ("*",), "ann"))
    assert on_disk(root) == before, "nothing was changed, and nothing left behind"
    assert board.told == told, "nobody was told of it for a moment"
    assert [kept.version for kept in await revisions.list()] == [first]
    assert live.store.version == first
    assert "cannot be written" in live.status().note
    clear_away()
    (root / "prompt_store/one.jinja").write_text("You help.")
    await live.look()
    assert live.status().note == "", "what is over is not told any more"
    late = await opened(root, revisions, board)
    await live.look()
    assert late.store.version == live.store.version == first, "not applied later"
    await live.edit(replacement("prompts/one.jinja", "You listen.", ("*",), "bob"))
    assert live.status().note == ""


@pytest.mark.parametrize("step", range(40))
async def test_a_disk_that_fails_at_any_step_leaves_the_old_store(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Whichever call fails, the first or the twentieth, as on a full disk."""
    revisions, board = MemoryRevisions(), Board()
    live = await opened(root, revisions, board)
    first, calls = live.store.version, 0

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == step + 1:
                raise OSError(28, "No space left on device")
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        for owner, name in ((Path, "replace"), (Path, "open"), (Path, "mkdir"), (os, "fsync"), (shutil, "copyfile")):
            patch.setattr(owner, name, failing(getattr(owner, name)))
        patch.setattr(Path, "unlink", failing(Path.unlink))
        with contextlib.suppress(EditRefused):
            await live.edit(changed_files(CHANGES, ("*",), "ann"))
    done = live.store.version != first
    assert folder_of(root).read().contents() == (AFTER if done else BEFORE)
    left = leftovers(root)
    assert len(left) <= 1, "but for the copy that could not be taken away just then, nothing is left behind"
    assert ".edit.json" not in left
    assert len(await revisions.list()) == (2 if done else 1)
    if not done:
        assert await board.current() == first


async def test_a_board_that_says_no_has_the_disk_put_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revisions, board = MemoryRevisions(), Board()
    live = await opened(root, revisions, board)
    before = on_disk(root)
    board.answer_lost = True
    with pytest.raises(SessionLost):
        await live.edit(changed_files(CHANGES, ("*",), "ann"))
    assert on_disk(root) == before
    assert len(await revisions.list()) == 1
    await live.follow(await board.current())
    assert await board.current() == live.store.version, "the others are told to go back"


async def test_records_that_fail_after_it_went_live_do_not_undo_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revisions = MemoryRevisions()
    live = await opened(root, revisions)
    real = revisions.went_live

    async def away(*_: object) -> None:
        raise SessionLost("gone")

    monkeypatch.setattr(revisions, "went_live", away)
    await live.edit(changed_files(CHANGES, ("*",), "ann"))
    assert live.store.files == AFTER
    monkeypatch.setattr(revisions, "went_live", real)
    await live.look()
    assert [kept.actor for kept in await revisions.list()] == ["ann", "disk"]


async def test_a_version_that_was_only_written_down_is_none_to_go_back_to(root: Path) -> None:
    revisions, board = MemoryRevisions(), Board()
    live = await opened(root, revisions, board)
    board.answer_lost = True
    with pytest.raises(SessionLost):
        await live.edit(changed_files(CHANGES, ("*",), "ann"))
    draft = next(version for version in revisions._kept if version != live.store.version)
    with pytest.raises(EditRefused, match="no version"):
        await live.rollback(draft, "ann")


# -- notes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"was_there": 3}',
        '{"was_there": {"../x": true}}',
        '{"was_there": {"a\\u0000": true}}',
        '{"was_there": {"prompts/../../x.jinja": false}}',
        '{"was_there": {"agents": true}}',
        "\x00" * 40,
    ],
)
@pytest.mark.parametrize("note", [".edit.json", ".change.json"])
async def test_a_note_never_stops_a_start(root: Path, note: str, text: str) -> None:
    outside = root.parent / "x.jinja"
    outside.write_text("mine")
    (root / "agent_store" / note).write_text(text)
    live = await opened(root)
    assert live.store.files == BEFORE
    assert outside.read_text() == "mine"


async def test_a_note_that_is_a_folder_never_stops_a_start(root: Path) -> None:
    (root / "agent_store/.edit.json").mkdir()
    live = await opened(root)
    assert live.store.files == BEFORE
    assert ".edit.json" in live.status().note, "health says so"


async def test_what_cannot_be_undone_on_disk_is_read_as_it_was_and_health_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(root)
    folder._begin(CHANGES).apply()
    assert (root / "prompt_store/one.jinja").read_text() == "You listen."

    def read_only(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", read_only)
        live = await opened(root)
        assert live.store.files == BEFORE
        assert "Read-only file system" in live.status().note
        with pytest.raises(EditRefused, match="Read-only"):
            await live.edit(replacement("prompts/one.jinja", "You sing.", ("*",), "ann"))
    assert folder_of(root).read().contents() == BEFORE


async def test_an_earlier_version_s_note_is_finished_where_it_was_begun_and_dropped_where_it_was_refused(
    root: Path,
) -> None:
    note = root / "agent_store/.change.json"
    note.write_text(json.dumps(CHANGES))
    assert folder_of(root).read().contents() == BEFORE
    note.write_text(json.dumps(CHANGES))
    (root / "prompt_store/one.jinja").write_text("You listen.")
    assert folder_of(root).read().contents() == AFTER
    assert not note.exists()


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("prompts/#x.jinja", "a number sign"),
        ("prompts/\u202ex.jinja", "right-to-left override"),
        ("prompts/x\u2066.jinja", "isolate"),
        ("prompts/x\x7f.jinja", "cannot be seen"),
        ("prompts/x\u00a0y.jinja", "no-break space"),
        ("prompts/x\ufffd.jinja", "replacement character"),
        ("prompts/x\u200b.jinja", "zero width space"),
        ("prompts/\udcff.jinja", "cannot be seen"),
        ("prompts/\ud800.jinja", "cannot be seen"),
        ("prompts/" + "x" * 240 + ".jinja", "too long"),
        ("prompts/" + "é" * 120 + ".jinja", "too long"),
        ("prompts/" + "/".join(["x" * 60] * 7) + ".jinja", "too long"),
        ("prompts/" + "/".join("abcdefghij") + ".jinja", "folders in each other"),
        ("prompts/con.jinja", "kept for a device"),
        ("prompts/NUL.x.jinja", "kept for a device"),
        ("agents/aux.yaml", "kept for a device"),
        ("knowledge/main/#.md", "a number sign"),
        ("knowledge/main/README.md", "which no store reads"),
        ("knowledge/main/oldREADME.md", "which no store reads"),
        ("knowledge/a/b/c.md", "knowledge/LINE/NAME.md"),
        ("prompts/x /y.jinja", "ends in a space"),
        ("prompts/e\u0301.jinja", "NFC"),
        ("prompts/.jinja", "expected a name"),
        ("prompts/a//b.jinja", "expected a name"),
        ("prompts/a/../b.jinja", "expected a name"),
        ("prompts/a\\b.jinja", "a reverse solidus"),
        ("prompts/a:b.jinja", "a colon"),
        ("schema/x.json", "expected a name"),
    ],
)
def test_a_name_that_is_not_good_is_refused_with_a_sentence(name: str, says: str) -> None:
    with pytest.raises(EditRefused) as refused:
        creation(name, "x", "ann")
    assert says in str(refused.value)
    assert str(refused.value).isprintable(), "what is shown of it can be seen"


@pytest.mark.parametrize(
    "name",
    [
        "prompts/auth.jinja",
        "prompts/shared/müller & co (2).jinja",
        "prompts/客服.jinja",
        "prompts/नमस्ते.jinja",
        "knowledge/main/opening hours.md",
        "agents/x.yml",
        "lines/a_1.yaml",
        "tools/book.yaml",
    ],
)
def test_good_names_are_taken(name: str) -> None:
    assert name_fault(name) == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    st.text(min_size=1, max_size=12),
    st.sampled_from(["prompts/{}.jinja", "prompts/a/{}.jinja", "knowledge/main/{}.md"]),
)
def test_whatever_is_taken_is_read_again_under_the_same_name(tmp_path_factory: Any, text: str, form: str) -> None:
    name = form.format(text)
    if not is_store_name(name):
        assert name_fault(name).isprintable()
        return
    root = tmp_path_factory.mktemp("names")
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (root / folder).mkdir(parents=True)
    folder = folder_of(root)
    folder.write({name: "text"})
    files = folder.read()
    assert files.contents() == {name: "text"}
    assert not [problem for problem in files.problems if "expected a folder" not in problem.message]
    assert not is_copy(name.rsplit("/", 1)[-1])
    shutil.rmtree(root)


async def test_a_badly_named_file_of_an_older_store_is_told_and_may_be_taken_away(root: Path) -> None:
    (root / "prompt_store/x\u00a0y.jinja").write_text("Old.")
    files = folder_of(root).read()
    assert [problem.outdated for problem in files.problems] == [True]
    folder_of(root).write({"prompts/x\u00a0y.jinja": None})
    assert folder_of(root).read().contents() == BEFORE


async def test_taking_away_is_for_what_is_there(root: Path) -> None:
    live = await opened(root)
    for name in ("../x.jinja", "prompts/../../x.jinja", "agent_store", "prompts/none.jinja"):
        with pytest.raises(EditRefused):
            await live.edit(removal(name, ("*",), "ann"))
    assert live.store.files == BEFORE


# -- texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\udcff", "\x1b", "\x7f", "\x08"])
def test_a_text_with_what_is_no_text_is_refused_with_its_line(odd: str) -> None:
    for make in (
        lambda: creation("prompts/new.jinja", f"You\nhelp{odd}.", "ann"),
        lambda: replacement("prompts/one.jinja", f"You\nhelp{odd}.", ("*",), "ann"),
        lambda: changed_files({"knowledge/main/a.md": f"You\nhelp{odd}."}, ("*",), "ann"),
    ):
        with pytest.raises(EditRefused, match=r"in line 2 that is no text \(U\+") as refused:
            make()
        str(refused.value).encode()
    assert creation("prompts/new.jinja", "Tabs\tand\r\nlines, é, 客, 🚗.", "ann").changes


@pytest.mark.parametrize("name", ["prompts/one.jinja/new.jinja", "prompts/ONE.jinja/a/new.jinja"])
async def test_a_file_is_no_folder_and_a_dry_run_says_so_too(root: Path, name: str) -> None:
    live = await opened(root)
    with pytest.raises(EditRefused, match="cannot be the folder"):
        await live.edit(creation(name, "X", "ann"), check=True)
    both: dict[str, str | None] = {"prompts/new.jinja": "X", "prompts/new.jinja/b.jinja": "Y"}
    with pytest.raises(EditRefused, match="cannot be the folder"):
        await live.edit(changed_files(both, ("*",), "ann"), check=True)


async def test_names_that_differ_only_in_capital_letters_are_not_taken_twice(root: Path) -> None:
    live = await opened(root)
    with pytest.raises(EditRefused, match="only in capital letters"):
        await live.edit(creation("prompts/One.jinja", "X", "ann"))
    both: dict[str, str | None] = {"prompts/new.jinja": "X", "prompts/NEW.jinja": "Y"}
    with pytest.raises(EditRefused, match="only in capital letters"):
        await live.edit(changed_files(both, ("*",), "ann"))
    await live.edit(changed_files({"prompts/b.jinja": None, "prompts/B.jinja": "B."}, ("*",), "ann"))
    assert (root / "prompt_store/B.jinja").exists()
