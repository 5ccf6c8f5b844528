"""The shipped suites go as written with the stand-in model."""

from pathlib import Path

import pytest

from backend.agents.store import load_store
from backend.rehearsal.rehearse import rehearse
from backend.rehearsal.room import House
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryPolicies

ROOT = Path(__file__).resolve().parents[2]
SUITES = [
    (ROOT, ROOT / "tests/rehearsals/insurance", 25),
    (ROOT / "examples/dental", ROOT / "examples/dental/rehearsals", 8),
]


@pytest.mark.parametrize(("stores", "folder", "least"), SUITES, ids=["insurance", "dental"])
async def test_the_suite_goes_as_written(stores: Path, folder: Path, least: int) -> None:
    store = load_store(stores / "agent_store", stores / "prompt_store", memory_tools().names)
    (suite,) = load_suites(folder, store)
    policies = MemoryPolicies.from_yaml(suite.policies or ROOT / "agent_store/policyholders.yaml")
    outcomes = await rehearse(suite, House(store, StandInModel(), policies))
    wrong = {outcome.name: outcome.problems for outcome in outcomes if not outcome.passed}
    assert wrong == {}
    assert len(outcomes) >= least
