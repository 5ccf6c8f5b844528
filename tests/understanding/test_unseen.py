"""Three sets that nobody had seen when the readers were first run on them (docs/understanding-results.md)."""

import pytest
from judging import Judged, count, judged_sets

SETS = [("set_1", 0.01, 0.88), ("set_2", 0.01, 0.86), ("set_3", 0.01, 0.84)]


@pytest.fixture(scope="module")
def sets() -> dict[str, list[Judged]]:
    return judged_sets(name for name, *_ in SETS)


@pytest.mark.parametrize(("name", "wrong", "right"), SETS)
def test_a_set_is_understood_as_well_as_is_said(
    sets: dict[str, list[Judged]], name: str, wrong: float, right: float
) -> None:
    judged = sets[name]
    found = count(judged)
    print(name, len(judged), dict(found))
    assert found["wrong"] / len(judged) <= wrong, [one.row.id for one in judged if one.column == "wrong"]
    assert found["doubt"] / len(judged) <= 0.03
    assert found["right"] / len(judged) >= right
