"""A store that was live before an upgrade goes on with warnings; `ringmaster store upgrade` mends it."""

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from backend.adapters.redis.version_board import LocalVersionBoard
from backend.agents.edit import replacement
from backend.agents.files import read_files, version_of
from backend.agents.folder import StoreFolder
from backend.agents.lent import SHIPPED
from backend.agents.live import LiveStore
from backend.agents.store import load_store
from backend.agents.upgrade import mended
from backend.agents.yaml_file import parse_yaml
from backend.api.store_views import StatusView
from backend.cli.application import app
from backend.domain.line import LineSpec
from backend.domain.revision import Revision
from backend.errors import StoreError
from backend.testing.books import MemoryRevisions
from backend.tool_store.built_in_tools import tool_names

OLD = Path(__file__).parent / "stores/before_time_zones"
"""The insurance line as it was shipped before a time zone had to be given."""

LINE = 'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\nperson: {number: "+18005550199"}\n'


@pytest.fixture
def old(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(OLD, tmp_path / "old"))
    for part in ("forms", "identities", "books", "learned"):
        shutil.copytree(SHIPPED / part, root / "agent_store" / part)
    return root


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The same as it was: what verified callers stood in the code."""
    return Path(shutil.copytree(OLD, tmp_path / "bare"))


async def opened(root: Path, *, was_live: bool) -> LiveStore:
    """A worker's store, opened by this version; the records say whether it was live under an earlier one."""
    revisions = MemoryRevisions()
    if was_live:
        contents = read_files(root / "agent_store", root / "prompt_store").contents()
        await revisions.keep(Revision(version_of(contents), datetime.now(UTC), "disk", contents))
    folder = StoreFolder(root / "agent_store", root / "prompt_store")
    live = LiveStore(folder, tool_names(), revisions, LocalVersionBoard())
    await live.open()
    return live


def text_of(live: LiveStore) -> str:
    return live.store.files["lines/insurance.yaml"]


# -- what was live goes on ---------------------------------------------------------------------


async def test_an_old_store_that_never_was_live_is_refused(old: Path) -> None:
    with pytest.raises(StoreError, match="timezone is missing"):
        load_store(old / "agent_store", old / "prompt_store", tool_names())
    with pytest.raises(StoreError, match="timezone is missing"):
        await opened(old, was_live=False)


