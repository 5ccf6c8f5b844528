"""The shipped suites go as written with the stand-in model; on virtual time: no tool is late on a busy machine."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from backend.__main__ import app
from backend.agents.store import load_store
from backend.rehearsal.rehearse import rehearse
from backend.rehearsal.rehearsed_call import RehearsalParts
from backend.rehearsal.stand_in import StandInModel
from backend.rehearsal.suite import load_suites
from backend.rehearsal.tools import memory_tools
from backend.testing.books import MemoryBooks
from backend.testing.virtual_time import run_virtual
from stand_in.manner import MANNERS, Manner

ROOT = Path(__file__).resolve().parents[2]
SUITES = [
    (ROOT, ROOT / "tests/rehearsals/insurance", 25),
    (ROOT, ROOT / "tests/rehearsals/strangers", 8),
    (ROOT, ROOT / "tests/rehearsals/outsiders", 34),
    (ROOT, ROOT / "tests/rehearsals/callers", 4),
    (ROOT, ROOT / "tests/rehearsals/insurance_in_spanish", 4),
]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/agent_store"))


@pytest.mark.parametrize(
    ("stores", "folder", "least", "manner"),
    [(*suite, manner) for suite in SUITES for manner in MANNERS],
    ids=[f"{folder.name}-{manner}" for _, folder, _ in SUITES for manner in MANNERS],
)
def test_the_suite_goes_as_written(stores: Path, folder: Path, least: int, manner: Manner) -> None:
    goes_as_written(stores, folder, least, manner)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_passes_the_check_and_goes_as_written(example: Path) -> None:
    checked = CliRunner().invoke(app, ["check", str(example)])
    assert checked.exit_code == 0, checked.output
    goes_as_written(example, example / "rehearsals", 6, "usual")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_is_rehearsed_where_calls_go_wrong(example: Path) -> None:
    """A wrong identity, somebody who puts something right, a call that was cut off, a person."""
    told = [yaml.safe_load(path.read_text("utf-8")) for path in example.glob("rehearsals/*.yaml")]
    must = [one["must"] for one in told if "must" in one]
    assert any(one.get("verified") is False for one in must)
    assert any("correction" in one.get("answers", {}) for one in told)
    assert any("calls_again" in one for one in told)
    assert any(one.get("outcome") == "transferred" and "verified" not in one for one in must)


def goes_as_written(stores: Path, folder: Path, least: int, manner: Manner) -> None:
    store = load_store(stores / "agent_store", stores / "prompt_store", memory_tools().names)
    (suite,) = load_suites(folder, store)
    policies = MemoryBooks.from_yaml(suite.policies or ROOT / "agent_store/policyholders.yaml")
    outcomes = run_virtual(rehearse(suite, RehearsalParts(store, StandInModel(manner), policies)))
    wrong = {outcome.name: outcome.problems for outcome in outcomes if not outcome.passed}
    assert wrong == {}
    assert len(outcomes) >= least


def test_a_model_that_cannot_write_what_a_schema_wants_comes_to_a_person_and_not_into_a_loop() -> None:
    stores, folder = ROOT / "examples/dental", ROOT / "examples/dental/rehearsals"
    store = load_store(stores / "agent_store", stores / "prompt_store", memory_tools().names)
    (suite,) = load_suites(folder, store)
    patients = MemoryBooks.from_yaml(stores / "patients.yaml")
    outcomes = run_virtual(rehearse(suite, RehearsalParts(store, StandInModel("dumb"), patients)))
    assert max(outcome.turns for outcome in outcomes if "visits" not in outcome.agents) <= 8
    assert not any("it is not over" in problem for outcome in outcomes for problem in outcome.problems)
