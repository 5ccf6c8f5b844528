"""Fire, water, wires and attackers around people, and what only sounds like them."""

import pytest

from backend.language.en.peril import needs_help_now

NEEDED = [
    "the bonnet's gone up in flames", "we're in the river", "we've gone off the road into a lake",
    "we hit a gas main", "there's fuel running down the road", "pylon came down on the van",
    "the wire's on the bonnet and we're in it", "there's a live wire lying across the roof",
    "a tree's fallen on us", "the tanker's tipped over and it's leaking",
    "i locked my keys in with my little girl inside", "there's a dog shut in this car and he's panting",
    "i've shut the door and the baby's in there the keys are on the seat", "he's trying to smash my window",
    "my boyfriend's beating me up", "there's someone breaking into my house", "a man is dragging a woman out",
    "the lorries are missing us by inches", "it's pitch dark in the lane and they can't see me",
]  # fmt: skip
NONE = [
    "a pylon came down on the street last week", "a tree's come down on my hood",
    "the wire's on the roof of the shed", "my boat is in the lake",
    "he went into a lake of debt", "the dog was in the back but he's okay", "somebody smashed my window last night",
    "my wife is missing me", "i went into the river but they got us out", "the kids are in the pool",
    "he's hit me from behind", "i can't see you on the map",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_what_happens_around_people_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_is_over_or_harms_nobody_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
