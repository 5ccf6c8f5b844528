"""Words that carry meaning and stay unread beside a value make a question of it."""

from dataclasses import replace
from datetime import datetime

import pytest

from backend.language.asked import Asked, Choice, Kind
from backend.language.named import language_named

NOW = datetime(2026, 11, 26, 9, 10)
HURT = Asked(
    "yes_no",
    NOW,
    question="Was anybody hurt?",
    prevails=True,
    choices=(Choice(True, ("hurt|bleed*",)), Choice(False, ("fine|okay",))),
)
RUNS = Asked("yes_no", NOW, question="Does it run?", choices=(Choice(True, ("runs|works",)), Choice(False, ("dead",))))
WHO = Asked("person", NOW, question="Who was there?")
DAY = Asked("date", NOW, question="When was it?", past=True)


def outcome(words: str, asked: Asked, language: str = "en-US") -> str:
    return language_named(language).read(words, asked).outcome


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("bob at example dot com", "value"),
        ("example at mail dot com", "ask"),
        ("test at test dot com", "ask"),
        ("bob at test dot com", "ask"),
    ],
)
def test_a_domain_for_samples_is_one_and_a_made_up_address_is_asked(words: str, meant: str) -> None:
    assert outcome(words, Asked("email", NOW, question="What is your email address?")) == meant


@pytest.mark.parametrize("language", ["en-US", "en-GB"])
@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("we're all fine but the grommet is zonked", HURT),
        ("it runs but zonkles", RUNS),
        ("it works like a zonked grommet", RUNS),
        ("a zonked kid in a grommet", WHO),
        ("it was supposed to be monday", DAY),
        ("if it had been monday", DAY),
    ],
)
def test_what_nobody_understood_is_asked(language: str, words: str, asked: Asked) -> None:
    assert outcome(words, asked, language) == "ask"


@pytest.mark.parametrize(
    ("words", "kind", "language", "meant"),
    [
        ("my shift was monday and it happened before that", "date", "en-US", "ask"),
        ("monday, and after that i called the police", "date", "en-US", "value"),
        ("two hundred dollars each", "money", "en-US", "ask"),
        ("two thousand a door", "money", "en-US", "ask"),
        ("about two thousand for the doors", "money", "en-US", "value"),
        ("doscientos pesos cada una", "money", "es-MX", "ask"),
        ("doscientos pesos", "money", "es-MX", "value"),
    ],
)
def test_a_day_before_another_and_a_price_for_one_of_several_are_asked(
    words: str, kind: Kind, language: str, meant: str
) -> None:
    assert outcome(words, Asked(kind, NOW, past=kind == "date"), language) == meant


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("oh well thank goodness we're all fine", HURT),
        ("no the grommet took all of it", HURT),
        ("it runs", RUNS),
        ("yes it just zonkles a bit on the highway", RUNS),
        ("it was my brother mark", WHO),
        ("on monday coming home from the lake with a grommet", DAY),
    ],
)
def test_what_only_holds_a_sentence_together_is_no_doubt(words: str, asked: Asked) -> None:
    assert outcome(words, asked) == "value"


def test_spanish_words_that_nobody_understood_are_asked() -> None:
    asked = replace(HURT, question="¿Hubo heridos?", choices=(Choice(True, ("herid*",)), Choice(False, ("bien",))))
    assert outcome("todos bien", asked, "es-MX") == "value"
    assert outcome("todos bien aunque el zangolote se zafó", asked, "es-MX") == "ask"


def test_what_is_told_in_passing_is_taken_as_it_is() -> None:
    assert outcome("it works like a zonked grommet", replace(RUNS, told=True)) == "value"


def test_the_store_says_what_may_stand_beside_an_answer() -> None:
    words = "we're all fine the grommet is zonked"
    assert outcome(words, HURT) == "ask"
    assert outcome(words, replace(HURT, beside=("grommet", "zonked"))) == "value"
    assert outcome(words, replace(HURT, told_with=("the grommet", "zonked"))) == "value"


