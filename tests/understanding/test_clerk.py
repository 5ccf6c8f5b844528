"""What a careful clerk would take: the kinds of fault that were mended last (docs/understanding-results.md)."""

from pathlib import Path

import pytest
from judging import count, judged_rows, rows_of

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("rows", "wrong", "right"),
    [
        ("clerk.yaml", 0.01, 0.95),
        ("clerk_2.yaml", 0.01, 0.95),
        ("clerk_3.yaml", 0.01, 0.95),
        ("clerk_4.yaml", 0.02, 0.93),
    ],
)
def test_what_a_clerk_takes_is_taken_and_what_one_asks_is_asked(rows: str, wrong: float, right: float) -> None:
    judged = judged_rows(rows_of(HERE / rows))
    found = count(judged)
    print(len(judged), dict(found))
    assert found["wrong"] / len(judged) <= wrong, [one.row.id for one in judged if one.column == "wrong"]
    assert found["doubt"] / len(judged) <= 0.01
    assert found["right"] / len(judged) >= right
