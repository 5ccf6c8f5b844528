"""The clauses of a correction, without the word that turns against what was said before."""

import pytest

from backend.language.en.account import ACCOUNT


@pytest.mark.parametrize(
    ("words", "clauses"),
    [
        ("sure perfect except it was on tuesday", ["sure perfect", "it was on tuesday"]),
        ("yes but it was tuesday", ["yes", "it was tuesday"]),
        ("no only my house is out", ["no", "only my house is out"]),
        ("fine only that the street was elm street", ["fine", "the street was elm street"]),
    ],
)
def test_what_turns_against_a_clause_is_none_of_the_next(words: str, clauses: list[str]) -> None:
    assert ACCOUNT.plain_clauses(words) == clauses


@pytest.mark.parametrize(
    ("words", "another"),
    [
        ("yes the other accident from monday", True),
        ("i have another one from last week", True),
        ("my other claim", True),
        ("the other car was red", False),
        ("it was the other one", False),
        ("there was another one behind me", False),
    ],
)
def test_another_matter(words: str, another: bool) -> None:
    assert ACCOUNT.names_another(words) is another
