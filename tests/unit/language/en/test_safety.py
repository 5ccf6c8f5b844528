"""Who is hurt and who is safe, clause by clause."""

import pytest

from backend.language.en.safety import read_safety


@pytest.mark.parametrize(
    ("said", "injured", "safe"),
    [
        ("nobody was hurt", False, None), ("no one was injured", False, None), ("no we're all fine", False, None),
        ("nobody", False, None), ("we are fine and safe", False, True), ("no and yes", False, True),
        ("everyone is okay, we pulled over", False, True), ("just the car", False, None),
        ("the car was parked and empty", False, True), ("no injuries, i'm at home now", False, True),
        ("not hurt, but we're still on the highway", False, False), ("no ambulance needed we are fine", False, None),
        ("just a scratch on my knee i'm fine", True, None), ("i'm fine just a scratch on the car", False, None),
        ("i'm fine only a scratch to my left hand", True, None), ("not a scratch on my face", False, None),
        ("nobody was hurt but my neck is sore", True, None), ("i'm okay but my passenger is in pain", True, None),
        ("my daughter hit her head", True, None), ("yes i am hurt", True, None), ("i'm not okay", True, None),
        ("my wrist is swollen, otherwise fine", True, None), ("the other driver broke his leg", True, None),
        ("no", None, None), ("yes", None, None), ("yes we're safe", None, True), ("we're on the motorway", None, False),
        ("i don't think so", None, None), ("i scratched my door", None, None), ("the battery is dead", None, None),
        ("fine thanks", False, None), ("all good here", False, None), ("i feel okay", False, None),
        ("good morning i am afraid i had a little accident", None, None), ("okay so i had a crash", None, None),
        ("yes we are in a safe place", None, True), ("my car is fine", None, None),
        ("uh", None, None), ("i can't move the car", None, None),
        ("nope no one", False, None), ("oh no nobody", False, None), ("no no, no one was even there", False, True),
        ("no thank goodness i was in bed", False, True), ("not a scratch", False, None), ("no harm done", False, None),
        ("just shaken up", False, None), ("no just scared", False, None), ("everyone walked away", False, None),
        ("only the car", False, None), ("only my bumper", False, None), ("luckily not", False, None),
        ("no we all got out fine", False, None), ("nope all good", False, None), ("nobody's hurt", False, None),
        ("i told you nobody's hurt", False, None), ("i was asleep", False, True), ("nobody was around", False, True),
        ("yes my wife", True, None), ("my wife is", True, None), ("just my arm", True, None), ("me", True, None),
        ("no just a headache", True, None), ("nobody but my wife", True, None), ("everyone except me", True, None),
        ("nope no one apart from my son ben", True, None), ("nope", None, None), ("not at all", None, None),
        ("nah we good", False, None), ("we all good", False, None), ("the cyclist scraped his elbow", True, None),
        ("my wife bumped her head but she's okay, we're at home", True, True),
        ("only my pride", False, None), ("nothing but my ego", False, None), ("just our feelings", False, None),
        ("only my pride and my neck hurts", True, None), ("i feel kind of woozy", True, None),
        ("everything's blurry", True, None), ("she's lightheaded and throwing up", True, None),
        ("i don't think so i just feel kind of woozy and everything's blurry", True, None),
        ("i don't think so i'm just a bit dizzy", True, None), ("nobody's dizzy", False, None),
        ("i wasn't even going fast", None, None), ("it's not just the car", None, None),
        ("a bit shaken", None, None), ("no we're in traffic", None, False),
    ],
)  # fmt: skip
def test_an_answer_is_read(said: str, injured: bool | None, safe: bool | None) -> None:
    told = read_safety(said)
    assert (told.injured, told.safe, told.urgent) == (injured, safe, False)


@pytest.mark.parametrize(
    "said",
    [
        "my wife is bleeding", "i'm trapped in the car", "this is an emergency stop asking me questions",
        "she's not breathing", "i can't feel my legs", "he passed out",
        "someone needs an ambulance", "my son is badly hurt", "the car is on fire", "nobody is hurt but there's a fire",
        "please send an ambulance", "i'm stuck inside the car", "he isn't responding", "they can't get her out",
    ],
)  # fmt: skip
def test_help_is_needed_now(said: str) -> None:
    told = read_safety(said)
    assert told.urgent
    assert told.injured


