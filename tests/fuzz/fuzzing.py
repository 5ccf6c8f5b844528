"""Fuzzes everything that reads what others write: ``make fuzz``, or ``python tests/fuzz/fuzzing.py --help``.

Each input comes of a seed, the name of its target and its number, so ``--target usp --only 4711`` gives it again, and
``--first`` goes on where another run ended. What fails is written to the folder of results, with its input; the end
status is 1.
"""

import argparse
import faulthandler
import json
import logging
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fuzz_targets import TARGETS, Target
from mutator import chance

__all__ = ["Tally", "fuzz", "fuzz_side_by_side", "main"]

_MEMORY = 2 * 1024**3
_STUCK_S = 60
_SHOWN = 5
_PIECE = 500
"""Inputs that a process reads before it tells how that went, and is asked whether there is time for more."""


@dataclass(slots=True)
class Tally:
    """How one target did."""

    target: str
    seed: int
    first: int = 0
    """Number of its first input."""
    inputs: int = 0
    refused: int = 0
    failed: int = 0
    slow: int = 0
    slowest_ms: float = 0.0
    slowest: int = -1
    """Number of the slowest input."""
    processor_s: float = 0.0
    """Of all its processes, for reading alone."""
    seconds: float = 0.0
    failures: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def good(self) -> bool:
        """Did everything hold?"""
        return not self.failed and not self.slow

    def add(self, other: "Tally") -> None:
        """What another process has read of it."""
        self.inputs += other.inputs
        self.refused += other.refused
        self.failed += other.failed
        self.slow += other.slow
        self.processor_s = round(self.processor_s + other.processor_s, 3)
        if other.slowest_ms > self.slowest_ms:
            self.slowest_ms, self.slowest = other.slowest_ms, other.slowest
        self.failures = [*self.failures, *other.failures][:_SHOWN]


def fuzz(target: Target, seed: int, numbers: range, *, alarm: bool = False) -> Tally:
    """Have a target read inputs; with an ``alarm`` the process ends when one of them computes for a minute."""
    tally, began, spent = Tally(target.name, seed, numbers.start), time.monotonic(), 0.0
    if alarm:
        faulthandler.register(signal.SIGPROF, chain=True)  # what takes the processor, however busy the machine is
    for place, number in enumerate(numbers):
        made = target.make(chance(seed, target.name, number))
        took = time.process_time()
        try:
            target.read(made)
        except target.refuses:
            tally.refused += 1
        except Exception as error:
            tally.failed += 1
            if len(tally.failures) < _SHOWN:
                told = traceback.format_exc(limit=-3)
                tally.failures.append({"number": number, "input": repr(made)[:2000], "error": repr(error), "at": told})
        took = time.process_time() - took
        spent += took
        if took * 1000 > tally.slowest_ms:
            tally.slowest_ms, tally.slowest = round(took * 1000, 1), number
        tally.slow += took > target.slow_s
        tally.inputs += 1
        if alarm and place % _PIECE == 0:
            signal.setitimer(signal.ITIMER_PROF, _STUCK_S)
    if alarm:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.unregister(signal.SIGPROF)
    tally.processor_s, tally.seconds = round(spent, 3), round(time.monotonic() - began, 1)
    return tally


def fuzz_side_by_side(name: str, seed: int, numbers: range, *, jobs: int, until: float) -> Iterator[Tally]:
    """Have several processes read inputs of one target, until there are no more or it is ``until`` by the clock that
    only goes forward; gives the tally of all as it grows.

    Raises:
        BrokenProcessPool: one of them ended, because an input computed for a minute or took too much memory.
    """
    tally, began = Tally(name, seed, numbers.start), time.monotonic()
    pieces = (numbers[place : place + _PIECE] for place in range(0, len(numbers), _PIECE))
    context = multiprocessing.get_context("spawn")  # each reads its seeds anew, and none inherits another's memory
    with ProcessPoolExecutor(jobs, context, _prepare) as pool:
        at_work: dict[Future[Tally], range] = {}
        while True:
            while len(at_work) < jobs and time.monotonic() < until and (piece := next(pieces, None)) is not None:
                at_work[pool.submit(_read, name, seed, piece)] = piece
            if not at_work:
                return
            done, _ = wait(at_work, return_when=FIRST_COMPLETED)
            try:
                for one in done:
                    tally.add(one.result())
                    del at_work[one]
            except BrokenProcessPool as error:
                raise BrokenProcessPool(f"a process ended in {list(at_work.values())}") from error
            tally.seconds = round(time.monotonic() - began, 1)
            yield tally


def _prepare() -> None:
    """A process that reads: it logs nothing, and has so much memory and no more."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _read(name: str, seed: int, numbers: range) -> Tally:
    return fuzz(TARGETS[name], seed, numbers, alarm=True)


def _numbers(target: Target, asked: argparse.Namespace) -> range:
    if asked.only is not None:
        return range(asked.only, asked.only + 1)
    count = max(1, int(asked.count * (1.0 if asked.whole else target.share)))
    return range(asked.first, asked.first + count)


def main() -> int:
    """Fuzz what was asked for, print the table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000, help="inputs of each target; slow ones get a part")
    parser.add_argument("--whole", action="store_true", help="slow ones get no less than others")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="for each target at most")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read side by side")
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--only", type=int, help="one input, by its number")
    parser.add_argument("--results", type=Path, default=Path("var/fuzz"))
    asked = parser.parse_args()
    asked.results.mkdir(parents=True, exist_ok=True)
    tallies: list[Tally] = []
    print(
        f"{'target':14}{'inputs':>10}{'refused':>10}{'failed':>8}{'slow':>6}{'slowest ms':>12}{'seconds':>9}",
        flush=True,
    )
    for name in asked.target or TARGETS:
        tally = Tally(name, asked.seed, asked.first)
        tallies.append(tally)
        until = time.monotonic() + asked.minutes * 60
        try:
            numbers = _numbers(TARGETS[name], asked)
            for tally in fuzz_side_by_side(name, asked.seed, numbers, jobs=asked.jobs, until=until):
                tallies[-1] = tally
                _write(asked.results, tallies)
        except BrokenProcessPool as error:
            tally.failed += 1
            tally.failures.append(
                {"number": -1, "input": f"after {tally.inputs} inputs", "error": str(error), "at": ""}
            )
        print(
            f"{name:14}{tally.inputs:10}{tally.refused:10}{tally.failed:8}{tally.slow:6}"
            f"{tally.slowest_ms:12.1f}{tally.seconds:9.0f}",
            flush=True,
        )
        for failure in tally.failures:
            print(f"  input {failure['number']}: {failure['error'][:200]}", flush=True)
        _write(asked.results, tallies)
    return 0 if all(tally.good for tally in tallies) else 1


def _write(folder: Path, tallies: list[Tally]) -> None:
    told = {"at": datetime.now(UTC).isoformat(), "targets": [asdict(one) for one in tallies]}
    part = folder / "fuzz.json.part"
    part.write_text(json.dumps(told, indent=1))
    part.replace(folder / "fuzz.json")


if __name__ == "__main__":
    sys.exit(main())
