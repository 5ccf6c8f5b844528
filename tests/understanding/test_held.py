"""The fifth and the seventh to the twenty-first set, each in two halves; readers are changed for one of them only.

docs/understanding-results.md has the results.
"""

import pytest
from judging import Judged, count, judged_sets

HALVES = [
    ("set_5_tune", 0.01, 0.9),
    ("set_5_held", 0.04, 0.9),
    ("set_7_tune", 0.01, 0.9),
    ("set_7_held", 0.02, 0.9),
    ("set_8_tune", 0.01, 0.9),
    ("set_8_held", 0.02, 0.9),
    ("set_9_tune", 0.01, 0.9),
    ("set_9_held", 0.02, 0.9),
    ("set_10_tune", 0.01, 0.87),
    ("set_10_held", 0.04, 0.76),
    ("set_11_tune", 0.01, 0.9),
    ("set_11_held", 0.01, 0.87),
    ("set_12_tune", 0.01, 0.9),
    ("set_12_held", 0.012, 0.82),
    ("set_13_tune", 0.01, 0.92),
    ("set_13_held", 0.016, 0.9),
    ("set_14_tune", 0.01, 0.88),
    ("set_14_held", 0.018, 0.83),
    ("set_15_tune", 0.01, 0.89),
    ("set_15_held", 0.01, 0.88),
    ("set_16_tune", 0.012, 0.87),
    ("set_16_held", 0.018, 0.8),
    ("set_17_tune", 0.01, 0.93),
    ("set_17_held", 0.01, 0.89),
    ("set_18_tune", 0.01, 0.94),
    ("set_18_held", 0.02, 0.86),
    ("set_19_tune", 0.01, 0.93),
    ("set_19_held", 0.015, 0.85),
    ("set_20_tune", 0.01, 0.88),
    ("set_20_held", 0.01, 0.89),
    ("set_21_tune", 0.01, 0.9),
    ("set_21_held", 0.015, 0.88),
]


@pytest.fixture(scope="module")
def halves() -> dict[str, list[Judged]]:
    return judged_sets(name for name, *_ in HALVES)


@pytest.mark.parametrize(("name", "wrong", "right"), HALVES)
def test_a_half_is_understood_as_well_as_is_said(
    halves: dict[str, list[Judged]], name: str, wrong: float, right: float
) -> None:
    judged = halves[name]
    found = count(judged)
    assert found["wrong"] / len(judged) <= wrong, [one.row.id for one in judged if one.column == "wrong"]
    assert found["doubt"] / len(judged) <= 0.03
    assert found["right"] / len(judged) >= right
