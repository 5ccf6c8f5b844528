"""Utterances with pauses of 300 to 900 ms inside, against the delays of a healthy Azure."""

import os
import statistics
from pathlib import Path

import pytest
from paused import Outcome, Way, tell

from backend.domain.agent import TurnsSpec
from backend.language.en.number_runs import read_digits
from backend.testing.pauses import PausedUtterance, paused_utterances
from backend.testing.virtual_time import run_virtual

PAUSES = Path(__file__).parents[1] / "pauses"
SETS = [Path(own)] if (own := os.environ.get("PAUSES")) else sorted(PAUSES.glob("*.yaml"))
GIVEN = "utterances"
"""The set that the promise is about; others were written later, some after the code."""
DRAFTED = {GIVEN, "drawn"}
"""The sets that are told once more with a tool that saves a draft; any of one's own is, too."""
TOLD = [(path, tool_s) for path in SETS for tool_s in (0.0, 0.02) if not tool_s or own or path.stem in DRAFTED]
LIMITS = {
    "utterances": (600, 800, 0.05),
    "unseen": (600, 1000, 0.05),
    "drawn": (800, 1000, 0.1),
    "redrawn": (800, 1000, 0.1),
}
"""The wait in the middle and of 19 of 20, and the share that hears something in a pause; any other as the given one."""
NOISES = TurnsSpec().ignored_phrases
"""Behind a whole answer they are listening noises, and answered as such: "that's right ... yes"."""


@pytest.fixture(
    scope="module",
    params=TOLD,
    ids=[f"{'a draft is saved' if tool_s else 'words only'}-{path.stem}" for path, tool_s in TOLD],
)
def told(request: pytest.FixtureRequest) -> tuple[list[PausedUtterance], Way]:
    path, tool_s = request.param
    return paused_utterances(path), Way(tool_s)


@pytest.fixture(scope="module")
def utterances(told: tuple[list[PausedUtterance], Way]) -> list[PausedUtterance]:
    return told[0]


@pytest.fixture(scope="module")
def outcomes(told: tuple[list[PausedUtterance], Way]) -> list[Outcome]:
    utterances, way = told
    return [run_virtual(tell(utterance, way)) for utterance in utterances]


@pytest.fixture(scope="module")
def limits(utterances: list[PausedUtterance]) -> tuple[int, int, float]:
    name = next((path.stem for path in SETS if paused_utterances(path) == utterances), GIVEN)
    return LIMITS.get(name, LIMITS[GIVEN])


def dictates_on(utterance: PausedUtterance) -> bool:
    """Is some of a number or an address still to come? "One two three four ... I think" is whole."""
    kind, _, digits = utterance.asked.partition(":")
    said, all_said = (len(read_digits(text)) for text in (" ".join(utterance.pieces[:-1]), utterance.text))
    return utterance.dictated and (kind == "place" or said < min(all_said, int(digits)))


def test_nobody_is_talked_over_for_more_than_300_ms(outcomes: list[Outcome]) -> None:
    over = [outcome for outcome in outcomes if outcome.talked_over_ms > 300]
    assert over == []


def test_nobody_is_talked_over_while_dictating_a_number_or_an_address(outcomes: list[Outcome]) -> None:
    assert [o for o in outcomes if dictates_on(o.utterance) and o.talked_over_ms > 0] == []


def test_half_an_utterance_is_never_answered_alone(outcomes: list[Outcome]) -> None:
    halved = [o for o in outcomes if o.answered != [o.utterance.text]]
    assert [o for o in halved if not all(piece in NOISES for piece in o.utterance.pieces[1:])] == []


def test_hardly_anybody_hears_a_little_of_an_answer_in_a_pause(
    outcomes: list[Outcome], limits: tuple[int, int, float]
) -> None:
    """The share stands in docs/benchmarks.md; ``pytest -rP`` prints it."""
    share = sum(outcome.heard_ms > 0 for outcome in outcomes) / len(outcomes)
    print(f"begun in a pause: {share:.0%} of {len(outcomes)} utterances")
    assert share <= limits[2] + 0.005


def test_the_wait_is_that_of_a_conversation(outcomes: list[Outcome], limits: tuple[int, int, float]) -> None:
    waits = sorted(outcome.wait_ms for outcome in outcomes)
    median, p95 = statistics.median(waits), waits[int(len(waits) * 0.95)]
    decided = statistics.median(outcome.decided_ms for outcome in outcomes)
    print(f"wait {median:.0f} / {p95:.0f} ms, the decision alone {decided:.0f} ms")
    assert median <= limits[0], waits
    assert p95 <= limits[1], waits
    assert decided <= 543, "the field's best decide so soon, with 5 % of callers cut off"
