"""What the stand-in takes for an emergency, and words that only sound like one."""

import pytest

from stand_in.intent import is_emergency


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        ("my wife is bleeding", True),
        ("we need an ambulance", True),
        ("my dad is dying", True),
        ("an ambulance backed into my parked car", False),
        ("i was hit by an ambulance", False),
        ("i scraped an ambulance", False),
        ("my phone is dying so be quick i had an accident", False),
        ("the engine kept dying", False),
    ],
)
def test_a_thing_that_is_named_like_an_emergency_is_none(said: str, urgent: bool) -> None:
    assert is_emergency(said, asked_about_injuries=False) is urgent
