"""What is expected of an answer comes from the form and the language, and never from what a book knows."""

from typing import Any

import pytest
from fnol_form import NOON, STORE

from backend.forms.expected import expected_answers

QUESTIONS: list[tuple[dict[str, Any], str]] = [
    ({"name": "loss_date", "kind": "date", "ask": "When did it happen?"}, "the day before yesterday"),
    ({"name": "vehicle_drivable", "kind": "yes_no", "ask": "Is it still drivable?"}, "yes it is drivable"),
    ({"name": "passengers", "kind": "text", "ask": "Were there any passengers?"}, "there were no passengers"),
    ({"name": "zip_code", "kind": "digits", "ask": "What is your zip code?"}, "double oh"),
    ({"name": "confirmation", "kind": "yes_no", "ask": "Is that all correct?"}, "that is correct"),
]


@pytest.mark.parametrize(("question", "phrase"), QUESTIONS)
def test_an_open_question_expects_its_answers(question: dict[str, Any], phrase: str) -> None:
    assert phrase in expected_answers(STORE.forms.values(), question, "en-US", NOON)


@pytest.mark.parametrize("name", ["incident_description", ""])
def test_a_story_may_be_anything(name: str) -> None:
    asked = {"name": name, "kind": "text", "ask": "Tell me, what happened?"}
    assert expected_answers(STORE.forms.values(), asked, "en-US", NOON) == ()


@pytest.mark.parametrize("phrase", ["the day before yesterday", "twelve noon", "in chicago illinois", "two cars"])
def test_who_puts_something_right_may_speak_of_any_field(phrase: str) -> None:
    asked = {"name": "correction", "kind": "text", "ask": "What should I change?"}
    assert phrase in expected_answers(STORE.forms.values(), asked, "en-US", NOON)
