"""Who asks to be waited for, and who will wait no longer."""

import pytest

from backend.language.en.waiting import asks_for_time, calls_off, is_hesitation


@pytest.mark.parametrize(
    "text",
    [
        "hold on",
        "Hang on a second, please.",
        "one moment",
        "uh, just a minute",
        "give me a sec",
        "bear with me",
        "let me find my papers",
        "I'll go get my glasses",
        "I have to look it up",
        "I'm still looking",
        "okay wait one moment let me grab my wallet",
        "don't hang up, I'm checking",
        "un momento por favor",
        "it takes a minute, it's in the car",
    ],
)
def test_asks_for_time(text: str) -> None:
    assert asks_for_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yes",
        "it happened a minute ago",
        "one second later he hit me",
        "I couldn't hold on to the wheel",
        "I am looking at a broken bumper and then another car came along and it hit me again from the side",
        "three one two",
        "the second of May",
        "a minute before five",
        "it was just a scratch",
    ],
)
def test_does_not_ask_for_time(text: str) -> None:
    assert not asks_for_time(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("never mind", True),
        ("Forget it.", True),
        ("please stop, I'd rather go on with you", True),
        ("I can't wait", True),
        ("don't transfer me", True),
        ("hello is anybody there", False),
        ("how long does it take", False),
        ("okay", False),
        ("", False),
    ],
)
def test_calls_off(text: str, expected: bool) -> None:
    assert calls_off(text) is expected


@pytest.mark.parametrize(("text", "expected"), [("um", True), ("where is it", True), ("okay I have it", False)])
def test_hesitation(text: str, expected: bool) -> None:
    assert is_hesitation(text) is expected