def test_words_of_a_business_say_something_where_the_store_does_not_have_them() -> None:
    """A crash is an insurer's: beside a dentist's count it is a word that nobody knows."""
    count = Asked("integer", NOW, question="How many visits?", choices=(Choice(1, ("visit", "visits")),))
    said = "two visits with a fender"
    assert outcome(said, count) == "ask"
    assert outcome(said, replace(count, told_with=("fender",))) == "value"


def test_a_doubt_keeps_its_value_and_says_what_stayed_unread() -> None:
    reading = language_named("en-US").read("it runs but zonkles", RUNS)
    assert (reading.value, reading.candidates, reading.unread) == (True, (True,), ("zonkles",))
    assert "zonkles" not in repr(reading)


def test_a_name_holds_no_word_that_is_none() -> None:
    reading = language_named("es-MX").read("trabaja conmigo chuy", replace(WHO, question="¿Quién era?"))
    assert reading.outcome != "value"


def test_a_part_of_a_group_is_read_in_the_words_that_are_left_for_it() -> None:
    make = Asked("choice", NOW, choices=(Choice("Ford"),))
    asked = Asked("group", NOW, question="Which one, and where?", parts={"make": make, "place": Asked("address", NOW)})
    reading = language_named("en-US").read("a ford in boston", asked)
    assert reading.value["make"] == "Ford"
    assert reading.value["place"]["city"] == "Boston"
    assert "ford" not in str(reading.value["place"]).lower()


@pytest.mark.parametrize(("beside", "want"), [((), "value"), (("bag",), "ask")])
def test_a_story_may_stand_beside_a_choice_where_the_store_does_not_say_what_may(
    beside: tuple[str, ...], want: str
) -> None:
    """Whoever writes a form need not know every word that callers tell with it; whoever lists some means those."""
    choices = (Choice("stolen", ("stole", "stolen")), Choice("lost", ("lost",)))
    asked = Asked("choice", NOW, question="Was it stolen or lost?", choices=choices, beside=beside)
    assert language_named("en-US").read("somebody stole it from my rucksack", asked).outcome == want


def test_what_is_said_behind_all_that_is_read_may_take_it_back() -> None:
    long = "it was on monday and then " + "there was a lot of noise and " * 25
    reading = language_named("en-US").read(f"{long} no wait it was tuesday", DAY)
    assert (reading.outcome, reading.candidates) == ("ask", ("2026-11-23",))
    text = language_named("en-US").read(long, Asked("text", NOW, question="What happened?"))
    assert text.outcome == "value"


@pytest.mark.parametrize(
    ("words", "kind", "language", "meant"),
    [
        ("i had to be there at nine am and i was early", "time", "en-US", "ask"),
        ("early in the morning", "time", "en-US", "ask"),
        ("at nine in the morning", "time", "en-US", "value"),
        ("monday, i mean tuesday", "date", "en-US", "value"),
        ("monday my friend says", "date", "en-US", "ask"),
        ("not elm street, oak street in dayton", "address", "en-US", "ask"),
        ("sorry, oak street in dayton", "address", "en-US", "value"),
        ("vivo en la calle olmo pero fue en la calle roble", "address", "es-MX", "ask"),
        ("jon j o n no h baker", "name", "en-US", "ask"),
        ("baker b as in boy a k e r", "name", "en-US", "value"),
        ("me llamo ana luna", "name", "es-MX", "value"),
        ("three one two five five five oh one two two but not mine", "phone", "en-US", "ask"),
        ("three one two five five five oh one two two is a grommet", "phone", "en-US", "ask"),
        ("three one two five five five oh one two two is my cell", "phone", "en-US", "value"),
    ],
)
def test_words_against_a_value_that_no_reader_weighed_are_asked(
    words: str, kind: Kind, language: str, meant: str
) -> None:
    assert outcome(words, Asked(kind, NOW, "MX" if language == "es-MX" else "US", past=True), language) == meant
