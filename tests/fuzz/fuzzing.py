"""Fuzzes everything that reads what others write: ``make fuzz``, or ``python tests/fuzz/fuzzing.py --help``.

Each input comes of a seed, the name of its target and its number, so ``--target usp --only 4711`` gives it again. What
fails is written to the folder of results, with its input; the end status is 1.
"""

import argparse
import faulthandler
import json
import logging
import resource
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fuzz_targets import TARGETS, Target
from mutator import chance

_MEMORY = 2 * 1024**3
_STUCK_S = 60
_SHOWN = 5


@dataclass(slots=True)
class Tally:
    """How one target did."""

    target: str
    seed: int
    inputs: int = 0
    refused: int = 0
    failed: int = 0
    slow: int = 0
    slowest_ms: float = 0.0
    slowest: int = -1
    """Number of the slowest input."""
    seconds: float = 0.0
    failures: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def good(self) -> bool:
        """Did everything hold?"""
        return not self.failed and not self.slow


def fuzz(target: Target, seed: int, numbers: range, *, alarm: bool = False) -> Tally:
    """Have a target read inputs; with an ``alarm`` the process ends when one of them computes for a minute."""
    tally, began = Tally(target.name, seed), time.monotonic()
    if alarm:
        faulthandler.register(signal.SIGPROF, chain=True)  # what takes the processor, however busy the machine is
    for number in numbers:
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
        took = (time.process_time() - took) * 1000
        if took > tally.slowest_ms:
            tally.slowest_ms, tally.slowest = round(took, 1), number
        tally.slow += took > target.slow_s * 1000
        tally.inputs += 1
        if alarm and number % 1000 == 0:
            signal.setitimer(signal.ITIMER_PROF, _STUCK_S)
    if alarm:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.unregister(signal.SIGPROF)
    tally.seconds = round(time.monotonic() - began, 1)
    return tally


def _numbers(target: Target, asked: argparse.Namespace) -> range:
    if asked.only is not None:
        return range(asked.only, asked.only + 1)
    return range(max(1, int(asked.count * target.share)))


def main() -> int:
    """Fuzz what was asked for, print the table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000, help="inputs of each target; slow ones get a part")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--only", type=int, help="one input, by its number")
    parser.add_argument("--results", type=Path, default=Path("var/fuzz"))
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked.results.mkdir(parents=True, exist_ok=True)
    tallies: list[Tally] = []
    print(
        f"{'target':14}{'inputs':>10}{'refused':>10}{'failed':>8}{'slow':>6}{'slowest ms':>12}{'seconds':>9}",
        flush=True,
    )
    for name in asked.target or TARGETS:
        tally = fuzz(TARGETS[name], asked.seed, _numbers(TARGETS[name], asked), alarm=True)
        tallies.append(tally)
        print(
            f"{name:14}{tally.inputs:10}{tally.refused:10}{tally.failed:8}{tally.slow:6}"
            f"{tally.slowest_ms:12.1f}{tally.seconds:9.0f}",
            flush=True,
        )
        for failure in tally.failures:
            print(f"  input {failure['number']}: {failure['error'][:200]}", flush=True)
    told = {"at": datetime.now(UTC).isoformat(), "seed": asked.seed, "targets": [asdict(one) for one in tallies]}
    (asked.results / "fuzz.json").write_text(json.dumps(told, indent=1))
    return 0 if all(tally.good for tally in tallies) else 1


if __name__ == "__main__":
    sys.exit(main())
