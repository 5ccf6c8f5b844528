"""``ringmaster rehearse`` as operations use it: table, JUnit XML, exit status."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from backend.adapters.sql.database import Database
from backend.adapters.sql.run_book import SqlStoreRuns
from backend.cli.application import app
from backend.domain.store_run import StoreRun

SUITE = "title: A suite\nline: insurance\nnow: 2026-11-21 12:00:00\nmust_not: {said: [POL-]}\n"
GOOD = """title: A person at once
says:
  - {say: let me talk to a human, tools: [transfer_to_person]}
must: {outcome: transferred}
"""
BAD = "title: Never a goodbye\nsays: [goodbye]\nmust: {agents: [auth, fnol_intake]}\nmust_not: {tools: [end_call]}\n"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "suite.yaml").write_text(SUITE)
    (tmp_path / "person.yaml").write_text(GOOD)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["rehearse", *map(str, arguments)])


def test_a_suite_that_goes_as_written_ends_with_status_0(suite: Path) -> None:
    result = run(suite)
    assert result.exit_code == 0, result.output
    assert "1 of 1 conversations went as written" in result.output


def test_a_failure_is_shown_with_what_was_said_and_ends_with_status_1(suite: Path) -> None:
    (suite / "bye.yaml").write_text(BAD)
    result = run(suite, "--junit", suite / "out.xml")
    assert result.exit_code == 1
    assert "caller: goodbye" in result.output
    assert "! end_call was called" in result.output
    assert "! expected the agents auth > fnol_intake, got auth" in result.output
    cases = {case.get("name"): case for case in ElementTree.parse(suite / "out.xml").iter("testcase")}
    assert set(cases) == {"bye", "person"}
    assert cases["person"].find("failure") is None
    assert "end_call was called" in (cases["bye"].findtext("failure") or "")


def test_single_conversations_can_be_chosen(suite: Path) -> None:
    (suite / "bye.yaml").write_text(BAD)
    assert run(suite, "--only", "pers").exit_code == 0
    assert run(suite, "--only", "nothing").exit_code == 2


def test_a_broken_suite_ends_with_status_2_and_its_line(suite: Path) -> None:
    (suite / "bye.yaml").write_text(BAD.replace("says", "sayss"))
    result = run(suite)
    assert result.exit_code == 2
    assert "bye.yaml:2: unknown key 'sayss'; did you mean 'says'?" in result.output


def test_a_model_that_does_not_exist_and_a_store_that_is_not_there_are_refused(suite: Path) -> None:
    assert run(suite, "--model", "gpt").exit_code == 2
    result = run(suite, "--store", suite / "nowhere")
    assert result.exit_code == 2
    assert "there is no" in result.output


def test_what_was_played_is_kept_for_the_gate(
    suite: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('sql')}/r.db"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATA_KEY_FILE", "")  # one of this folder would seal what is looked at here
    monkeypatch.setenv("REHEARSALS", str(suite))
    assert run("--keep").exit_code == 0
    assert run(suite, "--keep").exit_code == 0

    async def look() -> Sequence[StoreRun]:
        database = Database(url)
        runs = SqlStoreRuns(database)
        found = [await runs.get(one.id) for one in await runs.list()]
        await database.close()
        return [one for one in found if one is not None]

    part, whole = asyncio.run(look())
    assert (whole.names, part.names) == (None, (f"{suite.name}/person",)), "one folder is not all there is"
    assert (whole.state, whole.model, [one.passed for one in whole.results]) == ("done", "stand_in", [True])
    assert whole.results[0].line == "insurance"
