"""Somebody who gives no sign, in the words of a frightened caller, and what is no such thing."""

import pytest

from backend.language.en.peril import needs_help_now

NEEDED = [
    "my daddy crashed and he won't talk to me",
    "my dad crashed and he won't talk to me", "my mom crashed into a tree and she's not answering",
    "my grandpa flipped and he's not talking to me",
    "we hit a tree and my dad he won't talk to me", "daddy crashed the car and he doesn't answer",
    "we had an accident and my mom is not answering me",
    "my daddy isn't talking and there's red stuff on his shirt", "mommy won't answer me",
    "i think i hit somebody he's lying in the road", "there's a man lying on the ground",
    "the kid we hit is down in the road", "the other driver didn't make it",
    "my husband john died in a crash last night", "she just collapsed",
    "he's shaking all over and his eyes rolled back", "she's foaming at the mouth",
    "my mom is slumped over the wheel", "there's blood coming out of his ear", "he keeps passing out",
    "grandpa keeps drifting off", "my son was thrown from the bike", "i haven't felt the baby move since",
    "my baby hasn't moved", "everything is spinning", "i can't remember anything since", "i need my insulin",
    "i can't find my inhaler", "i took all my pills", "the cyclist isn't moving",
]  # fmt: skip
NONE = [
    "my dad called and he won't talk to me", "my mom smashed my phone and she won't talk to me",
    "my dad crashed into my car and he won't talk to me", "my mom crashed her car and she won't talk to me",
    "my dad crashed my car and he won't talk to me", "mom was in an accident and she won't talk to me about it",
    "my dad won't talk to me because i had an accident",
    "the guy is lying about the light", "the other driver isn't answering his phone", "my agent isn't answering",
    "he's not talking to me any more", "nobody was killed", "no one was lying in the road",
    "the deer is lying in the road", "no blood anywhere", "there was glass on the road",
    "the other car didn't make it through the light", "i didn't make it home", "we barely made it",
    "my wife died two years ago", "my engine died", "the car just stopped",
    "my baby is in the back seat and she's fine", "i can't remember the street", "i can't remember what time it was",
    "what day is it today saturday then it was yesterday", "i don't have my insurance card with me",
    "i took my medicine", "she's upset and crying", "the bike is down the road", "everything is fine",
    "the kid was on a bike but he's fine",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_somebody_who_gives_no_sign_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_collapse_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
