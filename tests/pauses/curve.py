"""The wait against who is talked into, over all sets of paused utterances, for several ways of judging turn ends.

``python tests/pauses/curve.py`` prints the table that docs/benchmarks.md has; virtual time, four minutes of a core.
"""

import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "scenario")]

from paused import Outcome, Way, tell  # noqa: E402  (found by the line above)

from backend.testing.pauses import paused_utterances  # noqa: E402
from backend.testing.virtual_time import run_virtual  # noqa: E402

_SETS = ("utterances", "unseen", "later", "fourth")
_NEITHER = {"sure_silence_ms": 740}
_WAYS: Mapping[str, Way] = {
    "neither": Way(openers=False, turns=_NEITHER),
    "the sound of openers is kept": Way(turns=_NEITHER),
    "sure words are answered after 540 ms": Way(openers=False),
    "both, as it is": Way(),
    "both, and no early thinking": Way(turns={"early_thinking": False}),
    "both, likely words after 660 ms": Way(turns={"heard_silence_ms": 660}),
    "both, likely words after 860 ms": Way(turns={"heard_silence_ms": 860}),
}


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
    for title, way in _WAYS.items():
        told = {name: [run_virtual(tell(one, way)) for one in utterances] for name, utterances in said.items()}
        print(f"| {title} | {' | '.join(_cell(outcomes) for outcomes in told.values())} |", flush=True)


if __name__ == "__main__":
    main()
