"""What is said beside the matter, told from answers that look like it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quick_yaml import read_yaml

from backend.language.en.beside import is_back, read_beside

TABLE = read_yaml((Path(__file__).resolve().parents[3] / "readers/asides.yaml").read_text())
CASES = [(kind, text) for kind, texts in TABLE.items() for text in texts]
ASIDES = [text for kind, text in CASES if kind != "none"]
ANSWERS = ["it was tuesday", "six oh six oh one", "main street in chicago", "my name is anna bell", "yes two cars"]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_each_is_taken_for_what_it_is(kind: str, text: str) -> None:
    assert read_beside(text) == (None if kind == "none" else kind)


@given(st.sampled_from(ASIDES), st.sampled_from(ANSWERS), st.booleans())
def test_an_aside_with_an_answer_is_an_answer(aside: str, answer: str, first: bool) -> None:
    assert read_beside(f"{answer} {aside}" if first else f"{aside} {answer}") is None


@given(st.lists(st.sampled_from(" ".join(ASIDES).lower().split()), max_size=14))
def test_any_words_are_read_quickly(said: list[str]) -> None:
    read_beside(" ".join(said))


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("okay i'm back", True), ("i found it", True), ("got it", True), ("i have it right here", True),
        ("ready", True), ("it's 4821", False), ("i'm back on main street", False), ("i have a question", False),
    ],
)  # fmt: skip
def test_who_is_there_again(text: str, back: bool) -> None:
    assert is_back(text) is back


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("wait my wife's calling", "wait"), ("hold on someone is at the door", "wait"),
        ("wait my wife was driving", None), ("somebody's calling me", "wait"),
    ],
)  # fmt: skip
def test_somebody_who_wants_something_of_the_caller_is_waited_for(text: str, kind: str | None) -> None:
    assert read_beside(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("just a second while i look", "wait"), ("hold on while i get my policy", "wait"),
        ("bear with me while we check", "wait"), ("one moment while i think about it", "wait"),
        ("a second while i looked at my phone", None), ("while i look", None), ("hold on while i drive", None),
    ],
)  # fmt: skip
def test_who_says_what_they_do_meanwhile_is_waited_for(text: str, kind: str | None) -> None:
    assert read_beside(text) == kind