@pytest.mark.parametrize(
    "said", ["nobody is bleeding", "there's no fire", "nobody is trapped", "we don't need an ambulance"]
)
def test_what_is_denied_is_no_emergency(said: str) -> None:
    assert not read_safety(said).urgent


@pytest.mark.parametrize(
    "said", ["i have my emergency lights on", "i pulled the emergency brake", "the emergency exit was shut",
             "he used the emergency exit", "i put my emergency flashers on", "i made an emergency stop"],
)  # fmt: skip
def test_things_that_are_named_after_one_are_no_emergency(said: str) -> None:
    assert not read_safety(said).urgent
    assert read_safety(f"{said}, this is an emergency").urgent


def test_who_is_looked_after_and_who_is_hurt_a_little() -> None:
    assert read_safety("my son broke his arm, the ambulance took him already").cared_for
    assert read_safety("he is being looked after by the paramedics").injured
    assert read_safety("my neck hurts a little").minor
    assert not read_safety("my neck hurts a little, and my son broke his arm").minor


@pytest.mark.parametrize(
    "said",
    [
        "good evening my daughter had an accident with my car",
        "my parked car was hit",
        "ok so i want to report an accident",
        "i ran into a pole but the car is okay",
        "i am fine but my car is not",
    ],
)
def test_unasked_nothing_but_words_about_everybody_says_that_nobody_is_hurt(said: str) -> None:
    assert read_safety(said, False).injured is None


@pytest.mark.parametrize("said", ["i had a crash but nobody was hurt", "we are all okay just the bumper is gone"])
def test_who_says_unasked_that_nobody_is_hurt_is_not_asked(said: str) -> None:
    assert read_safety(said, False).injured is False


@pytest.mark.parametrize(
    ("said", "injured"),
    [
        ("not me but the deer died", False), ("no just the deer", False), ("only the dog got hurt", False),
        ("nobody, just the cat", False), ("the dog is hurt", None), ("my dog's leg is broken", None),
        ("my son and the dog are hurt", True), ("i hurt my hand on the deer", True), ("the horse broke my arm", True),
        ("no but i'm pissed off", False), ("no i'm just mad", False), ("nope, only annoyed", False),
        ("no but i'm angry and my neck hurts", True),
    ],
)  # fmt: skip
def test_an_animal_and_a_bad_mood_hurt_nobody(said: str, injured: bool | None) -> None:
    told = read_safety(said)
    assert (told.injured, told.urgent) == (injured, False)


@pytest.mark.parametrize(
    "said",
    [
        "no i don't think so but i can't get my leg out", "my foot's caught", "my arm is stuck under the dash",
        "we can't get my daughter out", "they couldn't pull the driver free, he can't get loose",
    ],
)  # fmt: skip
def test_who_is_held_fast_needs_help_now(said: str) -> None:
    assert read_safety(said).urgent


@pytest.mark.parametrize(
    "said", ["my car is stuck in the ditch", "we can't get the car out of the mud", "i'm stuck in traffic"]
)
def test_a_car_that_is_held_fast_is_no_person(said: str) -> None:
    assert not read_safety(said).urgent


@pytest.mark.parametrize(
    ("said", "unsure"),
    [
        ("i don't think so", True), ("i don't i don't think so i'm shaking", True), ("not that i know of", True),
        ("probably not", True), ("i don't believe anyone is", True), ("i don't know", False), ("no", False),
    ],
)  # fmt: skip
def test_who_thinks_that_nobody_is_hurt_does_not_know_it(said: str, unsure: bool) -> None:
    assert (read_safety(said).unsure, read_safety(said).injured) == (unsure, None)


@pytest.mark.parametrize(
    ("said", "driving"),
    [
        ("no i'm fine i'm still driving", True), ("i'm driving right now and somebody clipped me", True),
        ("we're driving", True), ("i'm still behind the wheel", True),
        ("i'm doing seventy on the freeway right now so make it quick", True), ("i'm going sixty five", True),
        ("i'm on the highway right now", True), ("i was doing seventy on the freeway", False),
        ("i'm doing fine", False),
        ("i'm doing sixty and he cuts me off", False), ("i'm on the side of the road", False),
        ("i was driving home", False),
        ("i'm driving down main street and he hits me", False), ("my wife was driving", False),
    ],
)  # fmt: skip
def test_who_drives_while_they_speak(said: str, driving: bool) -> None:
    assert read_safety(said).driving is driving
