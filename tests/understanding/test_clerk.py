"""What a careful clerk would take: the kinds of fault that were mended last; docs/understanding.md has the results."""

from pathlib import Path

from judging import count, judged_rows, rows_of

ROWS = Path(__file__).with_name("clerk.yaml")


def test_what_a_clerk_takes_is_taken_and_what_one_asks_is_asked() -> None:
    judged = judged_rows(rows_of(ROWS))
    found = count(judged)
    print(len(judged), dict(found))
    assert found["wrong"] / len(judged) <= 0.01, [one.row.id for one in judged if one.column == "wrong"]
    assert found["doubt"] / len(judged) <= 0.01
    assert found["right"] / len(judged) >= 0.95
