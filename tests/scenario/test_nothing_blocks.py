"""No call waits for another: nothing opens, connects, sleeps, compiles or imports on the event loop during calls."""

import asyncio
import socket
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest
import uvloop
from house import House, house
from test_calls import call_in, spoken

pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

BLOCKING = frozenset(
    {
        "open", "time.sleep", "sqlite3.connect", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
        "subprocess.Popen", "os.system", "os.listdir", "os.scandir", "compile", "import",
    }
)  # fmt: skip
A_LINE_OF_A_TOOL = {"render_words"}
"""Compiled when it is first said, in half a millisecond, and kept."""

ROOT = str(Path(__file__).resolve().parents[2])
OURS = f"{ROOT}/backend"
LOCAL_AZURE = f"{ROOT}/local_azure"


class Watch:
    """Notes what would block the thread that it was made in, when the server's own code is the cause."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self.on = False
        self.offenders: dict[str, str] = {}
        sys.addaudithook(self._hook)

    @contextmanager
    def watching(self) -> Iterator[None]:
        sleep = time.sleep

        def noted_sleep(seconds: float) -> None:
            self._hook("time.sleep", (seconds,))
            sleep(seconds)

        self.on = True
        try:
            with patch("time.sleep", noted_sleep):
                yield
        finally:
            self.on = False

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on or event not in BLOCKING or threading.get_ident() != self._thread:
            return
        if event == "socket.connect" and cast(socket.socket, arguments[0]).gettimeout() == 0:
            return  # it does not wait
        self.on = False  # to look at the stack opens files
        try:
            self._look(event, arguments)
        finally:
            self.on = True

    def _look(self, event: str, arguments: tuple[object, ...]) -> None:
        frames = traceback.extract_stack(limit=60)
        ours = [frame for frame in frames if frame.filename.startswith(OURS)]
        if not ours or any(frame.filename.startswith(LOCAL_AZURE) for frame in ours):
            return
        if any(frame.name in A_LINE_OF_A_TOOL for frame in ours):
            return
        where = f"{event} by {ours[-1].filename.removeprefix(ROOT)}:{ours[-1].lineno}"
        self.offenders.setdefault(where, repr(arguments)[:120])


async def busy(home: House) -> None:
    verified = ("karen miller", spoken("77002"), spoken("9037"))
    question = call_in(home, "what is my deductible", *verified, "no thank you goodbye")
    person = call_in(home, "i want to speak to a human right now")
    await asyncio.gather(question, person)


def test_nothing_blocks_the_loop_while_calls_are_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with house(tmp_path, hurried=True) as home:
            watch = Watch()
            with watch.watching():
                await busy(home)
            assert not watch.offenders, "\n".join(f"{where} {what}" for where, what in watch.offenders.items())

    uvloop.run(story())


def test_whatever_blocks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setitem(Watch._look.__globals__, "OURS", str(Path(__file__).parent))
    with watch.watching():
        time.sleep(0)
        Path(__file__).read_text()
    here = "/tests/scenario/test_nothing_blocks.py"
    assert [name.rsplit(":", 1)[0] for name in watch.offenders] == [f"time.sleep by {here}", f"open by {here}"]
