"""Secrets are hidden in whatever language they are said."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.domain.hiding.hide import HIDDEN, Utterance, hide
from backend.language.digit_pieces import digit_pieces, sounds_like_digit
from backend.language.es.numbers import number_words


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("uno uno ocho nueve", HIDDEN),
        ("once ochenta y nueve", HIDDEN),
        ("doble uno ocho nueve", HIDDEN),
        ("once once", HIDDEN),
        ("es tres tres nueve uno", f"es {HIDDEN}"),
        ("un un huit neuf", HIDDEN),
        ("one one eight nine", HIDDEN),
    ],
)
def test_an_answer_to_a_question_for_a_secret(said: str, kept: str) -> None:
    assert hide([Utterance(said, secret=True)]) == [kept]


@pytest.mark.parametrize(
    "said",
    [
        "los últimos cuatro son uno uno ocho nueve",
        "mi clave es tres tres nueve uno",
        "tres tres nueve uno es mi clave",
        "mi seguro social termina en cuatro ocho dos uno",
        "mi tarjeta es cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno",
    ],
)
def test_what_is_called_a_secret_is_one_unasked(said: str) -> None:
    (kept,) = hide([Utterance(said)])
    assert HIDDEN in kept
    assert "nueve" not in kept
    assert "dos uno" not in kept
    assert "uno uno" not in kept


@pytest.mark.parametrize(
    "said",
    [
        "once I was there we saw a car", "fueron dos carros y tres personas",
        "choqué a las cinco y media en la calle once",
        "it went on for a mil", "once six people came", "only once, once more", "mi hijo tiene once años",
    ],
)  # fmt: skip
def test_other_numbers_stay(said: str) -> None:
    assert hide([Utterance(said)]) == [said]


@given(st.text("0123456789", min_size=4, max_size=4))
@example("1111")
def test_a_known_secret_is_found_however_it_is_said(digits: str) -> None:
    alone = " ".join(number_words(int(digit)) for digit in digits)
    pairs = " ".join(number_words(int(pair)) for pair in (digits[:2], digits[2:]) if pair[0] != "0")
    said = [f"dije {alone} ayer", *([f"dije {pairs} ayer"] if len(pairs.split()) > 1 and "0" not in digits else [])]
    for text in said:
        assert hide([Utterance(text, values=frozenset({digits}))]) == [f"dije {HIDDEN} ayer"]


def test_pieces_and_what_sounds_like_one() -> None:
    assert digit_pieces(["once", "ochenta", "y", "nueve"]) == [("11", 0, 1), ("89", 1, 4)]
    assert digit_pieces(["once", "more"]) == []
    assert sounds_like_digit("veintidós")
    assert not sounds_like_digit("carro")
