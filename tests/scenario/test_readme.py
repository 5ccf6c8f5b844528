"""What README tells a newcomer to type works as it is printed, in a folder that looks like a fresh clone of theirs.

All commands are typed beside each other. Here they must be right, and the dialogue must appear, by real ears. That
recorded callers get their claim is tested elsewhere (``test_calls.py``): here they ask for a person instead of telling
all that a claim needs, which by ear is minutes of both cores.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import yaml
from compiled import as_it_is

from backend import __version__
from local_azure.ports import free_port

pytestmark = [pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text("utf-8")
ITSELF = {"make test"}
"""This is one of the tests."""
TOLD = ("greeting", "bye")
"""What callers say of what they have recorded; asked for anything more, be it their name, they want a person: each
second of these calls costs the server and the ears, and who answers the rest by ear is ``test_calls.py``."""
WANTS_A_PERSON = "i want to speak to a human right now"


def printed() -> list[str]:
    """The commands of the chapter that newcomers begin with."""
    chapter = TEXT.partition("## Try it")[2].partition("\n## ")[0]
    lines = [line for block in re.findall(r"```\n(.*?)```", chapter, re.DOTALL) for line in block.splitlines()]
    return [line.partition("#")[0].strip() for line in lines if line.strip()]


def in_a_hurry(folder: Path) -> None:
    """Have a recorded caller say what they call about, and then want a person."""
    path = folder / "persona.yaml"
    persona = yaml.safe_load(path.read_text("utf-8"))
    told = [one for one in persona["utterances"] if one["id"] in TOLD]
    asked = [word for one in persona["utterances"] if one not in told for word in one["when_asked"]]
    told.append({"id": "person", "text": WANTS_A_PERSON, "when_asked": asked})
    path.write_text(yaml.safe_dump({**persona, "utterances": told}), "utf-8")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file that is in version control, with the environment of these tests as its .venv.

    What Python has compiled of them already comes with them: nothing that is typed here is about that.
    """
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for package in ("backend", "bench", "config", "local_azure", "stand_in"):
        for compiled in (ROOT / package).rglob("__pycache__"):
            shutil.copytree(compiled, folder / compiled.relative_to(ROOT), copy_function=as_it_is, dirs_exist_ok=True)
    for caller in ("rear_end", "parking_lot"):
        in_a_hurry(folder / "tests/personas" / caller)
    (folder / ".venv").mkdir()
    for part in ("bin", "lib", "pyvenv.cfg"):
        (folder / ".venv" / part).symlink_to(Path(sys.prefix) / part)
    for stamp in (".ready-to-run", ".ready"):
        (folder / ".venv" / stamp).touch()
    return folder


@pytest.fixture(scope="module")
def environment(clone: Path) -> dict[str, str]:
    """The machine's, with ports of our own, as README says where its ports are taken."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    ours = {"PORT": str(free_port()), "EMULATOR_PORT": str(free_port()), "PYTHONPATH": str(clone), "COLUMNS": "120"}
    return kept | ours


@contextmanager
def running(command: str, clone: Path, environment: dict[str, str]) -> Iterator[Path]:
    """``make run``, until it is ready; ended as Ctrl-C does it."""
    shown = clone / "run.log"
    with (
        shown.open("wb") as out,
        subprocess.Popen(
            command, shell=True, cwd=clone, env=environment, stdout=out, stderr=out, start_new_session=True
        ) as process,
    ):
        try:
            until = time.monotonic() + 120
            while "ringmaster is ready" not in shown.read_text():
                assert process.poll() is None and time.monotonic() < until, shown.read_text()
                time.sleep(0.2)
            yield shown
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(60)


def voices(file: Path) -> list[bool]:
    """Who is heard in a recording, by its channels."""
    with wave.open(str(file)) as recording:
        sound = np.frombuffer(recording.readframes(recording.getnframes()), "<i2").reshape(-1, recording.getnchannels())
    return [bool(loudest > 1000) for loudest in np.abs(sound.astype(int)).max(axis=0)]


def test_readme_has_the_commands_that_this_test_knows() -> None:
    assert {"make run", "make test", "make call", "make help", ".venv/bin/ringmaster check"} <= set(printed())


def test_what_is_printed_works(clone: Path, environment: dict[str, str]) -> None:
    commands = [command for command in printed() if command not in ITSELF | {"make run"}]
    done: dict[str, subprocess.CompletedProcess[str]] = {}

    def type_it(command: str) -> None:
        done[command] = subprocess.run(
            command, shell=True, cwd=clone, env=environment, capture_output=True, text=True, timeout=400
        )

    calls = [command for command in commands if " call" in command]
    with running("make run", clone, environment) as shown, ThreadPoolExecutor(len(commands)) as typists:
        list(typists.map(type_it, commands))
        assert not re.search(r"Traceback|ERROR|broken socket", shown.read_text())
    for command in commands:
        if command not in calls:
            assert done[command].returncode == 0, f"{command}: {done[command].stderr}"
    for command in calls:
        out = done[command].stdout
        assert done[command].returncode in (0, 1 if "--json" in command else 2), f"{command}: {done[command].stderr}"
        assert "problem" in out or "claim" in out, f"{command}: {done[command].stderr}"
    assert done[".venv/bin/ringmaster --version"].stdout == f"ringmaster {__version__}\n"
    assert done[".venv/bin/ringmaster check"].stdout.startswith("ok")
    assert all(name in done["make help"].stdout for name in ("run", "test", "call", "clean-data"))
    report = json.loads(next(one.stdout for command, one in done.items() if "--json" in command))
    assert report["call_id"] and len(report["turns"]) >= 3  # greeted, asked, put through as they wished
    assert voices(clone / "call.wav") == [True, True], "the caller left, the agent right"
    assert len(list((clone / "var/sample").glob("*.wav"))) == 2
    assert re.search(r"\d\.\d s  the caller coughs", done["make recording"].stdout)


def test_the_server_on_a_local_azure_of_its_own(clone: Path, environment: dict[str, str]) -> None:
    """The block that sets every address by itself; only its ports are others."""
    block = next(one for one in re.findall(r"```\n(.*?)```", TEXT, re.DOTALL) if "ringmaster emulator" in one)
    azure = str(free_port())
    block = block.replace("8090", azure).replace("8080", environment["PORT"])
    with running(block, clone, environment | {"EMULATOR_PORT": azure}) as shown:
        assert "ERROR" not in shown.read_text()
