"""How long is it from ``git clone`` until one's own words are answered?

    .venv/bin/python tests/browser/first_answer.py [SOURCE] [--cached] [--json FILE]

Does what a newcomer does, and tells after how many seconds what was there: clones SOURCE (this repository) into a
folder that is gone in the end, says ``make run`` in it, opens the address that it prints in a browser, presses *Speak*
and *Call*, and speaks by the browser's own fake device, which plays a recorded caller. Answered is who hears the agent
speak after the page has shown what they said. Packages are fetched anew, unless ``--cached`` lets pip take what it has.
The browser is there before the clock starts. The end status is 1 where nobody answers.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    _FOLDERS = ("", "tests/scenario", "tests/browser", "tests/suite", "requirements")
    sys.path[:0] = [str(ROOT / name) for name in _FOLDERS]

import psutil  # noqa: E402
from chromium import Browser, Page, browser, find_chromium  # noqa: E402
from own_microphone import device, recording  # noqa: E402

from local_azure.ports import free_port  # noqa: E402

__all__ = ["NotAnswered", "Steps", "ask", "newcomers_environment", "running"]

EAR = (Path(__file__).parent / "ear.js").read_text("utf-8")
BEFORE_S = 9
"""The caller lets the greeting be said."""
SAID, ANSWER = "accident", "sorry to hear|hurt"
_ADDRESS = re.compile(r"http://\S+/sign-in#\S+")
_READY_S, _ANSWER_S, _END_S = 1200.0, 90.0, 20.0


class NotAnswered(Exception):
    """It came to nothing; the sentence says why."""


@dataclass
class Steps:
    """Seconds since the clock started."""

    cloned: float = 0.0
    ready: float = 0.0
    """``make run`` has printed the address."""
    signed_in: float = 0.0
    """The console is there to be read."""
    greeted: float = 0.0
    """The agent's first sound."""
    understood: float = 0.0
    """The page shows what was said."""
    answered: float = 0.0
    """The first sound of the answer."""


async def measure(source: str, cached: bool) -> Steps:
    """Do it."""
    chromium = await asyncio.to_thread(find_chromium)
    with TemporaryDirectory(prefix="ringmaster-first-") as made:
        folder = Path(made)
        async with browser(chromium, device(recording(folder, BEFORE_S))) as opened:
            steps, began = Steps(), time.time()
            clone = ["git", "clone", "--quiet", "--no-local", source, str(folder / "ringmaster")]
            await asyncio.to_thread(subprocess.run, clone, check=True)
            steps.cloned = time.time() - began
            environment = newcomers_environment(os.environ, cached=cached)
            async with running(["make", "run"], folder / "ringmaster", environment) as address:
                steps.ready = time.time() - began
                await ask(opened, address, steps, began)
    return steps


def newcomers_environment(mine: Mapping[str, str], *, cached: bool) -> dict[str, str]:
    """What somebody has who has nothing of ours; ports are free ones."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "PYTEST_CURRENT_TEST")
    theirs = {name: value for name, value in mine.items() if name not in ours}
    ports = {"PORT": str(free_port()), "EMULATOR_PORT": str(free_port())}
    return theirs | ports | ({} if cached else {"PIP_NO_CACHE_DIR": "1"})


@asynccontextmanager
async def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], limit_s: float = _READY_S
) -> AsyncGenerator[str]:
    """Start it; gives the address that it prints for a browser. In the end it gets Ctrl-C, and all of it is gone.

    Raises:
        NotAnswered: it ends, or prints none in time.
    """
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, start_new_session=True,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    shown: list[str] = []
    reading = asyncio.create_task(_read(process, shown))
    try:
        yield await _address(shown, reading, limit_s)
    finally:
        family = _family(process.pid)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        await _ended(process)
        _, left = await asyncio.to_thread(psutil.wait_procs, family, _END_S)
        for one in left:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        await reading


async def _ended(process: asyncio.subprocess.Process) -> None:
    # Only the loop may wait for its own child: whoever else did would take the end from it, and it would wait for ever.
    try:
        async with asyncio.timeout(_END_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _read(process: asyncio.subprocess.Process, shown: list[str]) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        shown.append(line.decode(errors="replace"))


async def _address(shown: list[str], reading: "asyncio.Task[None]", limit_s: float) -> str:
    until = time.monotonic() + limit_s
    while not (found := _ADDRESS.search("".join(shown))):
        if reading.done() or time.monotonic() > until:
            raise NotAnswered(f"it prints no address for a browser; it says:\n{''.join(shown[-20:])}")
        await asyncio.wait([reading], timeout=0.05)
    return found.group()


def _family(pid: int) -> list[psutil.Process]:
    """Whatever it has started."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


async def ask(opened: Browser, address: str, steps: Steps, began: float) -> Page:
    """Sign in, call, speak, hear, and hang up; gives the page.

    Raises:
        NotAnswered: nobody speaks.
    """
    page = await opened.page()
    await page.ask("Page.addScriptToEvaluateOnNewDocument", source=EAR + f"window.said = {json.dumps(SAID)};")
    await page.open(address)
    await page.click("nav a", "Speak")
    steps.signed_in = time.time() - began
    await page.click("form.call button", "Call")
    try:
        await page.until("ear.heard.length > 0", _ANSWER_S)
        await page.until(f"/{ANSWER}/i.test(ear.answer)", _ANSWER_S)
        await page.until("ear.heard.some((one) => one.from > ear.understood)", _ANSWER_S)
    except AssertionError as error:
        raise NotAnswered(str(error)) from error
    told: dict[str, Any] = await page.value("ear")
    answer = next(one["from"] for one in told["heard"] if one["from"] > told["understood"])
    moments = (told["heard"][0]["from"], told["understood"], answer)
    steps.greeted, steps.understood, steps.answered = (moment / 1000 - began for moment in moments)
    await page.click("button", "Hang up")
    return page


def main() -> int:
    """The command; gives its end status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", nargs="?", default=str(ROOT), help="what is cloned; this repository")
    parser.add_argument("--cached", action="store_true", help="pip may take what it has fetched before")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    given = parser.parse_args()
    try:
        steps = asdict(asyncio.run(measure(given.source, given.cached)))
    except (NotAnswered, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    for name, seconds in steps.items():
        print(f"{name.replace('_', ' '):12} {seconds:7.1f} s")
    if given.json:
        given.json.write_text(json.dumps({name: round(seconds, 2) for name, seconds in steps.items()}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
