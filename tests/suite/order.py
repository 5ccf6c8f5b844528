"""The order of ``make test``, which has more workers than the machine has cores.

What waits, calls in real time and processes that start, takes minutes and little of the processor. What computes takes
all of it. So three workers begin with what waits, the longest first, and the others with what computes, and give way
(as ``nice`` does). Who has nothing of its own kind left takes of the other. A file stays with one worker, for its
tests may share a server.
"""

import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler.loadfile import LoadFileScheduling

__all__ = [
    "AHEAD",
    "LONG_WORK",
    "WAITS",
    "TwoKinds",
    "computes",
    "fills",
    "give_way",
    "in_order",
    "next_file",
    "take_gaps",
    "waits",
]

ROOT = Path(__file__).resolve().parents[2]
WAITS = ("long_call", "real")
"""Markers of what waits, the longest first."""
LONG_WORK = "long_work"
"""Marker of what computes for half a minute and more: begun late it would be what everybody waits for."""
AHEAD = "tests/scenario/test_rehearsals.py"
"""What is computed while the rest is collected: it takes the longest, waits for nothing, and asks for no server."""
_FILLS = ("tests/unit/stand_in/", "tests/unit/tool_store/", "tests/unit/test_", "tests/unit/testing/")
"""What is played beside those who need a core and leave much of it: it computes, and no moment matters to it."""
_WAIT = 3
"""So many workers begin with what waits; those besides, the first ones, with what computes."""
_GIVES_WAY = 5
"""What they start, a Redis or a PostgreSQL, gives way as well, and must still answer in time. At this three of them
take as much of the processor from calls as two did at 3."""
_KINDS = (*WAITS, LONG_WORK)


def in_order(items: list[pytest.Item]) -> None:
    """Files with a long call first, then files with other calls in real time, then long work, then the rest; each file
    in one piece.

    (Not by ``--dist loadgroup``: xdist reads the groups before a conftest can set them.)
    """
    ranks: dict[str, int] = {}
    for item in items:
        file = item.nodeid.partition("::")[0]
        ranks[file] = min(_rank(item), ranks.get(file, len(_KINDS)))
    items.sort(key=lambda item: ranks[item.nodeid.partition("::")[0]])


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, marker in enumerate(_KINDS) if item.get_closest_marker(marker)), len(_KINDS))


@cache
def waits(file: str) -> bool:
    """Is anything in this file marked as waiting? Read from its text: the scheduler sees no markers."""
    try:
        text = (ROOT / file).read_text("utf-8")
    except OSError:
        return False
    return re.search(rf"\bmark\.({'|'.join(WAITS)})\b", text) is not None


def computes(worker: str, workers: int) -> bool:
    """Does this worker, of so many, begin with what computes?"""
    return worker in {f"gw{number}" for number in range(workers - _WAIT)}


def fills(file: str) -> bool:
    """Is this kept for the gaps that those leave who need a core?"""
    return file.startswith(_FILLS) and not waits(file)


def next_file(files: Iterable[str], *, computing: bool) -> str | None:
    """The file that a worker takes next: the first of its kind, if there is any."""
    return next((file for file in files if waits(file) != computing), None)


class TwoKinds(LoadFileScheduling):
    """``--dist loadfile`` with two kinds of files."""

    def _assign_work_unit(self, node: Any) -> None:
        file = next_file(self.workqueue, computing=computes(node.gateway.id, self.numnodes))
        if file is not None:
            self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)


def give_way() -> None:
    """Let a worker that begins with what computes give way to calls in real time, from now on."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 0))
    if computes(os.environ.get("PYTEST_XDIST_WORKER", ""), workers):
        os.nice(_GIVES_WAY)


def take_gaps() -> None:
    """Let this worker, and what it starts, have the processor only when nobody else wants it."""
    try:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    except (AttributeError, OSError):  # not on Linux, or not allowed
        os.nice(19)
