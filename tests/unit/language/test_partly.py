"""Answers that say it of one only, of another time, or only how bad it was not."""

from datetime import datetime

import pytest

from backend.language.asked import Asked
from backend.language.en.partly import PARTLY as IN_ENGLISH
from backend.language.es.partly import PARTLY as IN_SPANISH
from backend.language.partly import Partly
from backend.language.reading import sure

ASKED = Asked("yes_no", datetime(2026, 10, 14, 16, 20), prevails=True)


def outcome(rule: Partly, words: str, value: bool, asked: Asked = ASKED) -> str:
    return rule.weigh(words, asked, sure(value)).outcome


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("not badly", False),
        ("nobody died", False),
        ("not me", False),
        ("the cyclist is fine", False),
        ("he walked away", False),
        ("no wait yes", False),
        ("i was hurt in a different accident", True),
        ("my old injury is acting up", True),
    ],
)
def test_english_is_asked_again(words: str, value: bool) -> None:
    assert outcome(IN_ENGLISH, words, value) == "ask"


@pytest.mark.parametrize(
    ("words", "value"),
    [("nobody was hurt", False), ("we're all fine", False), ("everybody walked away", False), ("my neck hurts", True)],
)
def test_english_is_taken(words: str, value: bool) -> None:
    assert outcome(IN_ENGLISH, words, value) == "value"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("yo no", False),
        ("nada más un golpe en la rodilla", False),
        ("mi hijo se pegó pero está bien", False),
        ("los revisaron y están bien", False),
        ("no hubo heridos graves", True),
        ("el carro salió lastimado", True),
    ],
)
def test_spanish_is_asked_again(words: str, value: bool) -> None:
    assert outcome(IN_SPANISH, words, value) == "ask"


@pytest.mark.parametrize(("words", "value"), [("nomás el susto", False), ("me duele el cuello", True)])
def test_spanish_is_taken(words: str, value: bool) -> None:
    assert outcome(IN_SPANISH, words, value) == "value"


def test_other_questions_are_left_alone() -> None:
    plain = Asked("yes_no", datetime(2026, 10, 14, 16, 20))
    assert outcome(IN_ENGLISH, "not badly", False, plain) == "value"
