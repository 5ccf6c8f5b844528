"""Name, zip code and last four digits, wherever in an utterance they stand."""

import pytest

from backend.language.en.one_breath import ENGLISH_PARTS
from backend.language.parts import NumberPart, Parts, PartsAsked

ZIP = NumberPart("zip_code", 5, 4, ("zip", "zipcode", "postal", "postcode"))
STRANGE = frozenset("policy claim claims wreck fender bender roadside assistance".split())
LAST4 = NumberPart("last4", 4, 0, ("social", "ssn", "security", "last four", "last 4", "last for", "final four"))


def read(said: str, asked: str | None, *others: NumberPart) -> Parts:
    return ENGLISH_PARTS.read(said, PartsAsked((ZIP, LAST4, *others), "full_name", asked, strange=STRANGE))


@pytest.mark.parametrize(
    ("said", "asked", "found"),
    [
        ("john smith, 60601, 4821", "full_name", ("John Smith", "60601", "4821")),
        (
            "this is Maria Hernandez zip eight five oh oh one last four five nine two seven",
            None,
            ("Maria Hernandez", "85001", "5927"),
        ),
        (
            "my name is john smith my zip code is six oh six oh one and the last four are four eight two one",
            None,
            ("John Smith", "60601", "4821"),
        ),
        ("60601 is my zip and 4821 is my social", "full_name", ("", "60601", "4821")),
        ("Karen Miller, seven seven double oh two", "full_name", ("Karen Miller", "77002", "")),
        ("social 4821, zip 60601, name is john smith", "zip_code", ("John Smith", "60601", "4821")),
        ("I'm John Smith and I had an accident", None, ("John Smith", "", "")),
        (
            "yes hello james williams zip one nine one oh three last four two seven nine oh i had an accident with my"
            " escape on saturday at twenty to six in the evening",
            None,
            ("James Williams", "19103", "2790"),
        ),
        (
            "linda garcia here, three three one oh one, seven five one oh are the last four, my daughter got hit",
            None,
            ("Linda Garcia", "33101", "7510"),
        ),
        ("anna kovacs speaking i was in a crash", None, ("Anna Kovacs", "", "")),
        ("hello, Peter Okafor, somebody hit my car", None, ("Peter Okafor", "", "")),
        ("oh god, i had an accident", None, ("", "", "")),
        ("hello, roadside assistance, i need help", None, ("", "", "")),
        ("Good morning, Robert Johnson, I was hit by a bus.", None, ("Robert Johnson", "", "")),
        ("Hello there, pretty bad wreck, my Honda is gone.", None, ("", "", "")),
        ("good evening, fender bender, nobody hurt", None, ("", "", "")),
        ("rear ended on main street zip 60601", None, ("", "60601", "")),
        ("chicago illinois zip 60601", None, ("", "60601", "")),
        ("i told you james williams", "full_name", ("James Williams", "", "")),
        ("i gave you that already two seven nine zero", "last4", ("", "", "2790")),
        ("as i said it's anna kovacs", "full_name", ("Anna Kovacs", "", "")),
        ("like i said linda garcia", "full_name", ("Linda Garcia", "", "")),
        ("60601-1234", "zip_code", ("", "60601", "")),
        ("60601 1234", "zip_code", ("", "60601", "")),
        ("the last four 4821", "zip_code", ("", "", "4821")),
        ("hi i had an accident with my 2019 honda", None, ("", "", "")),
        ("i'm bleeding badly", None, ("", "", "")),
        ("it was in 2019", "full_name", ("", "", "")),
        ("roadside assistance", "full_name", ("", "", "")),
        ("john smith policy holder", "full_name", ("John Smith", "", "")),
        ("anna little", "full_name", ("Anna Little", "", "")),
        ("four... sorry, four eight two one", "last4", ("", "", "4821")),
        ("four eight one, no, four eight two one", "last4", ("", "", "4821")),
        ("six oh, no wait let me start over, six oh six oh one", "zip_code", ("", "60601", "")),
        ("four, no, four eight, i mean, four eight two one", "last4", ("", "", "4821")),
        ("zip six oh sorry six oh six oh one and last four four eight two one", "zip_code", ("", "60601", "4821")),
    ],
)
def test_the_parts_are_told_apart(said: str, asked: str | None, found: tuple[str, str, str]) -> None:
    heard = read(said, asked)
    assert tuple(heard.values.get(part, "") for part in ("full_name", "zip_code", "last4")) == found
    assert not heard.doubt


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("4821", "zip_code"),
        ("60601", "last4"),
        ("48215", "last4"),
        ("123 45 4821", "last4"),
        ("six oh six", "zip_code"),
        ("six oh six oh one no wait six oh six oh two", "zip_code"),
        ("4821 or maybe 4812", "last4"),
        ("four... sorry, five one two", "last4"),
        ("one two, no, one three four", "last4"),
        ("nine one zero three i mean nine zero three seven", "last4"),
        ("four eight no not four eight two one", "last4"),
        ("four eight sorry my dog four eight two one", "last4"),
        ("four eight two one, sorry", "last4"),
        ("six hundred one", "zip_code"),
    ],
)
def test_what_is_in_doubt_is_asked_again_and_not_taken(said: str, asked: str) -> None:
    heard = read(said, asked)
    assert heard.doubt == {asked}
    assert asked not in heard.values


def test_the_witness_knows_whole_numbers_only() -> None:
    said = ENGLISH_PARTS.numbers(
        ["my zip is 60601-1234", "four eight two one five", "nine oh", "three seven"], [ZIP, LAST4]
    )
    assert {"60601", "48215", "9037"} <= said
    assert not {"4821", "8215", "0601", "6060"} & said


MEMBER = NumberPart("member", 8, 0, ("member number", "membership", "member"))


@pytest.mark.parametrize(
    ("said", "asked", "found"),
    [
        ("anna kovacs, member number one two three four five six seven eight, zip 60601, 4821", None, "12345678"),
        ("one two three four five six seven eight is my membership", "zip_code", "12345678"),
        ("12345678", "member", "12345678"),
        ("12345678", "full_name", "12345678"),
        ("it's 1234 5678", "member", "12345678"),
        ("123-456-78", "member", "12345678"),
        ("60601 zip 12345678 member", None, "12345678"),
    ],
)
def test_a_store_may_ask_for_other_numbers(said: str, asked: str | None, found: str) -> None:
    assert read(said, asked, MEMBER).values.get("member") == found


@pytest.mark.parametrize("said", ["60601 social 4821", "60601 zip 4821 social", "zip 60601 social 4821"])
def test_a_word_between_two_numbers_calls_the_one_that_it_fits(said: str) -> None:
    assert read(said, None).values == {"zip_code": "60601", "last4": "4821"}


def test_two_numbers_of_one_length_are_told_apart_by_what_they_are_called() -> None:
    pin = NumberPart("pin", 4, 0, ("pin",))
    heard = read("my pin is 1234 and the last four are 4821", None, pin)
    assert heard.values == {"pin": "1234", "last4": "4821"}
    assert read("1234", "pin", pin).values == {"pin": "1234"}
    assert not read("anna kovacs 1234", None, pin).values.keys() & {"pin", "last4"}, "nobody knows which"
