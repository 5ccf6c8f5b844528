"""Three sets that nobody had seen when the readers were first run on them; docs/understanding.md has the results."""

from pathlib import Path

import pytest
from judging import count, judged_rows, rows_in_json

UNSEEN = Path(__file__).with_name("unseen")


@pytest.mark.parametrize(
    ("name", "wrong", "right"), [("set_1", 0.01, 0.88), ("set_2", 0.01, 0.86), ("set_3", 0.01, 0.84)]
)
def test_a_set_is_understood_as_well_as_is_said(name: str, wrong: float, right: float) -> None:
    judged = judged_rows(rows_in_json(UNSEEN / f"{name}.jsonl"))
    found = count(judged)
    print(name, len(judged), dict(found))
    assert found["wrong"] / len(judged) <= wrong, [one.row.id for one in judged if one.column == "wrong"]
    assert found["doubt"] / len(judged) <= 0.03
    assert found["right"] / len(judged) >= right
