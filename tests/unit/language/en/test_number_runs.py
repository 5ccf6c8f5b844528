"""Digits in speech: homophones are read, likeness of sound is not, and what leaves a doubt is no number."""

import pytest

from backend.language.en.number_runs import digit_pieces, read_digits, read_numbers, sounds_like_digit


def exact(said: str, digits: int, plus: int = 0) -> str:
    """The one number of an utterance where it has so many digits and nothing leaves a doubt; else empty."""
    numbers = read_numbers(said)
    values = {_without_more(number.digits, number.tail, digits, plus) for number in numbers.found}
    value = values.pop() if len(values) == 1 else ""
    return value if len(value) == digits and not numbers.doubt else ""


def _without_more(found: str, tail: str, digits: int, plus: int) -> str:
    more = plus and (len(found), len(tail)) in ((digits, plus), (digits + plus, 0))
    return found[:digits] if more else found + tail


LAST4 = [
    ("four eight two one", "4821"),
    ("for eight to one", "4821"),
    ("ate for too seven", "8427"),
    ("it's for eight to won", "4821"),
    ("the last four are four eight two one", "4821"),
    ("my last 4 is 4821", "4821"),
    ("last4: 4821", "4821"),
    ("the last four digits of my social security number are 9 0 3 7.", "9037"),
    ("those four digits would be nine oh three seven", "9037"),
    ("4, 8, 2, 1", "4821"),
    ("48 21", "4821"),
    ("48-21", "4821"),
    ("forty-eight twenty one", "4821"),
    ("nineteen oh five", "1905"),
    ("double four two one", "4421"),
    ("triple zero six", "0006"),
    ("oh four fifteen", "0415"),
    ("four uh eight um two one", "4821"),
    ("one moment please, 4821", "4821"),
    ("no one ever asked me that, it's 4821", "4821"),
    ("oh, it's 4821", "4821"),
    ("no, it's 4821", "4821"),
    ("4821, I said 4821", "4821"),
    ("４８２１", "4821"),
    ("nine zero three seven in", "9037"),
    ("4821 for my wife", "4821"),
    ("two seven nine oh i had an accident", "2790"),
    ("nine two three oh are the last four", "9230"),
    ("two seven nine oh dear", ""),
    ("two seven nine oh my god", ""),
    ("nein oh tree seven", ""),
    ("fine eight two one", ""),
    ("free eight two one", ""),
    ("fall eight two one", ""),
    ("four eight two", ""),
    ("four eight two one five", ""),
    ("five five five", ""),
    ("4821 no wait 4822", ""),
    ("4821, sorry, 4822", ""),
    ("4821 or 4812", ""),
    ("not 4821", ""),
    ("four eight two, i mean four eight two one", ""),
    ("four eight twos one", ""),
    ("forty-eight hundred twenty one", "4821"),
    ("for you to ate", ""),
    ("", ""),
    ("uh", ""),
]


@pytest.mark.parametrize(("said", "digits"), LAST4)
def test_four_digits_are_exactly_four(said: str, digits: str) -> None:
    assert exact(said, 4) == digits


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("six zero six zero one", "60601"),
        ("60601-1234", "60601"),
        ("60601 dash 1234", "60601"),
        ("six oh six oh one dash one two three four", "60601"),
        ("606011234", "60601"),
        ("sixty-six oh one two", "66012"),
        ("60 601", "60601"),
        ("seven seven double oh two", "77002"),
        ("zero two one zero eight", "02108"),
        ("oh two one oh ate", "02108"),
        ("my five digit zip code is six oh six oh one", "60601"),
        ("six zero six zero one for my car", "60601"),
        ("six zero six zero", ""),
        ("six zero six zero one one", ""),
        ("60601-12", ""),
        ("six zero sex zero one", ""),
        ("six zero six zero one, no, six zero six zero two", ""),
        ("60601, 4821", ""),
    ],
)
def test_a_zip_code_is_five_digits_with_or_without_its_plus_four(said: str, digits: str) -> None:
    assert exact(said, 5, plus=4) == digits


def test_two_numbers_are_two() -> None:
    found = [number.digits for number in read_numbers("zip six oh six oh one, last four four eight two one").found]
    assert found == ["60601", "4821"]
    assert [number.digits for number in read_numbers("60601 4821").found] == ["60601", "4821"]


def test_digits_alone_are_counted_as_before() -> None:
    assert read_digits("six zero six") == "606"
    assert read_digits("the last four are") == ""
    assert read_digits("i had it last week for my car") == ""


def test_what_hides_numbers_takes_every_word_that_may_be_one() -> None:
    assert digit_pieces(["two", "seven", "nine", "oh", "i", "had"])[-1] == ("0", 3, 4)
    assert all(map(sounds_like_digit, ["one", "oh", "ate", "eleven", "forty", "double", "7", "tree", "sicks"]))
    assert not any(map(sounds_like_digit, ["a", "claim", "half", "second"]))
