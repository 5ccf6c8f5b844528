"""Who needs help this very moment, in English, and what only sounds like it or is over."""

import pytest

from backend.language.en.peril import needs_help_now
from backend.language.en.safety import read_safety

NEEDED = [
    "i was going to work but now my chest feels tight and my arm is numb",
    "i have chest pains", "there's a pressure on my chest", "my chest hurts when i talk",
    "no but my chest is killing me",
    "nobody's hurt but i smell gasoline and something is dripping", "it smells like gas in here", "we smell smoke",
    "the lights went out and there's a burning smell from the meter box", "gas is pouring out under the truck",
    "i'm still in the car there's smoke coming out of the hood", "the engine's smoking", "there's a fire in the back",
    "the other driver is banging on my window and he's got a bat i'm scared", "he has a gun",
    "somebody's shooting", "he's trying to drag me out", "the guy keeps hitting my husband", "they're chasing us",
    "we got hit and my mom she won't wake up", "he isn't responding", "my friend is not moving",
    "i was in a crash i can't breathe", "she's having trouble breathing", "he's turning blue",
    "i can't catch my breath",
    "they're still pointing the gun at him", "he's banging on the window with a hammer", "he's gone blue",
    "somebody broke in and they're downstairs", "we got robbed and he's still outside", "i can see the bone",
    "i took a load of pills", "he jumped off the bridge", "he got a shock off the meter and he's on the floor",
    "the ceiling came down on my mum", "a tree fell on us", "my neighbor was electrocuted",
    "i'm bleeding", "she's still bleeding badly", "it won't stop bleeding", "my son's unconscious",
    "i crashed and my baby is stuck in the back i can't get the door open", "we're trapped",
    "i'm locked inside the car",
    "i can't feel my legs", "i can't move my neck", "we can't get her out", "i can't get my foot out",
    "i feel like i'll pass out", "i'm about to faint", "she's having a seizure", "my wife is in labor",
    "please send an ambulance", "we need the fire department", "my dad needs an ambulance", "get me 911",
    "i told you he's not breathing", "no i'm trapped", "yes this is an emergency", "the car is on fire",
    "my face is swollen and i can't swallow", "his oxygen is running out", "the ventilator stopped",
    "my car died in the left lane of the interstate and trucks are flying by", "we're stuck on the railroad tracks",
    "the battery on her oxygen is about to die", "his ventilator battery is almost dead", "my wife's water just broke",
    "my dad he's diabetic and he's not making any sense right now", "her oxygen tank is running low",
    "the battery on my mom's oxygen machine is dying", "my mother is not making any sense",
    "the power is out and my mom is on oxygen", "we lost power and he needs his ventilator",
    "my face is so swollen i can hardly swallow", "i'm fine just my arm's gone kind of numb", "my leg went numb",
    "she can barely even swallow", "i don't know my zip he is bleeding", "no one is hurt there's smoke everywhere",
]  # fmt: skip
NONE = [
    "a tree fell on my mom's car", "a wall fell on my son's bike", "the tree fell on us last week but we're fine",
    "he fell off the roof of his truck", "my son fell off the balcony two years ago", "he was electrocuted in 1990",
    "i took a lot of my medication this morning", "i could see the bone in the x-ray", "the baby is coming with us",
    "a tree fell on my car", "the shelf fell on the floor", "somebody broke into my car and it's outside",
    "we were robbed last week and the box is still there", "i took a load of pictures", "the police are outside",
    "he was pointing at the gun shop", "nobody jumped off the bridge", "the car is on the second floor",
    "my mailbox got knocked on the ground", "i took one pill for the pain", "he's banging on about the price",
    "there was smoke coming out of the hood", "the car caught fire last night",
    "he was bleeding and they took him away",
    "i couldn't breathe for a second but i'm fine", "the police called an ambulance", "they had to call an ambulance",
    "nobody needs an ambulance", "i don't think i need an ambulance", "we don't need paramedics", "no chest pain",
    "there's no smoke", "i don't smell gas", "i don't think he's unconscious", "i had chest pains yesterday",
    "my car is stuck in the ditch", "we can't get the car out of the mud", "i can't get out of the parking lot",
    "i'm stuck in traffic", "i'm stuck in the house without a car", "i'm dying to get this over with",
    "my phone isn't responding", "he's not responding to my calls", "the other driver won't move his car",
    "my face is still numb from the shot", "i can hardly swallow that price", "my arm was numb for a while",
    "it's an emergency vehicle that hit me", "my gums are bleeding", "this is not an emergency",
    "i have my emergency lights on", "who pays for the ambulance", "i need the ambulance bill paid", "i can't wait",
    "i can't move the car", "the smoke alarm went off", "the fire department came", "i feel much better now",
    "my husband is going to kill me", "it smells terrible", "i'm stuck on this form", "you won't wake me up with that",
    "the battery on the car is dead", "a water main broke", "you're not making any sense", "the power is out at home",
    "my mom is on oxygen", "the power was out and she was on oxygen",
    "this is not making any sense", "my car's water pump broke", "she has an oxygen tank in the trunk",
    "traffic is terrible", "people are staring", "i'm on the right track", "the cars were flying by",
    "my heart is still racing", "i've got a bad feeling", "the battery is dead", "it ran out of gas",
    "the bumper is hanging off", "my back is killing me", "i was trapped for an hour until they got me out",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_help_is_needed_this_very_moment(said: str) -> None:
    assert needs_help_now(said)
    assert read_safety(said, False).urgent


@pytest.mark.parametrize("said", NONE)
def test_what_is_over_denied_or_a_manner_of_speaking_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
