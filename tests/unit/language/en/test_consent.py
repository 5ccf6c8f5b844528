"""What is a yes to a read-back, and above all what is none."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quick_yaml import read_yaml

from backend.language.en.consent import nothing_to_change, read_consent, refuses

READERS = Path(__file__).resolve().parents[3] / "readers"
HALVES = {half: read_yaml((READERS / f"consent_{half}.yaml").read_text()) for half in "ab"}
CASES = [(kind, text) for half in HALVES.values() for kind, texts in half.items() for text in texts]
YES = [text for kind, text in CASES if kind == "yes"]
SPOILERS = [
    "no", "not", "but", "except", "wait", "wrong", "never", "don't", "isn't", "however", "tuesday", "tomorrow", "noon",
    "3", "eleven", "10:30", "march", "only", "instead", "unless", "if", "nobody", "cancel", "actually",
]  # fmt: skip


@pytest.mark.parametrize("text", HALVES["a"]["yes"])
def test_the_first_half_agrees(text: str) -> None:
    assert read_consent(text) == "yes"


@pytest.mark.parametrize("text", HALVES["a"]["contrary"])
def test_the_first_half_refuses_or_corrects(text: str) -> None:
    assert read_consent(text) in {"no", "correction", "hedged"}


@pytest.mark.parametrize("text", HALVES["a"]["unclear"])
def test_the_first_half_leaves_it_open(text: str) -> None:
    assert read_consent(text) in {"unclear", "hedged"}


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind != "yes"])
def test_nothing_of_either_half_is_taken_for_a_yes(text: str) -> None:
    assert read_consent(text) != "yes"


@given(st.sampled_from(YES), st.sampled_from(SPOILERS), st.integers(0, 12))
def test_no_yes_survives_a_contrary_word_a_number_or_a_day(text: str, spoiler: str, place: int) -> None:
    said = text.split()
    said.insert(min(place, len(said)), spoiler)
    assert read_consent(" ".join(said)) != "yes"


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert read_consent(text) in {"yes", "no", "correction", "hedged", "unclear"}


@settings(deadline=None)  # a pattern that runs away ends by the limit of every test
@given(st.lists(st.sampled_from(" ".join(YES).split()), max_size=60))
def test_long_answers_are_read_in_no_time(said: list[str]) -> None:
    read_consent(" ".join(said * 20))


def test_a_bare_no_is_told_from_a_correction() -> None:
    assert read_consent("no that's wrong") == "no"
    assert read_consent("absolutely not") == "no"
    assert read_consent("no it was tuesday") == "correction"
    assert read_consent("yes but it was tuesday") == "correction"


@pytest.mark.parametrize(("text", "consent"), [("1", "yes"), ("one", "yes"), ("2", "no"), ("two", "no")])
def test_keys_are_an_answer_where_they_were_offered(text: str, consent: str) -> None:
    assert read_consent(text, keys=True) == consent
    assert read_consent(text) != "yes"


def test_words_of_the_question_are_harmless() -> None:
    ask = "Shall I cancel the appointment with the number 4711?"
    assert read_consent("yes cancel the appointment please", asked=ask) == "yes"
    assert read_consent("yes cancel it", asked="Shall I book that?") != "yes"
    assert read_consent("yes number four", asked=ask) != "yes"
    assert read_consent("cancel the appointment", asked=ask) != "yes"


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("yes", "unclear"), ("yeah", "unclear"), ("no", "unclear"), ("nobody", "unclear"), ("that's right", "yes"),
        ("yes that's correct", "yes"), ("correct", "yes"), ("that's wrong", "no"), ("no that's not right", "no"),
        ("correct not a scratch", "unclear"), ("yes but not me", "correction"),
    ],
)  # fmt: skip
def test_a_bare_yes_to_a_denial_says_nothing(text: str, consent: str) -> None:
    assert read_consent(text, negative=True) == consent


@pytest.mark.parametrize("text", ["nothing", "nothing it was all fine", "no changes please", "it's all correct", "no"])
def test_nothing_is_to_be_changed_after_all(text: str) -> None:
    assert nothing_to_change(text)


@pytest.mark.parametrize("text", ["nothing but the date", "the date", "it was tuesday", "no the other car", "", "two"])
def test_something_is_to_be_changed(text: str) -> None:
    assert not nothing_to_change(text)


_QUESTIONS = ("Is that all correct?", "And is that right?", "Is it right to call you back on this phone?")


@pytest.mark.parametrize("asked", _QUESTIONS)
@pytest.mark.parametrize(
    "said",
    [
        "is that all correct", "is that right", "is it right", "well is it correct", "um is this correct then",
        "is everything right", "and is that all right", "that is right is it", "correct is that",
    ],
)  # fmt: skip
def test_a_question_that_comes_back_is_no_yes(said: str, asked: str) -> None:
    assert read_consent(said, asked=asked) != "yes"


@pytest.mark.parametrize("asked", _QUESTIONS)
@pytest.mark.parametrize(
    "said", ["correct it", "please correct it", "correct that please", "yes please correct that", "then correct this"]
)
def test_who_wants_it_corrected_has_not_said_that_it_is_correct(said: str, asked: str) -> None:
    assert read_consent(said, asked=asked) == "correction"


@pytest.mark.parametrize("asked", _QUESTIONS)
@pytest.mark.parametrize(
    "said",
    [
        "that is it", "so it is that is right", "yes it is this is right", "yes correct that is right",
        "yes is all correct",
        "that's correct thank you", "it is correct", "all correct", "correct it is", "yes that's all correct please",
    ],
)  # fmt: skip
def test_a_plain_yes_in_other_order_stays_one(said: str, asked: str) -> None:
    assert read_consent(said, asked=asked) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "yeah right",
        "oh yeah right",
        "as if",
        "oh great",
        "just great",
        "yeah whatever",
        "sure whatever",
        "if you say so",
        "yes, emma stop",
        "yes that's right tommy put that down",
    ],
)
def test_words_that_are_mostly_said_in_scorn_are_asked_about(text: str) -> None:
    assert read_consent(text, asked="Is that all correct?") in {"hedged", "unclear"}


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("correct the time please", "correction"), ("correct my name", "correction"),
        ("no correct the street", "correction"), ("yes correct", "yes"), ("correct, the time is right", "yes"),
        ("yes that's correct", "yes"), ("yeah that's right", "yes"), ("sounds great", "yes"),
    ],
)  # fmt: skip
def test_correct_as_an_order_is_told_from_correct_as_a_yes(text: str, consent: str) -> None:
    assert read_consent(text, asked="Is the time all correct?") == consent


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("no problem with that at all", "yes"), ("nothing against it", "yes"), ("ain't no reason not to", "yes"),
        ("don't mind if you do", "yes"), ("i wouldn't say no", "yes"), ("there's no mistake in there", "yes"),
        ("that isn't wrong", "yes"), ("i'm not saying no go ahead", "yes"), ("i'm not saying no", "hedged"),
        ("never said i didn't want it", "hedged"), ("no time like the present", "hedged"),
        ("it's not that i don't want to", "hedged"), ("won't hear me saying no", "hedged"),
        ("i'm not saying that's not right", "hedged"), ("i can't see why you shouldn't", "hedged"),
        # a no that stays one, whatever else is denied
        ("i don't want nothing filed", "correction"), ("ain't no way you're filing that", "correction"),
        ("no problem but not now", "correction"), ("didn't you hear me say no", "correction"),
        ("that's not what i said i didn't say birch", "correction"), ("no don't wait for me", "correction"),
        ("i see no reason to", "correction"), ("not a word of that is right", "correction"), ("no wait", "correction"),
        ("i don't want any trouble", "correction"), ("not right it's wrong", "no"), ("no there's a mistake", "no"),
    ],
)  # fmt: skip
def test_a_denial_that_is_denied_is_no_refusal(text: str, consent: str) -> None:
    found = read_consent(text, asked="Is that all correct?")
    assert found == consent or {found, consent} == {"no", "correction"}


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("i couldn't make that out", "unclear"),
        ("sorry i didn't catch what you said", "unclear"),
        ("i wasn't listening", "unclear"),
        ("you didn't get that right", "correction"),
        ("you didn't hear me right", "correction"),
        ("no don't file it i didn't understand", "correction"),
        ("no not you i was talking to the dog", "hedged"),
        ("i'm talking to my wife", "hedged"),
    ],
)
def test_who_has_not_heard_or_spoke_to_another_refuses_nothing(text: str, consent: str) -> None:
    assert read_consent(text, asked="Is that all correct?") == consent


@pytest.mark.parametrize("text", ["not a scratch", "no one was", "no not a soul", "nobody at all"])
def test_who_denies_what_the_question_denies_has_not_refused(text: str) -> None:
    assert read_consent(text, asked="So there were no injuries. Is that right?", negative=True) == "unclear"
    assert read_consent(text, asked="Is that all correct?") in {"no", "correction"}


def test_what_a_yes_depends_on_is_no_refusal() -> None:
    assert not refuses("yes if it doesn't raise my rates")
    assert refuses("don't if it raises my rates")
