"""``make profile``: where the processor time of a server under a load of calls goes.

Calls on the real SDKs against the local Azure, as in ``bench.capacity``; a sampling profiler looks at the server from
outside, without stopping it, and a table tells what its threads cost. Whoever wants to make a call cheaper begins here.
"""

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import uvloop

from bench.capacity import LINE, converse
from bench.machine import describe
from bench.moments import house_of
from bench.plan import ROOT
from bench.samples import Sample, by_area, by_function, read_samples
from bench.thread_owners import spy
from bench.thread_table import ThreadKind, ThreadTable

__all__ = ["main", "profile", "table"]

_RATE = 200
"""Looks a second."""
_STAGGER_S = 0.2
_SETTLE_S = 3.0
_FUNCTIONS = 25
_LOOP = "MainThread"


async def profile(folder: Path, calls: int, seconds: int) -> str:
    """Load a server, look at it, and tell in Markdown. The samples stay in ``folder``, for any viewer of flame graphs.

    Raises:
        FileNotFoundError: py-spy is not installed.
    """
    async with house_of(folder) as house:
        phones = [house.azure.phones.dial(LINE) for _ in range(calls)]
        talking: list[asyncio.Task[None]] = []
        for phone in phones:
            talking.append(asyncio.create_task(converse(phone)))
            await asyncio.sleep(_STAGGER_S)
        await asyncio.sleep(_SETTLE_S)
        threads = ThreadTable(house.pid)
        folded = folder / "samples.folded"
        await _look(house.pid, folded, seconds)
        kinds = threads.since()
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        for phone in phones:
            phone.hang_up()
    return table(read_samples(await asyncio.to_thread(folded.read_text)), kinds, calls, seconds)


async def _look(pid: int, path: Path, seconds: int) -> None:
    """Only whoever holds Python's lock is looked at: a thread that waits for work looks busy from outside."""
    process = await asyncio.create_subprocess_exec(
        spy(), "record", "--pid", str(pid), "--duration", str(seconds), "--rate", str(_RATE), "--format", "raw",
        "--output", str(path),
        "--threads", "--gil", "--nonblocking", "--function",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, told = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"py-spy could not look at the server: {told.decode(errors='replace')[-300:]}")


def table(samples: Sequence[Sample], kinds: Mapping[str, ThreadKind], calls: int, seconds: int) -> str:
    """Threads, areas and functions, as Markdown."""
    loop = [sample for sample in samples if _LOOP in sample.thread]
    minutes = calls * seconds / 60
    head = f"{calls} calls for {seconds} s, {describe()['processor']}, {describe()['cores']} cores."
    own = by_function(loop, whole=False).most_common(_FUNCTIONS)
    whole = by_function(loop, whole=True).most_common(_FUNCTIONS)
    return "\n".join([
        head, "",
        "| threads | number | CPU s a call-minute | of a core | wakes a second |", "|---|---:|---:|---:|---:|",
        *(_thread_row(name, kind, minutes, seconds) for name, kind in kinds.items() if kind.seconds > 0),
        "", *_rows("the loop's time goes to", by_area(loop).most_common(), loop),
        "", *_rows("function, by itself", own, loop),
        "", *_rows("function, with what it calls", whole, loop),
    ])  # fmt: skip


def _thread_row(name: str, kind: ThreadKind, minutes: float, seconds: int) -> str:
    share = 100 * kind.seconds / seconds
    return f"| {name} | {kind.count} | {kind.seconds / minutes:.3f} | {share:.1f} % | {kind.wakes / seconds:.0f} |"


def _rows(title: str, counts: Sequence[tuple[str, int]], samples: Sequence[Sample]) -> list[str]:
    every = sum(sample.count for sample in samples) or 1
    shown = [f"| {_short(name)} | {100 * count / every:.1f} % |" for name, count in counts]
    return [f"| {title} | share |", "|---|---:|", *shown]


def _short(name: str) -> str:
    """Without where Python and this project are installed."""
    return name.replace(f"{ROOT}/", "").rpartition("site-packages/")[2]


def main() -> None:
    """Profile and print."""
    wanted = argparse.ArgumentParser(prog="make profile", description="Tell where the server's processor time goes.")
    wanted.add_argument("--calls", type=int, default=20)
    wanted.add_argument("--seconds", type=int, default=20)
    wanted.add_argument("--folder", type=Path, default=ROOT / "var/profile")
    given = wanted.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    told = uvloop.run(profile(given.folder, given.calls, given.seconds))
    (given.folder / "profile.md").write_text(told + "\n")
    sys.stdout.write(
        f"{told}\n\nwritten: profile.md and, for viewers of flame graphs, samples.folded in {given.folder}\n"
    )


if __name__ == "__main__":
    main()
