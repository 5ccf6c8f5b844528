"""What a story says in passing of a car that drives or does not; words for how it came to it say nothing of that."""

import pytest
from fnol_form import ABOUT, FORM, NOON, STORE

from backend.forms.about import About
from backend.forms.form import Form
from backend.forms.spotting import spot

DRIVABLE = FORM.field("vehicle_drivable")
SPANISH = About(Form(STORE.forms["fnol"], "es-US"), NOON)


@pytest.mark.parametrize(
    "said",
    [
        "i just had a wreck", "i was in a wreck on the highway", "my nephew wrecked the mazda",
        "i was stuck in traffic and got rear ended", "i was at a dead stop and a truck hit me", "i hit a dead deer",
        "a tow truck backed into me", "i was towing a trailer and it hit a car", "a flatbed clipped my mirror",
        "i had just finished work and hit a pole", "someone hit my car in the body shop parking lot",
        "junk fell off a truck onto my hood", "he came out of a salvage yard and hit me", "my phone was dead",
    ],
)  # fmt: skip
def test_how_it_came_to_it_says_nothing_of_whether_the_car_drives(said: str) -> None:
    assert spot(DRIVABLE, said, ABOUT).value is None


@pytest.mark.parametrize(
    "said",
    [
        "he hit me and my car had to be towed", "a tow truck took it away", "my car is totaled", "it won't start",
        "we ended up on our roof, i mean the car is upside down", "it's totally wrecked", "the car can't be driven",
        "the damage is worse than i said, the car does not drive anymore",
    ],
)  # fmt: skip
def test_a_car_that_does_not_drive_is_told_in_passing(said: str) -> None:
    assert spot(DRIVABLE, said, ABOUT).value is False


@pytest.mark.parametrize(
    ("said", "drives"),
    [
        ("una grúa me pegó por atrás", None), ("iba arrastrando un remolque y me chocaron", None),
        ("se lo llevó la grúa", False), ("el carro ya no camina", False), ("fue pérdida total", False),
    ],
)  # fmt: skip
def test_in_spanish_too(said: str, drives: bool | None) -> None:
    assert spot(DRIVABLE, said, SPANISH).value is drives
