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
SUITES = ROOT / "tests/rehearsals"
LEAST = {"insurance": 25}


@pytest.mark.parametrize("name", sorted(LEAST))
async def test_the_suite_goes_as_written(name: str) -> None:
    store = load_store(ROOT / "agent_store", ROOT / "prompt_store", memory_tools().names)
    (suite,) = load_suites(SUITES / name, store)
    policies = MemoryPolicies.from_yaml(suite.policies or ROOT / "agent_store/policyholders.yaml")
    outcomes = await rehearse(suite, House(store, StandInModel(), policies))
    wrong = {outcome.name: outcome.problems for outcome in outcomes if not outcome.passed}
    assert wrong == {}
    assert len(outcomes) >= LEAST[name]
