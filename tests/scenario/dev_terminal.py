"""``ringmaster dev`` with a terminal of its own, as a person has it."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from nursery import start

from local_azure.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_S = 90


class Terminal:
    """The command, running.

    Args:
        folder: for its database.
        options: more of the command.
        tts: the voice of the local Azure.
    """

    def __init__(self, folder: Path, *options: str, tts: str = "tone") -> None:
        self.port, self.azure = free_port(), free_port()
        environment = os.environ | {
            "PORT": str(self.port), "EMULATOR_PORT": str(self.azure), "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/r.db",
            "STT_POOL_SIZE": "1", "TTS_POOL_SIZE": "1", "TERM": "dumb", "PYTHONPATH": str(ROOT),
            "API_PAGES": "false",
        }  # fmt: skip
        self.environment = environment
        self.terminal, theirs = pty.openpty()
        dev = ["dev", "--stt", "scripted", "--tts", tts, "--latency", "none", *options]
        self.process = start(dev, cwd=ROOT, env=environment, streams=(theirs, theirs, theirs), session=True)
        os.close(theirs)
        self.shown = ""

    def read_until(self, words: str, limit_s: float = READY_S) -> None:
        """Wait until it has shown these words."""
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

    def close(self) -> None:
        """Kill it, whatever it does."""
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


@contextmanager
def call(dev: Terminal, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A caller who is in a call, and has heard the first words of it."""
    command = [
        sys.executable, "-m", "backend", "call", "tests/personas/rear_end",
        "--server", f"http://127.0.0.1:{dev.port}", "--emulator", f"http://127.0.0.1:{dev.azure}", *options,
    ]  # fmt: skip
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=dev.environment, stdout=pipe, stderr=null, text=True) as caller:
        assert caller.stdout is not None
        while "connected" not in caller.stdout.readline():
            assert caller.poll() is None
        caller.stdout.readline()  # the first words are said
        yield caller
        caller.communicate(timeout=60)
