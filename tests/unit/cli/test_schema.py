"""``ringmaster schema`` writes beside a store that is there, and makes none of a path that was mistyped."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli.application import app


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["schema", *map(str, arguments)], env={"COLUMNS": "400"})
    return done.exit_code, done.output


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_schemas_and_pages_are_written_beside_a_store(tmp_path: Path) -> None:
    (tmp_path / "agent_store").mkdir()
    status, said = run(
        tmp_path,
        *("--page", tmp_path / "page.md", "--env", tmp_path / "env"),
        *("--events", tmp_path / "e.md", "--settings", tmp_path / "s.md"),
    )
    assert status == 0, said
    assert {"page.md", "env", "e.md", "s.md", "agent_store/schema/line.schema.json"} <= set(files(tmp_path))
    assert "everything is up to date" in run(tmp_path)[1]


def test_a_mistyped_store_makes_no_folder(tmp_path: Path) -> None:
    status, said = run(tmp_path / "typo")
    assert (status, files(tmp_path)) == (2, [])
    assert f"there is none at {tmp_path / 'typo' / 'agent_store'}" in said


@pytest.mark.parametrize("option", ["--page", "--env", "--events", "--settings"])
def test_a_mistyped_page_makes_no_folder_and_nothing_is_written(tmp_path: Path, option: str) -> None:
    (tmp_path / "agent_store").mkdir()
    status, said = run(tmp_path, option, tmp_path / "typo" / "page.md")
    assert (status, files(tmp_path)) == (2, ["agent_store"])
    assert f"there is none at {tmp_path / 'typo'}" in said
