"""A report of a loss, and what only sounds like one."""

import pytest

from backend.domain.spoken.loss import reports_loss


@pytest.mark.parametrize(
    "said",
    [
        "hello i need to report a car accident",
        "hi i want to file a claim",
        "i had a car accident",
        "car accident",
        "someone hit my parked car",
        "there has been a crash",
        "my car was stolen last night",
        "i hit a deer",
        "a tree fell on my car",
        "i got rear-ended",
        "somebody keyed my truck",
        "i was just in a wreck on the interstate",
        "hail damage on my car",
        "my windshield is shattered",
        "they broke into my van",
        "i backed into a pole",
        "i had an accident, would a rental be covered",
        "i don't know if i can drive it, someone hit me",
        "there was a fire in my garage",
        "a truck side-swiped me",
        "we were involved in a collision",
        "i've got a new claim",
        "my wife was in an accident",
        "this is about an accident i had with a bus",
        "a branch came down on one of my cars",
        "the wind blew a trash can into my door",
        "a rock cracked my windshield on the highway",
    ],
)
def test_a_loss_is_reported(said: str) -> None:
    assert reports_loss(said)


@pytest.mark.parametrize(
    "said",
    [
        "what is my deductible",
        "is collision covered",
        "does my policy cover hail damage",
        "hello",
        "i have a question about my claim",
        "what if someone hits my car am i covered",
        "i want to talk to a person",
        "if i had an accident would i be covered",
        "what are your opening hours",
        "does it cover theft",
        "is a rental car covered after an accident",
        "status of the claim i filed last week",
        "john smith",
        "how do i add a driver to my policy",
        "what happens when my car is stolen",
        "60601",
        "can i pay my bill",
        "my car broke down",
    ],
)
def test_no_loss_is_reported(said: str) -> None:
    assert not reports_loss(said)
