"""Whoever tows, repairs or represents is let in by no digits; who cries out is put through to a person."""

import pytest

from backend.language.en.peril import needs_help_now
from backend.language.en.spokesman import speaks_for_another
from backend.language.named import language_named
from backend.language.standing import StandingWords, obstacle
from backend.language.tokens import words


@pytest.mark.parametrize(
    "said",
    [
        "this is the law office of brandt and cole we represent ann lee regarding an accident",
        "this is brandt and cole attorneys", "i represent karen miller", "we are representing mr smith",
        "hey i'm the tow truck driver", "i got ann lee's civic here what's the claim number",
        "i'm the mechanic that has it",
        "it's the bank that holds the loan", "we have karen miller's camry in our yard",
        "i'm the adjuster from another house",
    ],
)  # fmt: skip
def test_who_represents_tows_or_repairs_is_not_the_holder(said: str) -> None:
    assert speaks_for_another(" ".join(words(said)))


@pytest.mark.parametrize(
    "said",
    [
        "i'm john smith", "i got my wife's car here", "i'm the one who was driving",
        "i was hit by the tow truck driver",
        "i'm at the body shop", "this is about my accident at the dealership", "the tow truck driver hit me",
        "i'm calling about the law firm van that hit me", "i'm the owner", "it's the garage door",
        "it's the shop where i left it", "i have a friend's car here", "it's the hospital parking lot",
    ],
)  # fmt: skip
def test_who_only_speaks_of_them_may_be(said: str) -> None:
    assert not speaks_for_another(" ".join(words(said)))


@pytest.mark.parametrize("said", ["habla el de la grúa", "somos un bufete jurídico representamos a maría hernández"])
def test_the_same_in_spanish(said: str) -> None:
    assert obstacle("es", said, StandingWords()) == "not_the_holder"


@pytest.mark.parametrize(
    "said",
    [
        "help help please help me", "somebody help me please", "fire fire the engine",
        "there's so much blood please",
        "there's blood all over my hands", "my car stalled in the water and it's coming up to the seats",
        "a guy just took my car and my kid is in the back", "he is hitting me", "my husband keeps hitting me",
    ],
)  # fmt: skip
def test_a_cry_rising_water_and_a_child_in_what_was_taken_are_emergencies(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize(
    "said",
    [
        "help", "please help me", "i need help with a claim", "can you help me help my mom file a claim",
        "somebody stole my car and my kid is at school", "there's a lot of blood work to be done", "no fire no blood",
        "there was so much blood", "my kids are in the back yard", "the water pump broke and it's in the shop",
        "i am having accident yesterday the other car he is hitting me",
    ],
)  # fmt: skip
def test_what_only_sounds_like_one_is_none(said: str) -> None:
    assert not needs_help_now(said)


@pytest.mark.parametrize(
    ("said", "need"), [("ayuda ayuda", True), ("hay mucha sangre", True), ("necesito ayuda", False)]
)
def test_cries_in_spanish(said: str, need: bool) -> None:
    assert language_named("es-US").talk.needs_help_now(said) is need