async def test_an_old_store_that_was_live_goes_on_with_warnings(old: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        live = await opened(old, was_live=True)
    status = StatusView.of(live.status())
    assert status.outdated
    assert status.rejected is None
    assert [warning.split(" is missing")[0] for warning in status.warnings if "another voice" not in warning] == [
        "agent_store/lines/insurance.yaml:9: timezone"
    ]
    assert "the live store has a warning" in caplog.text


async def test_a_new_edit_must_pass(old: Path) -> None:
    live = await opened(old, was_live=True)
    text = text_of(live)
    with pytest.raises(StoreError, match="timezone is missing"):
        await live.edit(replacement("lines/insurance.yaml", text + "# more\n", ("*",), "ann"))
    sound = text.replace('timezone: ""', "timezone: America/Chicago")
    await live.edit(replacement("lines/insurance.yaml", sound, ("*",), "ann"))
    assert all("another voice" in warning for warning in live.status().warnings)
    assert not live.status().outdated


async def test_an_edit_on_disk_must_pass_and_what_was_live_can_be_gone_back_to(old: Path) -> None:
    live = await opened(old, was_live=True)
    first, text = live.store.version, text_of(live)
    path = old / "agent_store/lines/insurance.yaml"
    path.write_text(text + "# more\n")
    await live.look()
    assert live.status().rejected is not None
    assert live.store.version == first
    path.write_text(text.replace('timezone: ""', "timezone: America/Chicago"))
    await live.look()
    assert live.store.version != first
    await live.rollback(first, "ann")
    assert live.store.version == first
    assert live.status().outdated


async def test_a_fault_that_always_was_one_is_no_warning_for_what_was_live(old: Path) -> None:
    with (old / "agent_store/agents/auth.yaml").open("a") as file:
        file.write("greting: hi\n")
    with pytest.raises(StoreError, match="greting"):
        await opened(old, was_live=True)


async def test_a_line_of_before_identities_were_written_verifies_its_callers_as_it_did(bare: Path) -> None:
    live = await opened(bare, was_live=True)
    assert live.status().outdated
    assert live.store.identities["policyholder"].tool_name == "verify_caller"
    assert live.store.books.keys() == {"policies"}
    assert "identities/policyholder.yaml" not in live.store.files, "the version is what people wrote"
    with pytest.raises(StoreError, match=r"agent_store/identities: .*store upgrade"):
        load_store(bare / "agent_store", bare / "prompt_store", tool_names())


def test_the_upgrade_adds_what_tools_of_before_are_made_of(bare: Path) -> None:
    status, said = upgrade(str(bare), "--timezone", "America/Denver", "--yes")
    assert status == 0, said
    for name in ("forms/fnol.yaml", "identities/policyholder.yaml", "books/policies.yaml"):
        assert (bare / "agent_store" / name).read_bytes() == (SHIPPED / name).read_bytes()
    assert upgrade(str(bare))[1].startswith("ok: nothing has to be mended")


# -- the command -------------------------------------------------------------------------------


def upgrade(*arguments: str, typed: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(app, ["store", "upgrade", *arguments], input=typed)
    return result.exit_code, result.output


def line_of(root: Path) -> Path:
    return root / "agent_store/lines/insurance.yaml"


def test_it_shows_asks_and_writes_and_keeps_every_comment(old: Path) -> None:
    before = line_of(old).read_text()
    status, said = upgrade(str(old), typed="Mars/Base\nAmerica/Denver\ny\n")
    assert status == 0, said
    assert "there is no time zone 'Mars/Base'" in said
    assert "+timezone: America/Denver" in said
    assert line_of(old).read_text() == before.replace('timezone: ""', "timezone: America/Denver")
    assert load_store(old / "agent_store", old / "prompt_store", tool_names()).lines["insurance"]


def test_nothing_is_written_without_a_yes(old: Path) -> None:
    before = line_of(old).read_text()
    assert upgrade(str(old), "--timezone", "America/Denver", typed="n\n")[0] == 1
    assert upgrade(str(old), "--timezone", "America/Denver")[0] == 1
    assert upgrade(str(old), "--timezone", "Denver", "--yes")[0] == 2
    assert line_of(old).read_text() == before


def test_everything_is_mended_at_once_and_a_second_time_nothing(old: Path) -> None:
    text = line_of(old).read_text().replace("enabled: false", "enabled: false  # since May")
    line_of(old).write_text(text + 'hours:\n  # weekdays\n  open: "08:00"\n')
    status, said = upgrade(str(old), "--timezone", "America/Denver", "--yes")
    assert status == 0, said
    assert "taken as those of Chicago until now" in said
    after = line_of(old).read_text()
    assert "enabled: false  # since May" in after
    assert 'hours:\n  # weekdays\n  timezone: America/Denver\n  open: "08:00"\n' in after
    status, said = upgrade(str(old))
    assert (status, said.splitlines()[0]) == (0, "ok: nothing has to be mended")
    assert line_of(old).read_text() == after


def test_the_hours_zone_is_offered_for_the_line(old: Path) -> None:
    with line_of(old).open("a") as file:
        file.write("hours: {timezone: America/Phoenix}\n")
    assert upgrade(str(old), typed="\ny\n")[0] == 0
    assert "timezone: America/Phoenix  #" in line_of(old).read_text()


def test_other_faults_are_told_and_not_touched(old: Path) -> None:
    with (old / "agent_store/agents/auth.yaml").open("a") as file:
        file.write("greting: hi\n")
    status, said = upgrade(str(old), "--timezone", "America/Denver", "--yes")
    assert status == 1
    assert "unknown key 'greting'" in said


# -- tool servers ------------------------------------------------------------------------------

SHOP = """\
# our shop
name: shop
kind: http
description: the shop
url: http://127.0.0.1:8200  # beside us
functions:
  - name: look_up
    description: Looks something up.
    path: /things
  - name: order
    description: Orders it.
    path: /orders
    method: POST
    effect: write  # it costs
    confirm: Shall I order it?
  - {name: undo, description: Undoes it., path: /undo, method: DELETE, effect: write, open: false}
  - {name: mine, description: Mine., path: /mine, method: POST, effect: write, requires: verified_caller}
"""


def with_shop(root: Path) -> Path:
    line_of(root).write_text(line_of(root).read_text().replace('timezone: ""', "timezone: America/Denver"))
    path = root / "agent_store/tools/shop.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SHOP)
    return path


async def test_a_write_for_everybody_goes_on_with_a_warning_and_no_new_one_does(old: Path) -> None:
    with_shop(old)
    with pytest.raises(StoreError, match="order changes something, and anybody who rings could have it run"):
        await opened(old, was_live=False)
    live = await opened(old, was_live=True)
    told = [warning for warning in live.status().warnings if "shop.yaml" in warning]
    assert [warning.split(": ")[0].rsplit("/", 1)[1] for warning in told] == [
        "shop.yaml:5",
        "shop.yaml:14",
        "shop.yaml:16",
    ]
    assert live.status().outdated
    with pytest.raises(StoreError, match="open: true"):
        await live.edit(replacement("tools/shop.yaml", SHOP + "# more\n", ("*",), "ann"))


def test_the_upgrade_says_what_was_so_without_a_word(old: Path) -> None:
    path = with_shop(old)
    status, said = upgrade(str(old), "--yes")
    assert status == 0, said
    assert "order of shop could be run by anybody who rings, and that stays so; is it meant?" in said
    before, after = yaml.safe_load(SHOP), yaml.safe_load(path.read_text())
    assert [function.pop("open", None) for function in after["functions"]] == [None, True, True, None]
    assert after.pop("hosts") == ["127.0.0.1"]
    before["functions"][2].pop("open")
    assert after == before
    assert all(f"# {words}" in path.read_text() for words in ("our shop", "beside us", "it costs"))
    assert upgrade(str(old))[1].startswith("ok: nothing has to be mended")


# -- the texts ---------------------------------------------------------------------------------

TEXTS: dict[str, str] = {
    "none": LINE,
    "empty": LINE + 'timezone: ""\n',
    "empty with a comment": LINE + "timezone: ''   # later\ncompany: Über & Söhne\n",
    "no newline at the end": LINE.replace("name: main\n", "").replace("entry: one\n", "name: main\n") + "entry: one",
    "windows": (LINE + 'timezone: ""\nrecording:\n  enabled: false\n').replace("\n", "\r\n"),
    "windows, none": LINE.replace("\n", "\r\n"),
    "all in braces": '{name: main, numbers: ["+18005550100"], entry: one, agents: [one], '
    'person: {number: "+18005550199"}}',
    "comment behind the entry": LINE.replace("entry: one\n", "entry: one  # answers: all\n# who\n"),
    "hours in braces": LINE + 'hours: {open: "08:00"}  # days\n',
    "empty hours": LINE + "hours: {}\n",
    "hours of their own": LINE + "hours: {timezone: America/Phoenix}\n",
    "hours with an empty zone": LINE + 'timezone: America/Phoenix\nhours: {timezone: "", open: "08:00"}\n',
    "letters beyond the plane": LINE.replace("one\n", "one # 🚗🚗\n", 1) + "company: 🚗 Autos\n",
}


def _line(text: str) -> LineSpec:
    content = parse_yaml(text.encode()).content
    return LineSpec.model_validate(content, strict=False)


@pytest.mark.parametrize("name", TEXTS)
def test_only_what_is_missing_changes(name: str) -> None:
    text = TEXTS[name]
    before, after = _line(text), _line(mended(text, _line(text), "America/Denver"))
    zone = before.timezone or "America/Denver"
    assert after.timezone == zone
    if before.hours:
        assert after.hours == before.hours.model_copy(update={"timezone": before.hours.timezone or zone})
    same = {"timezone", "hours"}
    assert after.model_dump(exclude=same) == before.model_dump(exclude=same)


@pytest.mark.parametrize("name", TEXTS)
def test_comments_and_line_ends_stay(name: str) -> None:
    text = TEXTS[name]
    after = mended(text, _line(text), "America/Denver")
    for line in text.splitlines():
        if "#" in line:
            assert line[line.index("#") :] in after
    assert after.count("\r\n") >= text.count("\r\n")
    if "\r\n" in text:
        assert after.count("\n") == after.count("\r\n")


_COMMENTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)


@settings(deadline=None)
@given(comment=_COMMENTS, indent=st.integers(1, 6), order=st.permutations(LINE.splitlines()))
def test_any_order_any_comment(comment: str, indent: int, order: list[str]) -> None:
    head = "".join(f"{line}  # {comment}\n" for line in order)
    text = f"{head}hours:\n# {comment}\n{' ' * indent}open: '08:00'\n{' ' * indent}days: [mon]\n"
    after = mended(text, _line(text), "America/Denver")
    content: dict[str, Any] = yaml.safe_load(after)
    was: dict[str, Any] = yaml.safe_load(text)
    assert content == was | {"timezone": "America/Denver", "hours": was["hours"] | {"timezone": "America/Denver"}}
    assert after.count(f"# {comment}") == text.count(f"# {comment}")


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_mended_is_left_alone(name: str) -> None:
    once = mended(TEXTS[name], _line(TEXTS[name]), "America/Denver")
    assert mended(once, _line(once), "Europe/Rome") == once
