"""``ringmaster check``: an exit status for CI, and places that can be opened."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli.application import app

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


def test_a_sound_store_is_told_with_the_time_zone_of_each_line(project: Path) -> None:
    status, said = check("shop")
    assert status == 0
    assert said.splitlines()[0] == "ok: 3 agents on 1 line(s)"
    assert said.splitlines()[1].startswith("  insurance: timezone America/Chicago, where it is ")


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        ("timezone: America/Chicago", "# none", "insurance.yaml:2: timezone is missing; expected one such as"),
        ("overflow: {action: reject}", 'hours: {open: "08:00"}', "in which these hours are meant"),
    ],
)
def test_what_earlier_versions_let_pass_is_refused_with_the_command_that_mends_it(
    project: Path, written: str, instead: str, expected: str
) -> None:
    line = project / "agent_store/lines/insurance.yaml"
    text = line.read_text()
    assert written in text
    line.write_text(text.replace(written, instead))
    status, said = check("shop")
    assert status == 1
    assert expected in said
    assert "1 problem in 1 file\n`ringmaster store upgrade` mends" in said


def test_every_fault_names_a_file_that_can_be_opened_from_here(project: Path) -> None:
    agent = project / "agent_store/agents/auth.yaml"
    line = len(agent.read_text().splitlines()) + 1
    with agent.open("a") as file:
        file.write("greting: hi\n")
    (project / "prompt_store/shared/manner.jinja").write_text("{{ caller.nme }}")
    status, said = check("shop")
    assert status == 1
    assert f"shop/agent_store/agents/auth.yaml:{line}: unknown key 'greting'" in said
    assert "shop/prompt_store/shared/manner.jinja:1: caller has no 'nme'" in said
    assert said.endswith("2 problems in 2 files\n")


@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colors_are_for_terminals_and_for_who_asks_for_them(
    project: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colored: bool
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (project / "prompt_store/shared/manner.jinja").write_text("{{ caller.nme }}")
    assert ("\x1b[1m" in check("shop")[1], "\x1b[31m" in check("shop")[1]) == (colored, colored)


def test_what_stands_in_the_store_is_told_as_it_stands(project: Path) -> None:
    with (project / "agent_store/agents/auth.yaml").open("a") as file:
        file.write('"[red]:x:": hi\n')
    assert "unknown key '[red]:x:'" in check("shop")[1]


def test_what_is_no_store_is_another_status(project: Path) -> None:
    assert check("nowhere") == (2, "expected a folder with agents and lines, there is none at nowhere/agent_store\n")
