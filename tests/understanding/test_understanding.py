"""What callers mean: rows that were written before the readers were run on them."""

import pytest
from judging import Judged, count, judged_rows, rows_of


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return judged_rows(rows_of())


def test_hardly_anything_is_misunderstood_in_silence(judged: list[Judged]) -> None:
    wrong = [one for one in judged if one.column == "wrong"]
    assert len(wrong) / len(judged) <= 0.01, [one.row.id for one in wrong]


def test_hardly_any_doubt_is_taken_in_silence(judged: list[Judged]) -> None:
    doubt = [one for one in judged if one.column == "doubt"]
    assert len(doubt) / len(judged) <= 0.03, [one.row.id for one in doubt]


@pytest.mark.parametrize("half", ["a", "b"])
def test_most_answers_are_understood_at_once(judged: list[Judged], half: str) -> None:
    """The shares stand in docs/understanding-results.md; ``pytest -rP`` prints them."""
    rows = [one for one in judged if one.row.half == half]
    print(half, len(rows), dict(count(rows)))
    assert count(rows)["right"] / len(rows) >= 0.80
