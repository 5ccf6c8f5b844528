"""``ringmaster check``: an exit status for CI, and places that can be opened."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.__main__ import app

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / name, tmp_path / "shop" / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "shop"


def check(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *arguments])
    return result.exit_code, result.output


def test_a_sound_store_is_told_in_one_line(project: Path) -> None:
    assert check("shop") == (0, "ok: 3 agents on 1 line(s)\n")


def test_every_fault_names_a_file_that_can_be_opened_from_here(project: Path) -> None:
    with (project / "agent_store/agents/auth.yaml").open("a") as file:
        file.write("greting: hi\n")
    (project / "prompt_store/shared/manner.jinja").write_text("{{ caller.nme }}")
    status, said = check("shop")
    assert status == 1
    assert "shop/agent_store/agents/auth.yaml:52: unknown key 'greting'" in said
    assert "shop/prompt_store/shared/manner.jinja:1: caller has no 'nme'" in said
    assert said.endswith("2 problems in 2 files\n")


def test_what_is_no_store_is_another_status(project: Path) -> None:
    assert check("nowhere") == (2, "expected a folder with agents and lines, there is none at nowhere/agent_store\n")
