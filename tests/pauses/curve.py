"""The wait against who is talked into, over all sets of paused utterances, for several ways of judging turn ends.

``python tests/pauses/curve.py`` prints the table that docs/benchmarks.md has; virtual time, some minutes of a core.
"""

import statistics
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "scenario")]

from paused import Outcome, Way, tell  # noqa: E402  (found by the line above)

from backend.engine.listening import endpointing, wholeness  # noqa: E402
from backend.engine.listening.endpointing import LIKELY, SURE  # noqa: E402
from backend.testing.pauses import paused_utterances  # noqa: E402
from backend.testing.virtual_time import run_virtual  # noqa: E402

_SETS = ("utterances", "unseen", "later", "fourth", "drawn", "redrawn")
_OLD = {"heard_silence_ms": 740}


@dataclass(frozen=True)
class _Row:
    """A way, and what is learned of turn ends meanwhile."""

    way: Way = field(default_factory=Way)
    learned: bool = True
    sure: float = SURE
    likely: float = LIKELY


_ROWS: Mapping[str, _Row] = {
    "by what was learned, as it is": _Row(),
    "by rules alone, as it was": _Row(Way(turns=_OLD), learned=False),
    "surer of sure words (odds of 2.2)": _Row(sure=2.2),
    "less sure of them (0.8)": _Row(sure=0.8),
    "likely words after 670 ms": _Row(Way(turns={"heard_silence_ms": 670})),
    "the sound of openers is not kept": _Row(Way(openers=False)),
    "no early thinking": _Row(Way(turns={"early_thinking": False})),
}


@contextmanager
def _judging(row: _Row) -> Generator[None]:
    """What was learned, and the lines drawn in it, are of this row."""
    with ExitStack() as stack:
        for module in (endpointing, wholeness):
            stack.enter_context(patch.object(module, "SURE", row.sure))
            stack.enter_context(patch.object(module, "LIKELY", row.likely))
            if not row.learned:
                stack.enter_context(patch.object(module, "odds_of_end", return_value=None))
        yield


def _cell(outcomes: Sequence[Outcome]) -> str:
    """Wait p50 / p95, and the share that heard anything of an answer before they had finished."""
    waits = sorted(outcome.wait_ms for outcome in outcomes)
    early = sum(outcome.heard_ms > 0 for outcome in outcomes) / len(outcomes)
    p95 = waits[int(len(waits) * 0.95)]
    return f"{statistics.median(waits):.0f} / {p95:.0f}, {early:.0%}"


def main() -> None:
    """Print one row a way, one column a set."""
    folder = Path(__file__).parent
    said = {name: paused_utterances(folder / f"{name}.yaml") for name in _SETS}
    print(f"| | {' | '.join(f'`{name}.yaml` ({len(said[name])})' for name in _SETS)} |")
    print(f"| --- |{' ---: |' * len(_SETS)}")
    for title, row in _ROWS.items():
        with _judging(row):
            told = {name: [run_virtual(tell(one, row.way)) for one in utterances] for name, utterances in said.items()}
        print(f"| {title} | {' | '.join(_cell(outcomes) for outcomes in told.values())} |", flush=True)


if __name__ == "__main__":
    main()
