"""What is never kept is hidden however it is said, and everything else stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.hiding import HIDDEN, Utterance, hide, hide_alone, hide_in
from backend.domain.hiding.cards import is_card
from backend.domain.hiding.digits import DIGITS, may_hold_digits
from backend.language.en.number_runs import read_digits

CARDS = ("4111111111111111", "5500005555555559", "378282246310005", "6011000990139424", "30569309025904")


def digit_words(digits: str) -> str:
    """``"4821"`` as it is said: ``"four eight two one"``."""
    names = "zero one two three four five six seven eight nine".split()
    return " ".join(names[int(digit)] for digit in digits)


def checked(body: str) -> str:
    return next(body + last for last in "0123456789" if is_card(body + last))


CARD = st.one_of(
    st.sampled_from(CARDS),
    st.text("0123456789", min_size=14, max_size=14).map(lambda rest: checked("4" + rest)),
)


@st.composite
def said_cards(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A card, and how somebody says it: in groups, as figures or as words, in one breath or in several."""
    card = draw(CARD)
    parts: list[str] = []
    rest = card
    while rest:
        size = min(draw(st.integers(1, 6)), len(rest))
        group, rest = rest[:size], rest[size:]
        parts.append(group if draw(st.booleans()) else digit_words(group))
    utterances = [draw(st.sampled_from(["", "it is ", "yes, ", "okay "]))]
    for part in parts:
        if utterances[-1].strip() and len(utterances) < 8 and draw(st.booleans()):
            utterances.append(draw(st.sampled_from(["", "then ", "and then "])))
        utterances[-1] += part + draw(st.sampled_from([" ", ", ", " uh ", "-"]))
    return card, utterances


PARTS = st.sampled_from(
    "Four FIFTEEN forty ty- city tying Dieciocho dieci veintidós mediecine doscientas cientos científico ochos zéro 7 ٣"
    " fıve ſix my cat - ' . _ one_two twenty-one éone İ K seven".split()
)


@given(st.one_of(st.lists(PARTS).map(" ".join), st.lists(PARTS).map("".join), st.text()))
def test_a_number_is_found_quickly_wherever_it_is_found_at_all(text: str) -> None:
    assert may_hold_digits(text) == (DIGITS.search(text) is not None)


@given(said_cards())
def test_no_card_is_left_however_it_is_said(said: tuple[str, list[str]]) -> None:
    card, utterances = said
    kept = hide([Utterance(text) for text in utterances])
    left = read_digits(" ".join(kept))
    assert len(left) < 4, (utterances, kept)
    assert card not in re.sub(r"\D", "", "".join(kept))


@given(CARD, st.text(), st.text())
def test_a_card_in_figures_is_hidden_whatever_stands_around_it(card: str, before: str, behind: str) -> None:
    if before[-1:].isdecimal() or behind[:1].isdecimal():
        return
    assert card not in hide_alone(f"{before}{card}{behind}")


@given(st.text("0123456789", min_size=4, max_size=9), st.sampled_from(["{}", "it's {}", "my number is {} please"]))
def test_the_answer_to_a_question_for_a_secret_is_hidden(digits: str, around: str) -> None:
    for said in (digits, digit_words(digits), " ".join(digits)):
        kept = hide([Utterance(around.format(said), secret=True)])[0]
        assert kept == around.format(HIDDEN), said


@given(st.text(max_size=200), st.booleans(), st.frozensets(st.text("0123456789", min_size=3, max_size=5), max_size=3))
def test_hiding_breaks_nothing_and_what_is_hidden_stays_so(text: str, secret: bool, values: frozenset[str]) -> None:
    once = hide([Utterance(text, secret, values)])[0]
    assert hide([Utterance(once, secret, values)])[0] == once
    assert len(once) <= len(text) + len(HIDDEN) * (1 + len(text) // 2)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("my social is 123-45-6789", "my social is [hidden]"),
        ("the last four are four eight two one", "the last four are [hidden]"),
        ("my last four digits are 4821 and I live at 120 Main Street",
         "my last four digits are [hidden] and I live at 120 Main Street"),
        ("4821 is my PIN", "[hidden] is my PIN"),
        ("the security code is one two three", "the security code is [hidden]"),
        ("my visa is 4111 1111 1111 111", "my visa is [hidden]"),  # a digit was not heard
        ("x4111111111111111.0", "x[hidden].0"),  # the figures beside it are no part of it
        ("call me at 206 555 0123", "call me at 206 555 0123"),
        ("at 120 Main Street, 60601 Chicago, with three cars", "at 120 Main Street, 60601 Chicago, with three cars"),
        ("on November 21 2026 at nine thirty", "on November 21 2026 at nine thirty"),
        ("it is a 2019 Honda, plate 7ABC123, claim CLA-2026-ABC123",
         "it is a 2019 Honda, plate 7ABC123, claim CLA-2026-ABC123"),
        ("What are the last four digits of your social security number?",
         "What are the last four digits of your social security number?"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_called_a_secret_is_one_and_other_numbers_stay(said: str, kept: str) -> None:
    assert hide_alone(said) == kept


@pytest.mark.parametrize("said", ["for eight to one", "fall ate too won", "six", "it's four eight two one"])
def test_what_a_recognizer_writes_for_digits_is_hidden_in_an_answer(said: str) -> None:
    assert HIDDEN in (kept := hide([Utterance(said, secret=True)])[0])
    assert not read_digits(kept) and "ate" not in kept


def test_another_thing_that_is_said_in_place_of_an_answer_stays() -> None:
    said = "sorry, before that: there were two cars in the accident and one of them is on the grass"
    assert hide([Utterance(said, secret=True)]) == [said]


def test_a_known_secret_is_hidden_where_it_is_said_again_and_not_as_a_part_of_another_number() -> None:
    values = frozenset({"4821"})
    kept = hide_alone("So that is four eight two one, or 4821. Your phone is 2065554821.", values)
    assert kept == f"So that is {HIDDEN}, or {HIDDEN}. Your phone is 2065554821."


def test_a_secret_that_is_a_word_is_hidden_as_a_word() -> None:
    said = "It's Swordfish, as I said: swordfish. I like swordfishes."
    assert hide_alone(said, frozenset({"swordfish"})) == f"It's {HIDDEN}, as I said: {HIDDEN}. I like swordfishes."


def test_every_text_of_a_value_is_looked_at_and_names_of_fields_stay() -> None:
    given = {"story": "my card is 4111111111111111", "list": ["four eight two one", 4821, 4111111111111111, True, None]}
    assert hide_in(given, frozenset({"4821"})) == {
        "story": f"my card is {HIDDEN}",
        "list": [HIDDEN, HIDDEN, HIDDEN, True, None],
    }


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("078-05-1120", "[hidden]"),
        ("it is 078 05 1120, yes", "it is [hidden], yes"),
        ("078\u201305\u20131120", "[hidden]"),
        ("call me at 312-555-0142", "call me at 312-555-0142"),
        ("900-12-3456 and 000-12-3456", "900-12-3456 and 000-12-3456"),
        ("1078-05-1120", "1078-05-1120"),
        ("2026-11-21 at 10", "2026-11-21 at 10"),
    ],
)
def test_a_social_security_number_that_is_written_as_one_is_hidden_unasked(text: str, kept: str) -> None:
    assert hide_alone(text) == kept
