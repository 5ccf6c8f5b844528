"""The caller's words: none lost, none answered twice."""

import pytest

from backend.engine.turn.words import CallerWords, same_meaning


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hello there", "Hello, there!", True),
        ("six zero six zero one", "60601.", True),
        ("my zip is six oh six", "My ZIP is 606", True),
        ("uh my name is john", "My name is John", True),
        ("at five thirty in the afternoon", "At 5:30 in the afternoon.", True),
        ("at nine o'clock", "at 9:00", True),
        ("around nine p m", "Around 9 P.M.", True),
        ("a two thousand nineteen honda civic", "A 2019 Honda Civic.", True),
        ("it is a twenty twenty one toyota", "It is a 2021 Toyota", True),
        ("two hundred and fifty dollars", "$250.", True),
        ("at main street and fifth avenue", "At Main Street and 5th Avenue.", True),
        ("zero six one five", "0615", True),
        ("it was in twenty oh five", "It was in 2005", True),
        ("two or three cars", "2 or 3 cars", True),
        ("and then two and", "And then 2 and", True),
        ("fifteen", "fifty", False),
        ("one car", "two cars", False),
        ("yes", "no", False),
        ("it is drivable", "it is not drivable", False),
    ],
)
def test_same_meaning(one: str, other: str, same: bool) -> None:
    assert same_meaning(one, other, "en-US") is same


def test_a_final_replaces_its_partial() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_partial("i need to rep")
    words.hear_final("I need to report")
    words.hear_partial("a crash")
    assert words.text == "I need to report a crash"


def test_the_final_of_a_taken_partial_brings_nothing_new() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_partial("four eight two one")
    assert words.take().text == "four eight two one"
    assert words.hear_final("4821.") == ""
    assert words.text == ""


def test_the_final_brings_what_the_taken_partial_did_not_have() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_partial("i was driving home")
    words.take()
    words.hear_partial("i was driving home from work")
    assert words.text == "from work"
    assert words.hear_final("I was driving home from work.") == "from work."


def test_words_given_back_before_their_final_are_not_doubled() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_final("Hello.")
    words.hear_partial("i was driving")
    taken = words.take()
    assert taken.text == "Hello. i was driving"
    words.give_back(taken)
    assert words.text == "Hello. i was driving"
    words.hear_final("I was driving home.")
    assert words.text == "Hello. I was driving home."


def test_words_given_back_after_their_final_stay() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_partial("i was driving")
    taken = words.take()
    words.hear_final("I was driving.")
    words.give_back(taken)
    words.hear_final("Home from work.")
    assert words.text == "i was driving Home from work."


def test_two_turns_on_one_utterance_can_both_be_given_back() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_partial("one")
    first = words.take()
    words.hear_partial("one two")
    second = words.take()
    assert (first.text, second.text) == ("one", "two")
    words.give_back(second)
    assert words.text == "two"
    words.give_back(first)
    assert words.text == "one two"


def test_an_utterance_whose_final_never_came_does_not_swallow_the_next() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_partial("four eight two one", 1000)
    words.take()
    words.hear_partial("no thank you goodbye", 9000)
    assert words.text == "no thank you goodbye"
    assert words.hear_final("No thank you, goodbye.") == "No thank you, goodbye."


def test_words_whose_final_never_came_are_kept() -> None:
    words = CallerWords(lambda: "en-US")
    words.hear_partial("my name is", 1000)
    words.hear_partial("john", 9000)
    assert words.text == "my name is john"
