"""The Python that makes the environment: the one that is asked for, unless another one is clearly faster."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
VERSIONED = "python{}.{}".format(*sys.version_info[:2])
# What a Python says of itself is given, so that nothing depends on how busy the machine is.
SAYS = '[{version}, "{version[0]}.{version[1]}.9", {headers}, {took_s}]'
OURS = list(sys.version_info[:2])


def says(took_s: float, *, version: list[int] = OURS, headers: str = "true") -> str:
    return f"echo '{SAYS.format(version=version, headers=headers, took_s=took_s)}'"


USUAL, SLOWER, A_LITTLE_FASTER = says(1.0), says(1.4), says(0.9)
NO_HEADERS, ANOTHER_VERSION, NO_VENV = says(0.1, headers="false"), says(0.1, version=[3, 1]), "exit 1"

Folder = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def make(name: str, script: str, command: str = "python3") -> str:
        path = tmp_path / name / command
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path.parent)

    return make


def choose(*folders: str) -> tuple[str, str]:
    """What it prints, and what it says besides."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "requirements/interpreter.py")],
        env={**os.environ, "PATH": os.pathsep.join(folders)}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip(), done.stderr.strip()


def test_of_two_that_differ_clearly_the_faster_is_taken_and_that_is_said(folder: Folder) -> None:
    slow, fast = folder("slow", SLOWER), folder("fast", USUAL, VERSIONED)
    taken, said = choose(slow, fast)
    assert taken == f"{fast}/{VERSIONED}"
    assert taken in said and f"{slow}/python3 takes longer" in said and "PYTHON=python3" in said
    assert choose(folder("fast", USUAL), slow) == ("python3", "")


def test_the_one_that_is_asked_for_is_weighed_against_others_that_stand_before_it(folder: Folder) -> None:
    fast, slow = folder("fast", USUAL, VERSIONED), folder("slow", SLOWER)
    taken, said = choose(fast, slow)
    assert taken == f"{fast}/{VERSIONED}" and f"{slow}/python3 takes longer" in said


@pytest.mark.parametrize("other", [A_LITTLE_FASTER, NO_HEADERS, ANOTHER_VERSION, NO_VENV])
def test_no_other_is_taken_that_is_hardly_faster_or_could_not_make_the_environment(folder: Folder, other: str) -> None:
    assert choose(folder("asked", USUAL), folder("other", other)) == ("python3", "")


def test_one_that_cannot_make_an_environment_gives_way(folder: Folder) -> None:
    able = folder("able", USUAL)
    taken, said = choose(folder("asked", NO_VENV), able)
    assert taken == f"{able}/python3" and "cannot make an environment" in said


@pytest.mark.parametrize("folders", [(), ("there-is-none",)])
def test_where_there_is_nothing_to_choose_from_the_usual_one_is_named(folders: tuple[str, ...]) -> None:
    assert choose(*folders) == ("python3", "")


def test_a_real_one_can_be_asked(folder: Folder) -> None:
    real = folder("real", f'exec {sys.executable} "$@"')
    taken, said = choose(folder("slow", says(1000.0)), real)
    assert taken == f"{real}/python3" and f"({sys.version.split()[0]})" in said


def test_one_that_has_several_names_has_nobody_to_be_weighed_against(folder: Folder, tmp_path: Path) -> None:
    only = folder("only", f": > {tmp_path}/asked")
    (tmp_path / "only" / VERSIONED).symlink_to(tmp_path / "only/python3")
    assert choose(only, only) == ("python3", "")
    assert not (tmp_path / "asked").exists()
