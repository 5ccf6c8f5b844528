"""Who wants no more of what they came for, who has the wrong number, and what only sounds like it."""

import pytest

from backend.language.en.leaving import does_not_know, says_goodbye, withdraws


@pytest.mark.parametrize(
    "text",
    [
        "you know what forget it i don't want to file a claim", "nothing i just don't want to file it",
        "no just cancel it", "never mind", "i don't want to do this anymore", "i changed my mind",
        "actually i don't want to report this after all", "please don't file it", "i'd rather not file it",
        "can you cancel the report please", "i don't want to continue",
    ],
)  # fmt: skip
def test_who_withdraws(text: str) -> None:
    assert withdraws(text)


@pytest.mark.parametrize(
    "text",
    [
        "no", "i don't want to file it wrong", "i don't know", "never mind the mirror it was the door", "i forgot it",
        "he didn't want to report it so i am", "cancel my appointment", "no that's wrong",
        "forget what i said it was three", "i don't want to make a mistake", "don't file it under my wife's name",
        "i don't need to do anything do i",
    ],
)  # fmt: skip
def test_who_only_sounds_like_it(text: str) -> None:
    assert not withdraws(text)


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("oh sorry wrong number bye", True), ("i think i have the wrong number", True), ("i misdialed", True),
        ("the wrong number was on the plate", False), ("the wrong person was cited", False),
        ("goodbye", True), ("he said goodbye to her", False),
    ],
)  # fmt: skip
def test_a_wrong_number_is_a_goodbye(text: str, leaves: bool) -> None:
    assert says_goodbye(text) is leaves


def test_who_cannot_say_says_nothing_else() -> None:
    assert does_not_know("i don't know")
    assert not does_not_know("i don't know, about five")
