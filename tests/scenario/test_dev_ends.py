"""``ringmaster dev`` ends as a person expects: at Ctrl-C without a warning, killed without leaving anything behind."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from dev_terminal import Terminal, call

pytestmark = [pytest.mark.real, pytest.mark.long_call, pytest.mark.timeout(240)]

TROUBLE = re.compile(r"WARNING|ERROR|Traceback|Error|not taken|lost|broken|Task was destroyed|exception", re.IGNORECASE)


@pytest.fixture
def dev(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    try:
        yield terminal
    finally:
        terminal.close()


def all_gone(family: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(family, timeout=30)[1]


def test_ctrl_c_during_a_call_ends_it_in_silence(dev: Terminal) -> None:
    dev.read_until("ringmaster is ready")
    assert "starting Redis" in dev.shown and "starting the local Azure" in dev.shown
    with call(dev):
        family = dev.family()
        dev.ctrl_c()
        assert dev.wait() == 0
    after = dev.shown.partition("place a call with")[2]
    assert re.search(r"\n\s*\n\s*stopping", after), after  # not behind the ^C
    assert not TROUBLE.search(after), after
    assert all_gone(family)


def test_ctrl_c_while_it_starts_ends_it_in_silence(dev: Terminal) -> None:
    dev.read_until("starting the local Azure")
    family = dev.family()
    dev.ctrl_c()
    assert dev.wait() == 130
    assert not TROUBLE.search(dev.shown), dev.shown
    assert all_gone(family)


def test_a_kill_leaves_nothing_behind(dev: Terminal) -> None:
    dev.read_until("ringmaster is ready")
    family = dev.family()
    assert len(family) >= 3  # Redis, the local Azure, and a guard
    os.kill(dev.process.pid, signal.SIGKILL)
    assert dev.wait() == -signal.SIGKILL
    assert all_gone(family)


def test_a_polite_end_drains(dev: Terminal) -> None:
    dev.read_until("ringmaster is ready")
    family = dev.family()
    os.kill(dev.process.pid, signal.SIGTERM)
    assert dev.wait() == 0
    assert not TROUBLE.search(dev.shown.partition("place a call with")[2])
    assert all_gone(family)
