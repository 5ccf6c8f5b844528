"""Several people in English: who was there, and who is only named."""

import pytest

from backend.language.en.people import read_people


@pytest.mark.parametrize(
    ("said", "outcome", "names"),
    [
        ("no, my friend Doris walked", "ask", ["Doris"]),
        ("no my friend doris hitched a ride", "ask", ["Doris"]),
        ("my friend Doris stayed home", "ask", ["Doris"]),
        ("no my wife took the bus", "ask", [""]),
        ("my son Ben tagged along", "value", ["Ben"]),
        ("no, my wife Laura", "value", ["Laura"]),
        ("no, my friend Doris was with me", "value", ["Doris"]),
        ("my friend Doris Walker", "value", ["Doris Walker"]),
        ("my friend Rashed and my wife", "value", ["Rashed", ""]),
        ("my wife and my son we walked away from it", "value", ["", ""]),
        ("my brother Jared and my sister Ann", "value", ["Jared", "Ann"]),
    ],
)
def test_a_verb_is_no_name_and_who_came_another_way_is_asked_about(said: str, outcome: str, names: list[str]) -> None:
    reading = read_people(said)
    told = reading.value if reading.outcome == "value" else reading.candidates[0]
    assert (reading.outcome, [one["name"] for one in told]) == (outcome, names)
