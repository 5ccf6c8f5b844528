"""A value that belongs to something else than what was asked for."""

import re

import pytest

from backend.language.attribution import Attribution

RULE = Attribution(
    links=frozenset({"is", "was"}),
    openers=frozenset({"my", "the"}),
    joints=frozenset({"and", "so"}),
    subjects=frozenset({"it", "i"}),
    again=frozenset({"is", "was"}),
    own={"date": frozenset({"date"}), "money": frozenset()},
    acts={"date": re.compile(r"\b(?:they|bus) came\b|\bfound it\b")},
)


@pytest.mark.parametrize(
    ("words", "value", "another"),
    [
        ("the tea is friday", "friday", "the tea"),
        ("the tea in the hall was on friday", "friday", "the tea in the hall"),
        ("the date is friday", "friday", ""),
        ("the date for my tea is friday", "friday", ""),
        ("it was friday", "friday", ""),
        ("the sun was out it was friday", "friday", ""),
        ("the sun was out and friday", "friday", ""),
        ("the was friday", "friday", ""),
        ("friday they came", "friday", "they came"),
        ("the bus came friday", "friday", "bus came"),
        ("they came so friday", "friday", ""),
        ("i found it friday", "friday", "found it"),
        ("i found it there it was friday", "friday", ""),
        ("the game is friday", "friday", ""),
        ("friday", "", ""),
        ("friday monday the tea is friday", "friday", "the tea"),
    ],
)
def test_the_clause_around_the_value_says_whose_it_is(words: str, value: str, another: str) -> None:
    assert RULE.another("date", words.split(), {value}, {"game"}) == another


def test_what_a_kind_has_no_things_of_is_not_judged() -> None:
    assert not RULE.another("name", ["the", "tea", "is", "friday"], {"friday"}, frozenset())
    assert RULE.another("money", ["the", "tea", "is", "ten"], {"ten"}, frozenset()) == "the tea"


def test_a_number_of_another_name_is_another_one_unless_the_question_names_it() -> None:
    rule = Attribution(
        own={"digits": frozenset({"number"})}, names={"digits": re.compile(r"\b(?:tea|cup)(?= number\b)")}
    )
    assert rule.another("digits", "my tea number is ten".split(), {"ten"}, frozenset({"number"})) == "tea"
    assert not rule.another("digits", "my tea number is ten".split(), {"ten"}, frozenset({"tea", "number"}))
