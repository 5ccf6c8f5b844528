"""A condition that no answer can meet is refused: else a question is never asked, and nobody sees why."""

import re
from pathlib import Path

import pytest

from backend.agents.check import check_store
from backend.agents.files import StoreFiles, read_files
from backend.agents.form_values import value_faults
from backend.agents.problem import Problem
from backend.domain.form_spec import FormSpec
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]
FORM = "agent_store/forms/fnol.yaml"


@pytest.fixture(scope="module")
def shipped() -> StoreFiles:
    return read_files(ROOT / "agent_store", ROOT / "prompt_store")


def told(shipped: StoreFiles, old: str, new: str) -> list[Problem]:
    contents = shipped.contents()
    text = contents["forms/fnol.yaml"]
    assert text.count(old) >= 1
    contents["forms/fnol.yaml"] = text.replace(old, new, 1)
    return check_store(shipped.changed(contents), tool_names()).problems


STEP = "{when: {vehicle_drivable: false}, line: cannot_be_driven}"


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("vehicle_drivable: 'no'", "vehicle_drivable: it never is 'no'; expected true or false, without quotes"),
        ("vehicle_drivable: 0", "it never is 0; expected true or false"),
        ("verified: 'true'", "verified: it never is 'true'; expected true or false, without quotes"),
        ("injuries.injured: 'yes'", "injuries.injured: it never is 'yes'"),
        ("injuries: true", "expected a condition on one of injuries.injured, injuries.details"),
        ("injuries.hurt: true", "there is no 'hurt' in it; expected one of injured, details"),
        ("loss_date.year: 2026", "there is no 'year' in it; loss_date has no parts"),
        ("vehicle.color: red", "there is no 'color' in it; expected one of year, make, model"),
        ("vehicles_involved: '1'", "it never is '1'; expected a whole number from 1 to 50, without quotes"),
        ("vehicles_involved: 51", "it never is 51"),
        ("vehicles_involved: {not: [1, 99]}", "it never is 99"),
        ("trip_purpose: works", "it never is 'works'; expected one of"),
        ("loss_time: 8", "loss_time: it never is 8; expected a text; put it in quotes"),
        ("passengers: none", "it never is 'none'; expected {over: 0} or {answered: true}, for passengers is a list"),
    ],
)
def test_a_condition_that_never_holds_is_refused_with_what_an_answer_can_be(
    shipped: StoreFiles, when: str, says: str
) -> None:
    (found,) = told(shipped, STEP, f"{{when: {{{when}}}, line: cannot_be_driven}}")
    assert says in found.message and found.outdated, found.message
    assert (found.file, found.line > 1) == (FORM, True)


@pytest.mark.parametrize(
    "when",
    [
        "vehicle_drivable: {is: false}",
        "injuries.injured: true",
        "injuries.details: {over: 3}",
        "vehicle.make: Audi",
        "loss_location.city: Chicago",
        "vehicles_involved: [1, 2]",
        "vehicles_involved: {over: 60, answered: true}",
        "loss_time: unknown",
        "passengers: {over: 0}",
        "driver_relationship: somebody",
        "driver_name: {same_as: subject.name}",
    ],
)
def test_a_condition_that_may_hold_is_nobody_s_business(shipped: StoreFiles, when: str) -> None:
    assert told(shipped, STEP, f"{{when: {{{when}}}, line: cannot_be_driven}}") == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    least: 1\n", "    least: 51\n", "no number is at least 51 and at most 50"),
        ("needs: [street, city]", "needs: [street, town]", "an address has no 'town'; there are: street, city, state"),
        ("    past: true\n", "    past: true\n    future: true\n", "no day is gone and to come"),
        ("    least: 1\n", "    least: 1\n    needs: [city]\n", "only an address has needs"),
    ],
)
def test_limits_that_nothing_fits_are_refused(shipped: StoreFiles, old: str, new: str, says: str) -> None:
    found = told(shipped, old, new)
    assert [says in one.message for one in found] == [True], found


def test_a_word_for_yes_is_true() -> None:
    raw = {
        "name": "x", "texts": {}, "parts": ["a"],
        "fields": [{"name": "hurt", "kind": "yes_no", "choices": [{"value": "true"}, {"value": True}, {}]}],
    }  # fmt: skip
    ((place, why),) = value_faults(FormSpec.model_validate(raw))
    assert place == ("fields", 0, "choices", 0, "value") and "never is 'true'; expected true or false" in why


@pytest.mark.parametrize("folder", [".", *(f"examples/{path.name}" for path in (ROOT / "examples").iterdir())])
def test_what_is_shipped_waits_for_nothing_that_never_comes(folder: str) -> None:
    place = ROOT / folder
    if not (place / "agent_store").is_dir():
        pytest.skip("no store")
    files = read_files(place / "agent_store", place / "prompt_store")
    problems = check_store(files, tool_names()).problems
    assert [one for one in problems if re.search("never is|no parts", one.message)] == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{from: subject.vehicles,", "{from: subject.vehicels,", "subject.vehicels of a caller's record; did you mean"),
        ("{from: subject.vehicles,", "{from: subject.vehicles.first,", "nothing lets out subject.vehicles.first"),
        ("{same_as: subject.name}}, value", "{same_as: subject.nam}}, value", "subject.nam of a caller's record"),
    ],
)
def test_what_no_identity_lets_out_is_not_asked_of_a_record(shipped: StoreFiles, old: str, new: str, says: str) -> None:
    (found,) = told(shipped, old, new)
    assert says in found.message and found.outdated


@pytest.mark.parametrize("source", ["subject.id", "subject.name", "subject.policy_id"])
def test_what_an_identity_lets_out_may_be_asked_of_it(shipped: StoreFiles, source: str) -> None:
    assert told(shipped, "{from: subject.vehicles,", f"{{from: {source},") == []


def test_while_an_identity_is_broken_nothing_follows_from_it(shipped: StoreFiles) -> None:
    contents = shipped.contents()
    (name,) = [name for name in contents if name.startswith("identities/")]
    contents[name] = contents[name].replace("attributes: [policy_id, vehicles]", "attributes: {}", 1)
    problems = check_store(shipped.changed(contents), tool_names()).problems
    assert problems and not [one for one in problems if "nothing lets out" in one.message]
