"""Rows whose tests are in the suite already: each is run as often as the row says, in a process of its own."""

import asyncio
import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from promise import Promise, Seen

__all__ = ["PROMISES"]

ROOT = Path(__file__).resolve().parents[2]
_LIMIT_S = 1800.0
_ALONE = {"CALLS_AT_ONCE": "6"}
"""Rows with a time have the machine to themselves."""


async def run_tests(arguments: str, count: int) -> Seen:
    """Run some tests so often; a try is kept when all of them pass."""
    seen = Seen()
    for _ in range(count):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--tb=line", *arguments.split("|"),
            cwd=ROOT, env={**_ALONE, **os.environ, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        try:
            told, _ = await asyncio.wait_for(process.communicate(), _LIMIT_S)
        except TimeoutError:
            process.kill()
            await process.wait()
            seen.note(False, f"{arguments}: not over after {_LIMIT_S:.0f} s")
            continue
        lines = [
            line for line in told.decode(errors="replace").splitlines() if line.startswith(("FAILED", "ERROR tests"))
        ]
        seen.note(process.returncode == 0, f"status {process.returncode}: {'; '.join(lines)[:300]}")
    return seen


def _suite(row: str, what: str, count: int, arguments: str, *, timed: bool = False) -> Promise:
    return Promise(row, what, count, partial(run_tests, arguments), timed=timed, piece=1)


_LINK = "tests/contract/test_redis_link.py"
_CLUSTER = "tests/contract/test_redis_cluster.py"
_HEARD = "tests/contract/test_heard_within.py"

PROMISES: Mapping[str, Promise] = {
    promise.row: promise
    for promise in (
        _suite("C6", "Redis refuses in 13 ways, is read-only, moves slots, loses a node: no wrong state", 10,
               f"{_LINK}|{_CLUSTER}|-k|refuses or replica or slot or node"),
        _suite("C7", "200 races for a call, on one Redis and on a cluster: one owner each", 5,
               "tests/contract/test_stores.py|-k|two_hundred_races"),
        _suite("C8", "records of the version before are read, and its calls taken over", 5,
               "tests/contract/test_redis_legacy.py|tests/compatibility"),
        _suite("P1", "recognition refuses, closes, breaks in 15 ways: heard within 3 s", 20, f"{_HEARD}|-k|recognition", timed=True),
        _suite("P2", "recognition accepts and never answers, or never answers the upgrade", 20,
               f"{_HEARD}|-k|recognition and never", timed=True),
        _suite("P3", "the voice refuses, hangs, stalls, breaks off: heard within 3 s, said again once", 20, f"{_HEARD}|-k|voice or cut",
               timed=True),
        _suite("P4", "the model refuses, is late, breaks off, calls what is not there: heard within 3 s", 20, f"{_HEARD}|-k|model",
               timed=True),
        _suite("P5", "the call service refuses, breaks off: one effect for each request id", 20,
               "tests/contract/test_call_control.py"),
    )
}  # fmt: skip
