"""Numbers beside a place: a house's are kept, those of something else are left out or asked."""

from typing import Any

import pytest

from tests.unit.language.en.asking import Ask, outcome_of

TIMES: list[tuple[str, Any]] = [
    ("nine thirty at mill street", {"street": "Mill Street"}),
    ("quarter to nine near mill street", {"street": "Mill Street"}),
    ("half past six on mill street", {"street": "Mill Street"}),
    ("it was ten fifteen p m on mill street", ("ask", {"street": "Mill Street"})),
    ("on mill street at nine thirty", {"street": "Mill Street"}),
    ("at 6 at night on 6th avenue", {"street": "6th Avenue"}),
    ("november third on third avenue", {"street": "3rd Avenue"}),
    ("at nine thirty mill street", {"street": "930 Mill Street"}),
    ("9:30 mill street", "ask"),
    ("mill street, nine thirty", "ask"),
    ("march 3rd around noon on mill street", "ask"),
    ("on the third on third avenue", "ask"),
]
COUNTS: list[tuple[str, Any]] = [
    ("four of us on mill street", "ask"),
    ("two trucks on mill street", "ask"),
    ("my three kids and i on mill street", "ask"),
    ("my 2014 camry on mill street", "ask"),
    ("14 mill road 16", "ask"),
    ("route 66, 66 not 65", "ask"),
    ("42nd street near 5th", "ask"),
    ("12 on mill street", "ask"),
]
NAMES: list[tuple[str, Any]] = [
    ("12 county road 16", {"street": "12 County Road 16"}),
    ("1200 highway 50 east", {"street": "1200 Highway 50 East"}),
    ("the 1400 block of oak street", {"street": "1400 Block of Oak Street"}),
    ("300 yards past mill street", {"street": "300 Yards, Past Mill Street"}),
    ("on the 405 at sunset boulevard", {"street": "405, At Sunset Boulevard"}),
    ("on the four oh five near exit nine", {"street": "405, Near Exit 9"}),
    ("interstate 80 at exit 112 in nebraska", {"street": "Interstate 80, At Exit 112", "state": "NE"}),
    ("corner of 1st and 10th", {"street": "Corner of 1st and 10th"}),
    ("on 5th avenue at 9th street", {"street": "5th Avenue, At 9th Street"}),
    ("two hundred twelve mill street", {"street": "212 Mill Street"}),
    ("one hundred and ten mill street", {"street": "110 Mill Street"}),
    ("one hundred oh five mill street", {"street": "105 Mill Street"}),
    ("seventy two hundred mill street", {"street": "7200 Mill Street"}),
    ("two hundred five fifth avenue", {"street": "205 5th Avenue"}),
]


@pytest.mark.parametrize(("words", "meant"), [*TIMES, *COUNTS, *NAMES])
def test_only_the_numbers_of_a_place_stand_in_it(ask: Ask, words: str, meant: Any):
    reading = ask("place", "Where did it happen?", words)
    assert outcome_of(reading, meant) == meant
