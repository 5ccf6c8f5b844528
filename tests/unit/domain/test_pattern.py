"""Whoever writes a pattern decides what is matched, never for how long a worker stands still."""

import time
from typing import Any

import pytest

from backend.domain.json_schema import schema_faults, validator_of
from backend.domain.pattern import fits, found_in, pattern_fault

FOREVER = [r"^(a+)+$", r"^(a|a)*$", r"^(a*)*b", r"(.*a){20}$"]
LONG = "a" * 5000 + "!"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("pattern", FOREVER)
def test_a_pattern_that_python_matches_for_years_is_matched_at_once(pattern: str) -> None:
    assert not pattern_fault(pattern)
    began = time.process_time()
    found_in(pattern, LONG)
    fits(pattern, LONG)
    assert time.process_time() - began < 5, "not a figure of speed: it ends at all"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"x": {"type": "string", "pattern": FOREVER[0]}}},
        {"type": "object", "patternProperties": {FOREVER[0]: {"type": "string"}}},
        {"type": "object", "patternProperties": {FOREVER[0]: {}}, "additionalProperties": False},
    ],
    ids=["a value", "a name", "what is left"],
)
def test_arguments_are_checked_in_no_time(schema: dict[str, Any]) -> None:
    assert not schema_faults(schema)
    list(validator_of(schema).iter_errors({"x": LONG, LONG: "x"}))


@pytest.mark.parametrize("pattern", [r"(?!0)\d", r"(a)\1", "(", "(?:a{1000}){1000}", "a" * 2001])
def test_what_cannot_be_bounded_is_refused(pattern: str) -> None:
    assert pattern_fault(pattern)
    for schema in ({"properties": {"x": {"pattern": pattern}}}, {"patternProperties": {pattern: {}}}):
        ((path, why),) = schema_faults(schema)
        assert path and why
    assert not found_in(pattern, "0") and not fits(pattern, "0")


def test_a_schema_says_what_it_said_before() -> None:
    schema = {
        "type": "object",
        "properties": {"x": {"type": "string", "pattern": "b+"}},
        "patternProperties": {"^n_": {"type": "integer"}},
        "additionalProperties": False,
    }
    check = validator_of(schema)
    assert check.is_valid({"x": "abbc", "n_1": 3})
    assert [fault.validator for fault in check.iter_errors({"x": "ac"})] == ["pattern"]
    (fault,) = check.iter_errors({"n_1": "three"})
    assert (fault.validator, list(fault.absolute_path)) == ("type", ["n_1"])
    assert [fault.validator for fault in check.iter_errors({"other": 1})] == ["additionalProperties"]
    assert fits("[A-Z]{2}[0-9]{4}", "AB1234") and not fits("[A-Z]{2}[0-9]{4}", "AB12345")
    assert fits("[A-Z]{2}", "ab", any_case=True)
