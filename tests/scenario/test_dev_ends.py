"""``ringmaster dev`` ends as a person expects: at Ctrl-C without a warning, killed without leaving anything behind."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from local_azure.redis_server import free_port

pytestmark = [pytest.mark.real, pytest.mark.timeout(240)]

ROOT = Path(__file__).resolve().parents[2]
TROUBLE = re.compile(r"WARNING|ERROR|Traceback|Error|not taken|lost|broken|Task was destroyed|exception", re.IGNORECASE)
READY_S = 90


def _as_at_a_terminal() -> None:
    """Whoever runs the tests in the background has Ctrl-C ignored, and a process ignores what its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """``ringmaster dev`` with a terminal of its own, as a person has it."""

    def __init__(self, folder: Path) -> None:
        self.port, self.azure = free_port(), free_port()
        environment = os.environ | {
            "PORT": str(self.port), "EMULATOR_PORT": str(self.azure), "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/r.db",
            "STT_POOL_SIZE": "1", "TTS_POOL_SIZE": "1", "TERM": "dumb", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        self.environment = environment
        self.terminal, theirs = pty.openpty()
        dev = ["-m", "backend", "dev", "--stt", "scripted", "--tts", "tone", "--latency", "none"]
        self.process = subprocess.Popen(
            [sys.executable, *dev], cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True, preexec_fn=_as_at_a_terminal,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def read_until(self, words: str, limit_s: float = READY_S) -> None:
        until = time.monotonic() + limit_s
        while words not in self.shown:
            assert time.monotonic() < until, f"not shown: {words!r}; shown: {self.shown}"
            self._read()

    def ctrl_c(self) -> None:
        """What the terminal does: every process of the foreground group gets the signal."""
        os.killpg(self.process.pid, signal.SIGINT)

    def wait(self, limit_s: float = 60) -> int:
        """Its exit status, when it has ended."""
        until = time.monotonic() + limit_s
        while self.process.poll() is None:
            assert time.monotonic() < until, f"it did not end; shown: {self.shown}"
            self._read()
        self._read()
        return self.process.returncode

    def _read(self) -> None:
        try:
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.shown += os.read(self.terminal, 65536).decode(errors="replace")
        except OSError:
            time.sleep(0.05)  # nobody has the other end any more

    def family(self) -> list[psutil.Process]:
        """Redis, the local Azure and whatever else was started."""
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def dev(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    try:
        yield terminal
    finally:
        terminal.process.kill()
        terminal.process.wait()
        os.close(terminal.terminal)


@contextmanager
def call(dev: Terminal) -> Iterator[None]:
    """A caller who is in a call."""
    command = [
        sys.executable, "-m", "backend", "call", "tests/personas/rear_end",
        "--server", f"http://127.0.0.1:{dev.port}", "--emulator", f"http://127.0.0.1:{dev.azure}",
    ]  # fmt: skip
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=dev.environment, stdout=pipe, stderr=null, text=True) as caller:
        assert caller.stdout is not None
        while "connected" not in caller.stdout.readline():
            assert caller.poll() is None
        caller.stdout.readline()  # the first words are said
        yield
        caller.communicate(timeout=60)


def all_gone(family: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(family, timeout=30)[1]


def test_ctrl_c_ends_it_in_silence(dev: Terminal) -> None:
    dev.read_until("ringmaster is ready")
    assert "starting Redis" in dev.shown and "starting the local Azure" in dev.shown
    family = dev.family()
    dev.ctrl_c()
    assert dev.wait() == 0
    after = dev.shown.partition("place a call with")[2]
    assert re.search(r"\n\s*\n\s*stopping", after), after  # not behind the ^C
    assert not TROUBLE.search(after), after
    assert all_gone(family)


def test_ctrl_c_during_a_call_ends_it_in_silence(dev: Terminal) -> None:
    dev.read_until("ringmaster is ready")
    with call(dev):
        family = dev.family()
        dev.ctrl_c()
        assert dev.wait() == 0
    after = dev.shown.partition("place a call with")[2]
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
