"""Who wants no more of what they came for, who has the wrong number, and what only sounds like it."""

import pytest

from backend.language.en.leaving import does_not_know, says_goodbye, withdraws


@pytest.mark.parametrize(
    "text",
    [
        "you know what forget it i don't want to file a claim", "nothing i just don't want to file it",
        "no just cancel it", "never mind", "i don't want to do this anymore", "i changed my mind",
        "actually i don't want to report this after all", "please don't file it", "i'd rather not file it",
        "can you cancel the report please", "i don't want to continue", "don't file anything my husband will pay",
        "you know what he's giving me cash so let's not do this", "please don't report this he's a neighbor",
        "we'll settle it between ourselves", "no need to file anything", "let's just drop it", "i don't want a claim",
        "oh it just came back on never mind", "i found it don't block it", "never mind we found the card",
        "the lights are back i don't need anything", "my wife found it no need to send anybody",
        "no don't send that please", "i'd rather not then", "i said we'll pay for it ourselves",
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
        "i don't need to do anything do i", "don't file it yet", "no don't do that it was tuesday",
        "don't do anything until my husband looks at it", "he said let's not call the police", "they don't do anything",
        "never mind the mirror i found the plate", "i found my papers", "he came back and hit me again",
        "i'm back", "i don't need a tow truck", "never mind that it came back to me it was three",
        "i don't need a claim number", "don't put in that i was speeding", "let's not forget the mirror",
        "i don't want the claim to say three cars", "he said we'll settle this between ourselves and drove off",
        "the driver told me they'll take care of it themselves", "he offered that we can fix it privately",
    ],
)  # fmt: skip
def test_who_only_sounds_like_it(text: str) -> None:
    assert not withdraws(text)


@pytest.mark.parametrize(
    ("text", "cannot"),
    [
        ("skip that", True), ("can we skip this one", True), ("next question please", True), ("pass", True),
        ("can we come back to that later", True), ("let's get back to it at the end", True), ("move on", True),
        ("ask me something else", True), ("just leave it blank", True),
        ("skip the last four say five", False), ("i passed him on the left", False), ("next to the bank", False),
        ("he came back later", False), ("leave a message", False), ("next week", False), ("the next morning", False),
    ],
)  # fmt: skip
def test_a_question_that_is_put_off_is_one_that_the_caller_cannot_answer_now(text: str, cannot: bool) -> None:
    assert does_not_know(text) is cannot


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("oh sorry wrong number bye", True), ("i think i have the wrong number", True), ("i misdialed", True),
        ("the wrong number was on the plate", False), ("the wrong person was cited", False),
        ("oh then never mind bye", True), ("sorry my mistake goodbye", True), ("never mind the bumper bye", False),
        ("goodbye", True), ("he said goodbye to her", False),
        ("i have to go", True), ("sorry i gotta run now", True), ("okay i need to hang up bye", True),
        ("i have to go to work at nine", False), ("i had to leave the car there", False), ("i need to go on", False),
    ],
)  # fmt: skip
def test_a_wrong_number_is_a_goodbye(text: str, leaves: bool) -> None:
    assert says_goodbye(text) is leaves


def test_who_cannot_say_says_nothing_else() -> None:
    assert does_not_know("i don't know")
    assert not does_not_know("i don't know, about five")


@pytest.mark.parametrize("again", ["no ", "you know what yes but "])
def test_words_that_come_again_and_again_are_read_at_once(again: str) -> None:
    assert not withdraws(again * 200 + "maybe")
