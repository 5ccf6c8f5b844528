"""Places that are put right, in the words of a caller who thinks while speaking."""

from typing import Any

import pytest

from tests.unit.language.en.asking import Ask, outcome_of

TABLE: list[tuple[str, Any]] = [
    ("44 oak lane, 46 i mean", ("ask", {"street": "46 Oak Lane"})),
    ("44 oak lane 46 i mean", ("ask", {"street": "46 Oak Lane"})),
    ("at 44 oak lane, i mean 46", ("ask", {"street": "46 Oak Lane"})),
    ("at 12 willow court, 21 sorry", ("ask", {"street": "21 Willow Court"})),
    ("nineteen mill road ninety sorry", ("ask", {"street": "90 Mill Road"})),
    (
        "at 19 willow court in dallas, 91 i mean",
        ("ask", {"street": "91 Willow Court", "city": "Dallas", "state": "TX"}),
    ),
    ("77 lake street make it 79", {"street": "79 Lake Street"}),
    ("7 lake street well actually 9", {"street": "9 Lake Street"}),
    ("on willow court, walnut court i mean", ("ask", {"street": "Walnut Court"})),
    ("willow court walnut court i mean", "ask"),
    ("12 oak street, oak avenue i mean, chicago", "ask"),
    ("12 oak street no elm", "ask"),
    ("oak street i mean", "ask"),
    ("not oak street, oak avenue in reno", ("ask", {"street": "Oak Avenue", "city": "Reno"})),
    ("oak and 3rd, 4th i mean", "ask"),
    ("oak and 3rd, sorry, 4th", "ask"),
    ("on willow court, sorry", ("ask", {"street": "Willow Court"})),
    ("um sorry willow court", {"street": "Willow Court"}),
    ("salem, i mean portland, oregon", ("ask", {"city": "Portland", "state": "OR"})),
    ("salem, no, aurora, oregon", ("ask", {"city": "Aurora", "state": "OR"})),
    ("salem, i mean glendora", "ask"),
]
ELSEWHERE: list[tuple[str, Any]] = [
    ("my house is 12 elm street but it was on oak avenue", ("ask", {"street": "Oak Avenue"})),
    ("my house is at 12 elm street and it happened on oak avenue", ("ask", {"street": "Oak Avenue"})),
    ("i live at 9 lake drive and the accident was at 30 mill road", ("ask", {"street": "30 Mill Road"})),
    ("i live on lake and it was on mill road", ("ask", {"street": "Mill Road"})),
    ("my sister's apartment is on ninth street and we got hit on walnut avenue", ("ask", {"street": "Walnut Avenue"})),
    ("my office is on ninth street, this was over on walnut avenue", ("ask", {"street": "Walnut Avenue"})),
    ("i live at 12 elm street", "ask"),
    ("i dropped off my mother and i was heading home down lincoln way", ("ask", {"street": "Lincoln Way"})),
    (
        "heading home down lincoln way in reno nevada",
        ("value", {"street": "Lincoln Way", "city": "Reno", "state": "NV"}),
    ),
    ("coming back up oak street in reno nevada", ("value", {"street": "Oak Street", "city": "Reno", "state": "NV"})),
    ("it's a street called memory lane in reno", ("ask", {"street": "Memory Lane", "city": "Reno"})),
    ("i live on oak street it happened right there", "ask"),
]


@pytest.mark.parametrize(("words", "meant"), [*TABLE, *ELSEWHERE])
def test_a_place_that_was_put_right_is_what_it_was_put_right_to_or_asked_again(ask: Ask, words: str, meant: Any):
    reading = ask("place", "Where did it happen?", words)
    assert outcome_of(reading, meant) == meant
