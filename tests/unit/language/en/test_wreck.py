"""Somebody in a wreck who cannot help themselves, and what is a plain report, over, or a manner of speaking."""

import pytest

from backend.language.en.peril import needs_help_now
from tests.unit.language.en.asking import Ask

NEEDED = [
    "the car rolled over and my wife is still inside", "we rolled and i'm hanging by my seat belt",
    "the truck's on its side and the driver's still in it", "the steering wheel has me pinned",
    "the dash is crushing my legs", "my legs are crushed", "my foot is trapped under the pedal",
    "he's stuck under the truck", "there's a man under my car", "a kid got run over and he's under the wheels",
    "i hit a cyclist and she isn't getting up", "the other driver is slumped over the wheel",
    "the man in the truck is not responding", "the guy in the other car is trapped",
    "he doesn't have a pulse", "there's no pulse", "i don't think he's breathing", "i can't tell if she's breathing",
    "i don't know if he's alive", "blood's pouring out of his leg", "there's blood all over",
    "the tanker is leaking something and it stinks of gas", "the electric wires are down on the car and it's sparking",
    "the back wheels are off the bridge", "the ice is cracking under us", "the train is coming",
    "the battery is burning", "it's going to explode", "it's about to blow up", "fire's spreading",
    "there's a crash and people are screaming inside", "my son's lips are blue", "he's drowning in the river",
    "the car is upside down and the doors won't open", "my truck's in the lake and i can't get my belt off",
    "the doors are jammed and there's smoke",
]  # fmt: skip
NONE = [
    "the car rolled over but we all got out", "my truck rolled into a tree", "the car landed upside down",
    "my car flipped last week and the passenger door won't open", "the car was upside down when i came back",
    "water is coming in through the sunroof when it rains", "i'm upside down on the car loan",
    "the driver side door is jammed but i'm out", "the hood is crushed", "my door is crushed in",
    "my wallet is still inside",
    "there's a guy inside the store who saw it", "she's calling for help with her claim", "i'm drowning in paperwork",
    "the front of my car is over the edge of the driveway", "the people behind me are not moving",
    "he pinned my car in at the parking lot", "he's pinned it on me", "the car is burning oil since then",
    "he was trapped but they got him out", "the driver was slumped over and they took him",
    "i was hanging by my seat belt until they cut me out", "no one is trapped or bleeding", "nobody is under the car",
    "the car flipped but i'm okay and so is my wife she's still in shock", "what if the car is on fire",
    "my truck is on its side in a ditch nobody's in it", "the bumper is hanging by a thread", "i'm hanging up",
    "the train was coming so i stopped and he rear ended me", "my airbag exploded", "it's leaking something green",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_cannot_get_out_of_it_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_a_plain_report_is_no_need(said: str) -> None:
    assert not needs_help_now(said)


@pytest.mark.parametrize(
    "said", ["we're upside down in the ditch and water is coming in", "i want to kill myself", NEEDED[0]]
)
def test_it_is_an_emergency_whatever_the_topics_of_a_line_say(ask: Ask, said: str) -> None:
    assert ask("intent", "How can I help you?", said).value == "emergency"


def test_a_report_of_a_wreck_stays_one(ask: Ask) -> None:
    assert ask("intent", "How can I help you?", NONE[0]).value == "claim"
