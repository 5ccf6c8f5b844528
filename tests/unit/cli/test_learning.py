"""``ringmaster learn``: from the examples of a store to what a call hears by."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli.application import app

ROOT = Path(__file__).parents[3]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for folder in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_examples_are_learned_and_it_is_told_how_well(place: Path) -> None:
    learned = place / "agent_store" / "learned"
    examples = learned / "anybody_hurt.en.txt"
    examples.write_text("\n".join(examples.read_text("utf-8").splitlines()[::12]) + "\n", "utf-8")
    before = (learned / "anybody_hurt.en.json").read_bytes()
    ran = CliRunner().invoke(app, ["learn", "anybody_hurt", "en", "--directory", str(place)])
    assert ran.exit_code == 0, ran.output
    assert "Learned" in ran.stdout
    assert (learned / "anybody_hurt.en.json").read_bytes() != before


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("nobody_home", "en", "There is no file"),
        ("unused", "en", "No field of a form"),
        ("anybody_hurt", "en-US", "Answers are read in en, es"),
    ],
)
def test_what_cannot_be_learned_is_told(place: Path, name: str, language: str, said: str) -> None:
    (place / "agent_store" / "learned" / "unused.en.txt").write_text("- no\n", "utf-8")
    ran = CliRunner().invoke(app, ["learn", name, language, "--directory", str(place)])
    assert ran.exit_code == 2
    assert said in " ".join(ran.output.split())
