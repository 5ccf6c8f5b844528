"""What can be made: everything is told, and nobody's data go without a question."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / "var/ringmaster.db").write_text("calls")
    (tmp_path / ".venv").mkdir()
    return tmp_path


def make(folder: Path, *what: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    # The tests may run under make themselves, whose own flags would be handed on.
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *what], cwd=folder, env=ours, input=typed, capture_output=True, text=True, timeout=30
    )


@pytest.mark.parametrize("asked", [(), ("help",)])
def test_help_tells_every_target(folder: Path, asked: tuple[str, ...]) -> None:
    told = make(folder, *asked).stdout
    targets = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    assert [line.split()[0] for line in told.splitlines()[1:]] == targets


def test_clean_leaves_the_data(folder: Path) -> None:
    assert make(folder, "clean").returncode == 0
    assert not (folder / ".venv").exists()
    assert (folder / "var/ringmaster.db").exists()


@pytest.mark.parametrize("typed", ["", "\n", "no\n", "y\n"])
def test_data_are_not_removed_without_a_yes(folder: Path, typed: str) -> None:
    done = make(folder, "clean-data", typed=typed)
    assert done.returncode != 0 and "nothing was removed" in done.stdout
    assert (folder / "var/ringmaster.db").exists()


def test_data_are_removed_when_that_is_meant(folder: Path) -> None:
    done = make(folder, "clean-data", typed="yes\n")
    assert done.returncode == 0 and not (folder / "var").exists()


def test_where_there_are_no_data_nothing_is_asked(folder: Path) -> None:
    shutil.rmtree(folder / "var")
    done = make(folder, "clean-data")
    assert done.returncode == 0 and "Type yes" not in done.stdout


def test_a_python_that_is_too_old_or_missing_is_told(folder: Path) -> None:
    (folder / "requirements").mkdir()
    for name in ("requirements/build.lock", "requirements/local.lock", "requirements/dev.lock", "pyproject.toml"):
        (folder / name).touch()
    done = make(folder, ".venv/.ready", "PYTHON=python-that-is-not-there")
    assert done.returncode == 2 and "needs Python 3.11 or newer" in done.stdout
