"""A report of a loss, and what only sounds like one."""

import pytest

from backend.language.en.spoken.loss import reports_loss
from stand_in.intent import reports_loss as stand_in_hears_a_report


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


IN_ANY_WORDS = [
    "my parked car has a big dent",
    "somebody scratched my door",
    "a tree fell on my car",
    "we slid off the road",
    "my windshield cracked",
    "claim",
    "a claim",
    "a shopping cart rolled into it",
    "i came out this morning and half a maple is lying on my focus",
    "somebody took off the mirror of my sorento last night",
    "windshield",
    "my husband backed our tesla into a lamp post this morning",
    "i kinda messed up my charger",
    "i ran my truck into a wall",
    "a cab scraped all along my jeep and just drove away",
    "my daughter sofia got hit by a delivery truck",
    "my car got hit",
    "i've been hit",
    "my car won't start after a pothole",
    "i hit a pothole and my wheel is bent",
    "there's a hole in my roof from the hail",
    "somebody smashed my window and took my laptop",
    "my catalytic converter is gone",
    "my car is gone",
    "my car was taken",
    "my car is missing",
    "the garage door came down on my hood",
    "i drove into a ditch",
    "i ended up in a ditch",
    "i lost control on the ice",
    "the car in front stopped and i couldn't",
    "a deer jumped in front of me",
    "a rock hit my windshield",
    "some kids keyed it",
    "my truck got broken into",
    "my car caught fire",
    "water got into my car",
    "my mirror is broken",
    "my bumper is hanging off",
    "someone ran a red light and hit us",
    "i bumped into a post",
    "i want to make a claim for one of my cars",
    "i need to claim",
    "file a claim please",
    "accident",
    "i had a little mishap",
    "fender bender",
    "i clipped a parked car",
    "a truck ran me off the road",
    "i got rear ended",
    "my son wrecked the van",
    "my rear light is broken",
    "hi yes sorry to bother you my parked car has a big dent",
    "i'd like to report that a shopping cart damaged my car",
    "i need to open a claim",
    "something fell off a truck and hit my hood",
    "my car has been vandalized",
    "a tree is on my car",
    "my roof is dented from hail",
    "someone dinged my door",
    "i scraped the side of my car on a pillar",
    "my tire blew and i hit the barrier",
    "the wind slammed my door into another car",
]
"""Reports in other words than those above: each is one for the reader and for the stand-in model."""
ABOUT_COVER = [
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
    "would you pay if a tree fell on my car",
    "am i covered if i hit a deer",
    "do you cover windshields",
    "is my windshield covered",
    "i want to know if dents are covered",
    "can i add my new car",
    "what's my claim number",
    "i'd like to change my address",
    "how much is my premium",
    "when will my claim be paid",
    "i am calling about my existing claim",
    "what does comprehensive cover",
    "is glass included",
    "does it pay for a cracked windshield",
    "i got a letter from you",
    "can you hear me",
    "i didn't get my claim check",
    "did you get my claim",
    "what happens if my car is stolen",
    "i want to insure my new truck",
    "i sold my car",
    "my car is insured with you",
    "no claim",
    "what about my claim",
    "claim status",
    "i have not had an accident",
    "i lost my insurance card",
    "i ended up in your voicemail",
    "i got into your website",
    "my son is on my insurance",
    "my phone went off",
]
"""Questions about cover and earlier claims, and words that deny a loss."""


@pytest.mark.parametrize("said", IN_ANY_WORDS)
def test_a_loss_is_reported_in_any_words(said: str) -> None:
    assert reports_loss(said)
    assert stand_in_hears_a_report(said)


@pytest.mark.parametrize("said", ABOUT_COVER)
def test_a_question_about_cover_is_no_report(said: str) -> None:
    assert not reports_loss(said)
    assert not stand_in_hears_a_report(said)
