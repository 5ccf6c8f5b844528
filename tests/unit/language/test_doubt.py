"""What mentions come to, and when that is a question."""

import pytest

from backend.language.doubt import weigh
from backend.language.mention import Mention
from backend.language.signs import SignWords

SIGNS = SignWords(
    {
        "denial": ["not"],
        "correction": ["no wait", "sorry"],
        "afterthought": ["actually"],
        "hedge": ["maybe"],
        "about": ["about", "or so"],
        "or": ["or"],
    }
)
MEANT = {
    "five": ((5,), ()), "six": ((6,), ()), "open": ((5, 17), ()), "late": ((), range(12, 24)), "early": ((), range(12)),
    "monday": ((3,), (3, 10, 17)), "tenth": ((40,), (10,)),
}  # fmt: skip


def _mentions(words: list[str]) -> list[Mention]:
    return [Mention(at, at + 1, *MEANT[word]) for at, word in enumerate(words) if word in MEANT]


@pytest.mark.parametrize(
    ("said", "outcome", "value"),
    [
        ("five", "value", 5),
        ("five yes five", "value", 5),
        ("nothing at all", "none", None),
        ("not five", "ask", None),
        ("not five six", "value", 6),
        ("five not six", "value", 5),
        ("not a bit , five", "value", 5),
        ("not hurt but five", "value", 5),
        ("not one of all the five", "ask", None),
        ("not a single one of all five", "value", 5),
        ("five no wait six", "value", 6),
        ("sorry five", "value", 5),
        ("five sorry", "ask", 5),
        ("five actually six", "value", 6),
        ("five actually", "value", 5),
        ("five or six", "ask", 5),
        ("maybe five", "ask", 5),
        ("five six", "ask", 5),
        ("open", "ask", 5),
        ("open late", "value", 17),
        ("late open", "value", 17),
        ("open early", "value", 5),
        ("six late", "ask", None),
        ("late", "ask", None),
        ("monday tenth", "value", 10),
        ("monday five", "ask", 5),
        ("about five", "ask", 5),
        ("five or so", "ask", 5),
    ],
)
def test_the_rule_of_doubt(said: str, outcome: str, value: int | None) -> None:
    words = said.split()
    reading = weigh(words, _mentions(words), SIGNS.find(words), breaks={"but"})
    assert (reading.outcome, reading.value) == (outcome, value)
    assert bool(reading.why) == (outcome == "ask")


def test_a_rough_value_is_good_enough_where_the_reader_says_so() -> None:
    words = "about five or so".split()
    assert weigh(words, _mentions(words), SIGNS.find(words), about_is_fine=True).value == 5


def test_a_number_that_nobody_read_makes_a_question() -> None:
    words = "five seven".split()
    reading = weigh(words, _mentions(words), [], unread=["seven"])
    assert (reading.outcome, reading.value, reading.why) == ("ask", 5, "a number was left unread")


def test_a_reading_names_the_words_for_it_and_against_it() -> None:
    words = "not five maybe six".split()
    reading = weigh(words, _mentions(words), SIGNS.find(words))
    assert reading.rests_on == ("six",)
    assert reading.against == ("not", "maybe")


def test_the_candidates_of_several_are_those_that_the_rest_allows() -> None:
    words = "open or six early".split()
    assert weigh(words, _mentions(words), SIGNS.find(words)).candidates == (5, 6)


def test_a_mention_in_doubt_says_why() -> None:
    assert weigh(["x"], [Mention(0, 1, (5,), why="it may be another", doubtful=True)], []).why == "it may be another"
