"""Building the LiveKit server: with the Go that is there, else with pip's, else a sentence and a status."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GO = """#!/bin/sh
if [ "$1" = env ]; then echo {version}; exit; fi
[ "{builds}" = yes ] || {{ echo "go: module not found" >&2; exit 1; }}
while [ "$1" != -o ]; do shift; done
echo server > "$2"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    shutil.copytree(ROOT / "requirements" / "livekit-server", tmp_path / "requirements" / "livekit-server")
    shutil.copy(ROOT / "requirements" / "livekit_server.py", tmp_path / "requirements")
    return tmp_path


def build(folder: Path, version: str, *, builds: bool = True) -> "subprocess.CompletedProcess[str]":
    go = folder / "bin" / "go"
    go.write_text(GO.format(version=version, builds="yes" if builds else "no"))
    go.chmod(0o755)
    nothing = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder / "bin"), "PATH": f"{folder}/bin:/usr/bin:/bin"}
    command = [sys.executable, str(folder / "requirements" / "livekit_server.py")]
    return subprocess.run(command, env=os.environ | nothing, capture_output=True, text=True, timeout=50)


def test_the_go_that_is_there_builds_it(folder: Path) -> None:
    done = build(folder, "go1.26.3")
    assert done.returncode == 0 and ".tools/livekit-server" in done.stdout
    assert (folder / ".tools" / "livekit-server").read_text() == "server\n"


def test_what_cannot_be_built_leaves_a_sentence_and_no_server(folder: Path) -> None:
    done = build(folder, "go1.27.0", builds=False)
    assert done.returncode == 3 and "no LiveKit server: go build failed: go: module not found" in done.stderr
    assert not (folder / ".tools" / "livekit-server").exists()


def test_where_neither_go_nor_pip_has_one_that_is_said(folder: Path) -> None:
    done = build(folder, "go1.24.9")  # too old, and pip finds nothing
    assert done.returncode == 3 and "pip has none for this machine" in done.stderr
