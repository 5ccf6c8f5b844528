"""What a recognizer is told to expect of an English answer."""

from datetime import datetime
from itertools import pairwise

import pytest

from backend.language.asked import Asked, Choice, Kind
from backend.language.en.expected import expected_in_english
from backend.language.named import language_named

NOW = datetime(2026, 11, 20, 12, 0)
LIKELY: list[tuple[Asked, str]] = [
    (Asked("date", NOW), "the day before yesterday"),
    (Asked("date", NOW), "last monday"),
    (Asked("date", NOW), "at two in the morning"),
    (Asked("time", NOW), "twelve noon"),
    (Asked("time", NOW), "quarter past nine"),
    (Asked("yes_no", NOW), "no that's not right"),
    (Asked("yes_no", NOW, question="Is it still open?"), "no it is not open"),
    (Asked("yes_no", NOW, question="Was anyone hurt?"), "nobody was hurt"),
    (Asked("yes_no", NOW, choices=(Choice(False, ("it was towed|towed", "burn*", "cut + arm")),)), "it was towed"),
    (Asked("person", NOW, question="Who was driving?"), "my daughter was driving"),
    (Asked("person", NOW, question="Who is paying?"), "i am paying"),
    (Asked("person", NOW, question="Were there any guests?"), "there were no guests"),
    (Asked("integer", NOW, choices=(Choice(1, ("car", "cars")),)), "two cars"),
    (Asked("choice", NOW, choices=(Choice("side_door", ("the side",)),)), "side door"),
    (Asked("address", NOW), "in chicago illinois"),
    (Asked("address", NOW), "on maple avenue"),
    (Asked("digits", NOW, digits=4), "double zero"),
]


@pytest.mark.parametrize(("asked", "phrase"), LIKELY)
def test_a_likely_answer_is_expected(asked: Asked, phrase: str) -> None:
    assert phrase in expected_in_english(asked)
    assert language_named("en-US").expected(asked) == expected_in_english(asked)


@pytest.mark.parametrize("kind", ["text", "name", "email", "group"])
def test_where_anything_may_be_said_nothing_is_expected(kind: Kind) -> None:
    assert expected_in_english(Asked(kind, NOW)) == ()


def test_every_figure_stands_beside_every_other() -> None:
    said = [phrase.split() for phrase in expected_in_english(Asked("digits", NOW, digits=5))]
    pairs = {pair for words in said for pair in pairwise(words)}
    names = "zero one two three four five six seven eight nine".split()
    assert all((one, other) in pairs or (other, one) in pairs for one in names for other in names)


def test_other_languages_may_know_nothing_of_it() -> None:
    assert language_named("fr").expected(Asked("date", NOW)) == ()


def test_no_hint_of_a_store_comes_in_its_notation() -> None:
    choices = (Choice(True, ("bleed*", "cut + arm", "{body}", "@person", "sore?", "a|b")),)
    said = set(expected_in_english(Asked("yes_no", NOW, choices=choices)))
    assert {"sore", "a", "b"} <= said
    assert not any(set(phrase) & set("*+{}@?|") for phrase in said)
