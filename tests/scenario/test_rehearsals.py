"""The shipped suites go as written with the stand-in model."""

from pathlib import Path

import pytest

from backend.agents.store import load_store
from backend.rehearsal.rehearse import rehearse
from backend.rehearsal.room import House
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from stand_in.manner import MANNERS, Manner

ROOT = Path(__file__).resolve().parents[2]
SUITES = [
    (ROOT, ROOT / "tests/rehearsals/insurance", 25),
    (ROOT, ROOT / "tests/rehearsals/strangers", 8),
    (ROOT / "examples/dental", ROOT / "examples/dental/rehearsals", 10),
]


@pytest.mark.parametrize(
    ("stores", "folder", "least", "manner"),
    [(*suite, manner) for suite in SUITES for manner in MANNERS if (suite, manner) != (SUITES[2], "dumb")],
    ids=["insurance", "insurance-dumb", "strangers", "strangers-dumb", "dental"],
)
async def test_the_suite_goes_as_written(stores: Path, folder: Path, least: int, manner: Manner) -> None:
    store = load_store(stores / "agent_store", stores / "prompt_store", memory_tools().names)
    (suite,) = load_suites(folder, store)
    policies = MemoryBooks.from_yaml(suite.policies or ROOT / "agent_store/policyholders.yaml")
    outcomes = await rehearse(suite, House(store, StandInModel(manner), policies))
    wrong = {outcome.name: outcome.problems for outcome in outcomes if not outcome.passed}
    assert wrong == {}
    assert len(outcomes) >= least


async def test_a_model_that_cannot_write_what_a_schema_wants_comes_to_a_person_and_not_into_a_loop() -> None:
    stores, folder, _ = SUITES[2]
    store = load_store(stores / "agent_store", stores / "prompt_store", memory_tools().names)
    (suite,) = load_suites(folder, store)
    patients = MemoryBooks.from_yaml(stores / "patients.yaml")
    outcomes = await rehearse(suite, House(store, StandInModel("dumb"), patients))
    assert max(outcome.turns for outcome in outcomes) <= 8
    assert not any("it is not over" in problem for outcome in outcomes for problem in outcome.problems)
