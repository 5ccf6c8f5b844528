"""Whole answers that agree or refuse though they hold a number, a day or a word that denies."""

import pytest

from backend.language.consent import consent_in

TIME = "I have Monday at two for the inspection. Does that work for you?"
FILE = "Shall I file the claim now?"
RIGHT = "It happened on Friday, November 20th at a quarter to eight. Is that right?"
NUMBER = "The house number is ten five. Is that right?"
NOBODY = "So nobody was hurt. Is that right?"


@pytest.mark.parametrize(
    ("text", "asked", "consent"),
    [
        ("ten four", RIGHT, "yes"), ("yeah 10-4 good buddy", FILE, "yes"), ("hard pass", FILE, "no"),
        ("um i'm gonna pass on that thanks", FILE, "no"), ("monday's no good for me", TIME, "no"),
        ("sorry that's no good i'm on shift", TIME, "no"), ("monday is no good because we're away", TIME, "no"),
    ],
)  # fmt: skip
def test_it_says_so_as_a_whole(text: str, asked: str, consent: str) -> None:
    assert consent_in("en-US", text, asked=asked, plainly=True) == consent


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ten four", NUMBER), ("ten four fifteen", RIGHT), ("at ten four", RIGHT), ("i'll pass it on", FILE),
        ("monday's no good but i can do tuesday", TIME), ("monday's no good i could do three though", TIME),
        ("friday's no good", TIME), ("monday's no good i think", TIME), ("friday's no good", RIGHT),
    ],
)  # fmt: skip
def test_what_holds_more_or_was_not_offered_is_neither(text: str, asked: str) -> None:
    assert consent_in("en-US", text, asked=asked, plainly=True) not in ("yes", "no")


@pytest.mark.parametrize("text", ["ten four", "hard pass"])
def test_beside_a_denial_it_says_nothing(text: str) -> None:
    assert consent_in("en-US", text, asked=NOBODY, negative=True) not in ("yes", "no")
