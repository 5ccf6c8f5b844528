"""A Chromium that runs, whoever asks for it: tests of a file have one after the other, each with a context of its own.

To start one and to have it read its own files is a fifth of a second of the processor, and a page that another test has
had before is compiled already.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["ChromiumProcess", "NoBrowser"]

_START_S = 30


class NoBrowser(Exception):
    """There is none, and none can be fetched; the sentence says why."""


class ChromiumProcess:
    """One process, from the start to ``end``.

    Args:
        options: what it gets besides that which every test needs.
        environment: of this process, and this besides.
    """

    def __init__(self, program: Path, options: Sequence[str], environment: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ringmaster-browser-", ignore_cleanup_errors=True)
        always = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en-US",
            "--remote-debugging-port=0", f"--user-data-dir={self._folder.name}", "--single-process", "--no-zygote",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            [str(program), *always, *options, "about:blank"],
            env={**os.environ, **environment}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    @property
    def running(self) -> bool:
        """Is it there still?"""
        return self._process.poll() is None

    async def address(self) -> tuple[int, str]:
        """The port at which it is led, and the path of the socket that leads all of it.

        Raises:
            NoBrowser: it has ended.
            TimeoutError: it says nothing.
        """
        told = Path(self._folder.name) / "DevToolsActivePort"
        async with asyncio.timeout(_START_S):
            while True:
                if not self.running:
                    raise NoBrowser(f"the browser ended with status {self._process.returncode}")
                lines = told.read_text().splitlines() if told.exists() else []
                if len(lines) > 1:
                    return int(lines[0]), lines[1]
                await asyncio.sleep(0.05)

    def end(self) -> None:
        """Have all of it gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._folder.cleanup()
