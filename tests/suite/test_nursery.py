"""Programs that are forked from the seed are as those that are started: seen on one that has loaded next to nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend import __version__

SUITE = Path(__file__).resolve().parent
ROOT = SUITE.parents[1]
RUNS = """
import json, os, signal, subprocess, sys, threading, types, warnings
from pathlib import Path
from nursery import SEED, seed, start
from nursery import run as python

def text(folder):
    (Path(folder) / "told.py").write_text("import sys; print(sys.argv, sys.path[0], __name__); sys.exit('no')")
    said = "import sys, warnings; warnings.warn('w', ImportWarning); print(sys.argv, __name__); sys.exit('no')"
    for command in ["-c", said, "a"], ["-m", "told", "a"]:
        done = python(command, env=os.environ, cwd=folder)
        yield done.returncode, done.stdout, done.stderr

def run(*command, env={}, **more):
    reading, writing = os.pipe()
    program = start(command, env=os.environ | env, streams=(0, writing, writing), **more)
    os.close(writing)
    if command == ("waits",):
        os.read(reading, 100)
        program.kill()
    told = b"".join(iter(lambda: os.read(reading, 1000), b"")).decode()
    return [type(program).__name__, program.wait(10), told, program.pid]

def commands():
    import backend.__main__
    def ours():
        what = sys.argv[1]
        if what == "seen":
            usual = [signal.getsignal(signal.SIGINT) is signal.default_int_handler,
                     signal.getsignal(signal.SIGTERM) == signal.SIG_DFL]
            files = [int(name) for name in os.listdir("/proc/self/fd")]
            print(json.dumps([os.getcwd(), os.environ.get("X"), os.getsid(0), os.getpid(), usual, max(files) < 9]))
        elif what == "waits":
            print("waits", flush=True)
            threading.Event().wait()
        elif what == "breaks":
            raise RuntimeError("as it was told")
        else:
            sys.exit(int(what))
    backend.__main__.main = ours

folder = Path(sys.argv[1])
sys.modules["told"] = types.ModuleType("told")  # as a test loads what it tests
warnings.simplefilter("error")
with seed(folder, lambda: None):
    version = run("--version")
    forked = [*text(folder)]
with seed(folder / "b", commands):
    told = [run("seen", env={"X": "y"}, cwd=folder, session=True), run("7"), run("breaks"), run("waits")]
print(json.dumps([version, told, SEED in os.environ, run("--version"), forked, [*text(folder)]]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="programs are forked on Linux only")
def test_a_program_that_is_forked_is_like_one_that_is_started(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", RUNS, str(tmp_path)], cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}:{SUITE}"},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    version, (seen, seven, breaks, waits), left, started, forked, by_themselves = json.loads(done.stdout)
    assert version[:3] == ["Program", 0, f"ringmaster {__version__}\n"]
    pid = seen[3]
    assert json.loads(seen[2]) == [str(tmp_path), "y", pid, pid, [True, True], True]
    assert seven[:3] == ["Program", 7, ""]
    assert breaks[1] == 1 and breaks[2].count("Traceback") == 1 and "as it was told" in breaks[2]
    assert waits[1] == -9
    assert not left and started[:3] == ["Popen", *version[1:3]]
    text, module = by_themselves
    assert text == [1, "['-c', 'a'] __main__\n", "no\n"]
    assert module == [1, f"['{tmp_path}/told.py', 'a'] {tmp_path} __main__\n", "no\n"]
    assert forked == by_themselves
    assert done.stderr == ""
