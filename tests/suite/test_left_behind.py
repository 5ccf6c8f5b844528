"""A failed test does not make its neighbors fail, and a run that is cut off says what it was doing."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CONFTEST = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored where these tests run
sys.path.insert(0, {here!r})
from left_behind import LeftBehind
from still_running import StillRunning

def pytest_configure(config):
    config.pluginmanager.register(StillRunning())
    if {cleans!r}:
        config.pluginmanager.register(LeftBehind())
"""
LEAVES = """
import gc, socket

def test_fails():
    left = socket.socket()
    left.itself = [left, left.fileno]
    assert False

def test_neighbor():
    gc.collect()
"""
HANGS = """
import signal, threading

def test_quick():
    pass

def test_hangs():
    signal.raise_signal(signal.SIGINT)  # by itself: one from outside may come where Python passes it over
    threading.Event().wait(60)
"""


def folder_with(tmp_path: Path, test: str, *, cleans: bool) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    (tmp_path / "conftest.py").write_text(CONFTEST.format(here=str(HERE), cleans=cleans))
    (tmp_path / "test_it.py").write_text(test)
    return tmp_path


def pytest_in(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder, env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_what_a_failed_test_leaves_open_fails_no_neighbor(tmp_path: Path) -> None:
    with pytest_in(folder_with(tmp_path, LEAVES, cleans=True)) as run:
        assert "1 failed, 1 passed" in run.communicate(timeout=60)[0]


def test_without_that_it_does(tmp_path: Path) -> None:
    with pytest_in(folder_with(tmp_path, LEAVES, cleans=False)) as run:
        assert "2 failed" in run.communicate(timeout=60)[0]


def test_a_run_that_is_cut_off_names_the_test_that_ran(tmp_path: Path) -> None:
    with pytest_in(folder_with(tmp_path, HANGS, cleans=True)) as run:
        shown = run.communicate(timeout=60)[0]
    running = shown.partition("still running")[2]
    assert "s test_it.py::test_hangs" in running and "test_quick" not in running
