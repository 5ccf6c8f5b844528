"""Words of peril that are asked about, and the same words where nobody can be in danger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.en.peril import needs_help_now
from backend.language.en.possible_peril import may_need_help

ASKED = [
    "the baby isn't crying", "there's a piece of metal in his stomach", "her face has gone all puffy",
    "i'm diabetic and i'm going hypo",
    "we're on the tracks and it won't start", "i can't feel anything below my waist",
    "something under the hood is glowing",
    "i'm pregnant and i was in a crash", "the seat belt won't let go",
    "a pylon came down on the van", "there's water coming over the dash", "my nan's gone all limp",
    "there's a wire across the hood and it's buzzing", "his lips are blue", "she's gone gray in the face",
    "he's just slumped over the wheel", "my leg is under the seat", "we went into the river",
    "the engine bay is full of smoke", "there's a bit of smoke from the hood", "my grandson swallowed something",
    "this man has been following me since the exit", "there's some guy with a knife in the road",
    "my wife is having contractions", "he's having some kind of fit", "my dad took a load of his pills",
    "please help", "please come quick", "somebody get an ambulance", "i'm locked in and it's getting hot",
    "i can feel my chest going tight", "i hit a deer, a bit of smoke from the hood but it stopped",
    "there's gas leaking everywhere and my wife is still inside", "the creek's coming up round the doors",
    "i think my dad's dead", "there's blood on the seat", "he fainted at the wheel",
    "my son can't catch his breathing", "she looks grey", "the hood's burning",
]  # fmt: skip
NEVER = [
    "rear-ended at a light, nobody hurt", "the airbag smoke made me cough", "i'm stuck in traffic",
    "the water pump went", "a chest of drawers fell on my car", "my dead battery",
    "my battery is dead and i need a jump", "i was at a gas station", "i hit a fire hydrant",
    "i was under the bridge", "help me file a claim", "can you help me with my claim",
    "it happened in front of the fire department", "i live on river street", "i parked by the river",
    "i got hit by an ambulance", "my policy is under my wife's name", "i'm in a hurry", "hurry up already",
    "i'm under the impression i have full coverage", "there was a fire last week", "nobody is bleeding",
    "am i covered for fire", "does it cover water damage", "the car died on me", "he ran a red light and hit me",
    "the cable company truck hit my van", "a power line fell on my car but nobody was in it",
    "he was following me too closely and hit me", "the guy following me hit me from behind", "i got stuck in the mud",
    "somebody broke into my car and took my bag", "i had the baby coming home from hospital",
    "my chest freezer got damaged", "i took my blood pressure pills this morning", "there was smoke but it's out now",
    "i need to add my pregnant wife", "my daughter is diabetic does that change my rate",
    "i couldn't open my door after the crash", "i don't feel it was my fault", "i can't see my claim online",
    "a branch went through my windshield", "something is sticking out of my tire", "he cut in and out of traffic",
    "the passenger door doesn't open", "the smoke alarm went off", "everybody is fine but the car was on fire",
    "a burning question",
    "my phone is dying", "it cost me an arm and a leg", "stroke of luck", "a stabbing pain in my wallet",
    "the wires were hanging under the dash", "a good fit", "i need help", "water got in through the sunroof",
    "somebody shot my mailbox", "my tire blew out", "the shoulder of the highway", "the parts and labor",
]  # fmt: skip
WELL = ["nobody is hurt", "no one was injured", "everybody is fine"]


@pytest.mark.parametrize("said", ASKED)
def test_who_may_be_in_danger_is_asked_or_surely_is(said: str) -> None:
    assert may_need_help(said) or needs_help_now(said)


@pytest.mark.parametrize("said", NEVER)
def test_nobody_is_asked_who_only_names_such_a_thing(said: str) -> None:
    assert not may_need_help(said)


@given(st.sampled_from(ASKED), st.sampled_from(WELL), st.booleans())
def test_no_account_by_which_nobody_is_hurt_is_asked_about(said: str, well: str, first: bool) -> None:
    assert not may_need_help(f"{well}. {said}" if first else f"{said}. {well}") or needs_help_now(said)
