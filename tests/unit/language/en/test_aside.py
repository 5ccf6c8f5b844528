"""English words that answer nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.en.aside import read_aside


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("hold on", "wait"),
        ("give me one second", "wait"),
        ("two seconds please", "wait"),
        ("let me find my wallet", "wait"),
        ("I'd have to look that up", "wait"),
        ("I'm still looking", "wait"),
        ("bear with me", "wait"),
        ("could you give me a minute", "wait"),
        ("I don't know", "unknown"),
        ("no clue sorry", "unknown"),
        ("I couldn't tell you", "unknown"),
        ("nobody told me", "unknown"),
        ("I haven't got one", "unknown"),
        ("I really can't remember", "unknown"),
        ("not sure", "unknown"),
        ("why do you need to know that", "question"),
        ("is that important", "question"),
        ("which number is that", "question"),
        ("can't you see it on your display", "question"),
        ("hold on, why do you ask", "question"),
        ("what do you mean", "question"),
        ("the date?", "question"),
        ("a person please", "person"),
        ("can I talk to somebody", "person"),
        ("I want a real human being", "person"),
        ("operator", "person"),
        ("first of all I'd like to complain", ""),
        ("hold on to the rail", ""),
        ("a minute ago", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_what_the_words_are_instead_of_an_answer(words: str, kind: str) -> None:
    assert read_aside(words) == kind


@given(st.text(max_size=80))
def test_no_text_is_too_strange(words: str) -> None:
    read_aside(words)
