"""What was on another day is no emergency now; who was somewhere else is not asked until they give up."""

import pytest

from backend.language.en.safety import read_safety


@pytest.mark.parametrize(
    "said",
    [
        "caught fire yesterday", "my car caught fire last night", "it was on fire two days ago",
        "my wife passed out on tuesday", "there was smoke the other day", "she was trapped in the car last night",
        "trapped for an hour but they got me out", "i was pinned but they pulled me out",
        "we got trapped but we got out",
        "my wife was trapped but they got her out", "he was trapped, the firemen freed him",
    ],
)  # fmt: skip
def test_what_is_over_is_asked_about_like_any_other_day(said: str) -> None:
    told = read_safety(said)
    assert (told.injured, told.urgent) == (None, False)


@pytest.mark.parametrize(
    "said",
    [
        "it caught fire just now", "my car is on fire", "caught fire two days ago and it's still burning",
        "she's been unconscious since last night", "the driver died last night", "got trapped last night help",
        "my wife passed out last night and hasn't woken up", "my car caught fire last night and it's smoking",
        "my wife was hit last night and she's bleeding", "my wife was trapped and i got out",
        "i was trapped and they got her out", "they got me out but my wife is trapped",
        "they got us out but he's still trapped", "i was trapped and bleeding and they got me out", "i'm trapped",
        "trapped for an hour and they can't get me out",
    ],
)  # fmt: skip
def test_what_goes_on_is_an_emergency(said: str) -> None:
    assert read_safety(said).urgent


@pytest.mark.parametrize(
    ("said", "injured", "unsure"),
    [
        ("no, we were inside the house", False, True),
        ("No. We were at work.", False, True),
        ("no it was just sitting there", False, True),
        ("no we were all in bed", False, True),
        ("we were inside the house", None, True),
        ("we were in the shop", None, True),
        ("no idea i was at work", None, False),
        ("no i don't know we were in the house", None, False),
        ("no but we were in the house", None, False),
        ("no we were in the house and my wife's arm is broken", True, False),
        ("no one knows", None, False),
    ],
)
def test_who_was_somewhere_else_is_well_where_a_no_goes_before(said: str, injured: bool | None, unsure: bool) -> None:
    told = read_safety(said)
    assert (told.injured, told.unsure) == (injured, unsure)
