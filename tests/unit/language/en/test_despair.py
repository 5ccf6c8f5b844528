"""Who speaks of ending or harming their own life, in English, and what only sounds like it."""

import pytest

from backend.language.en.despair import despairs
from backend.language.en.safety import read_safety

WISHES = [
    "a truck hit me and honestly i wish it had finished me off",
    "i wish he'd killed me",
    "the truck should have just killed me",
    "i wish i hadn't survived",
    "nobody would miss me",
    "i crashed my car and i don't want to live anymore",
    "i don't care anymore i just want to kill myself",
    "i did it on purpose i wanted to kill myself",
    "i'm thinking about ending it all",
    "i'm going to end my life tonight",
    "my son is suicidal and he took the car",
    "i wish i was dead",
    "i wish i had died in that crash",
    "everyone would be better off without me",
    "i'm having thoughts of suicide",
    "she's threatening to hurt herself",
    "i just wanna die",
    "i might hurt myself",
    "there's no reason to live",
    "i can't go on living like this",
    "i'm going to jump off the bridge",
    "he said he's going to kill himself",
    "i feel like i could hurt myself",
    "i feel like hurting myself",
    "i may just cut myself",
    "i'm thinking of cutting myself",
    "i'm going to have to hurt myself",
    "i feel like kind of hurting myself",
]
NONE = [
    "i wish it had not happened",
    "i wish the car had stopped",
    "it would have killed me",
    "he would have killed me if i hadn't braked",
    "i hope i never have to do this again",
    "i'm sorry i didn't call earlier",
    "i can't take this anymore just give me a person",
    "my wife is going to kill me i hit the garage door",
    "i almost killed myself",
    "i nearly killed myself on that ice",
    "i could have killed myself",
    "i hurt myself in the crash",
    "i cut myself on the glass",
    "i'm not going to kill myself over a dent",
    "i don't want to die",
    "i was in the suicide lane when he hit me",
    "my battery died",
    "the deer died",
    "i thought i was going to die",
    "the traffic is killing me",
    "i live on main street",
    "i don't want to live with this dent for weeks",
    "i'd die for a coffee",
    "he almost killed us",
    "i don't want to wake up my kids",
    "i'm not suicidal",
    "he could have hurt himself",
    "i was dying to get home",
    "my phone is about to die",
    "i may have hurt myself",
    "i might have cut myself on the glass",
    "i might have really hurt myself",
    "i feel like i hurt myself",
    "it feels like i really cut myself",
    "she may have hurt herself when we hit the tree",
]


@pytest.mark.parametrize("text", WISHES)
def test_who_wants_to_die_or_to_harm_themselves_is_heard_and_needs_help_now(text: str) -> None:
    assert despairs(text)
    assert read_safety(text, asked=True).urgent
    assert read_safety(text, asked=False).urgent


@pytest.mark.parametrize("text", NONE)
def test_a_near_miss_a_denial_or_a_turn_of_speech_is_no_such_wish(text: str) -> None:
    assert not despairs(text)
