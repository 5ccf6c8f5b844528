"""A place that is about to harm somebody, and what is over, far or no danger."""

import pytest

from backend.language.en.peril import needs_help_now

NEEDED = [
    "i slid into a creek and the water is coming up", "the car is filling with water", "we're sinking",
    "the river keeps rising", "a pole came down and there's a wire sparking on my hood",
    "there's a power line across my roof", "we're hanging off the edge of the bridge",
    "the truck is about to slide into the canal", "my car is stuck on the tracks", "we're upside down in a ditch",
    "flames are coming out of the hood", "it just caught fire", "the tree is about to come down on us",
    "my keys are locked in the car and my toddler is inside and it's a hundred degrees",
    "the baby is locked in the car", "the car locked itself and my son is inside",
    "a power line fell on my car and my kid is inside", "a power line came down on us and i'm still in it",
    "the utility cable is lying across the hood and my wife's still inside",
]  # fmt: skip
NONE = [
    "the water is up to date", "my car was filled with water yesterday", "it's raining and the water is high",
    "a tree fell on my car", "a power line fell on my car last week", "the line is bad", "nothing is on fire",
    "my baby is in the back seat and she's fine", "the kid locked the keys in the car",
    "my son is in the car with me", "the keys are locked in the car", "i got the car out of the ditch",
    "he went through the light", "i'm going over the bridge now", "the side of the bridge",
    "my phone is about to die", "a tree's come down on my hood", "the roof's fallen in",
    "the power line is down and we're inside the house", "a power line fell on my car but nobody was in it",
    "the power line runs over my street and i'm in there twice a week",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_is_where_harm_is_about_to_come_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_is_over_or_no_danger_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
