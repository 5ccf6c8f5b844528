"""Breaks the server in every way that is promised to be survived: ``make chaos``, or ``python tests/chaos/chaos.py --help``.

Prints what is promised against what was seen, and writes both to the folder of results as tries end. The end status is 1
where a promise was not kept.
"""

import argparse
import asyncio
import json
import math
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("scenario", "contract")]

from promise import Outcome, Promise, drilled, table  # noqa: E402
from provider_drills import PROMISES as PROVIDERS  # noqa: E402
from suite_drills import PROMISES as SUITES  # noqa: E402
from whole_call import PROMISES as WHOLE  # noqa: E402
from worker_drills import PROMISES as WORKERS  # noqa: E402

PROMISES: dict[str, Promise] = {**WORKERS, **SUITES, **PROVIDERS, **WHOLE}


def main() -> int:
    """Drill what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", help="such as C1,C5,P3; all when not given")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the promised counts; 0: each once")
    parser.add_argument("--jobs", type=int, default=1, help="tries side by side, in rows that are not timed")
    parser.add_argument("--results", type=Path, default=Path("var/chaos"))
    asked = parser.parse_args()
    rows = asked.rows.split(",") if asked.rows else list(PROMISES)
    unknown = [row for row in rows if row not in PROMISES]
    if unknown:
        parser.error(f"no row {', '.join(unknown)}; there are {', '.join(PROMISES)}")
    asked.results.mkdir(parents=True, exist_ok=True)
    outcomes: list[Outcome] = []
    for row in rows:
        promise = PROMISES[row]
        count = max(1, math.ceil(promise.count * asked.scale))
        outcome = asyncio.run(drilled(promise, count, asked.jobs, partial(_so_far, asked, outcomes)))
        outcomes.append(outcome)
        print(
            f"{row}: {outcome.seen.said()} in {outcome.took_s:.0f} s{'' if outcome.kept else ': NOT KEPT'}", flush=True
        )
        for why in outcome.seen.broken[:5]:
            print(f"  {why}", flush=True)
        _write(asked.results, outcomes, asked.scale)
    print(f"\n{table(outcomes)}")
    return 0 if all(outcome.kept for outcome in outcomes) else 1


def _so_far(asked: argparse.Namespace, before: Sequence[Outcome], outcome: Outcome) -> None:
    """Put down what a row that goes on has shown: a run of hours may be ended at any time."""
    _write(asked.results, [*before, outcome], asked.scale)


def _write(folder: Path, outcomes: Sequence[Outcome], scale: float) -> None:
    told = {
        "at": datetime.now(UTC).isoformat(),
        "scale": scale,
        "rows": [
            {
                "row": outcome.promise.row,
                "promised": outcome.promise.what,
                "tries": outcome.seen.tries,
                "kept": outcome.seen.kept,
                "seconds": outcome.seen.seconds,
                "broken": outcome.seen.broken[:20],
                "ok": outcome.kept,
                "took_s": round(outcome.took_s, 1),
            }
            for outcome in outcomes
        ],
    }
    (folder / "chaos.json").write_text(json.dumps(told, indent=1))
    (folder / "chaos.md").write_text(table(outcomes) + "\n")


if __name__ == "__main__":
    sys.exit(main())
