"""Whom an answer is spoken to, and how people swear, changes no answer."""

import pytest

from backend.language.en.consent import read_consent
from backend.language.en.manners import plain_speech


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("i was dear", "i was"), ("just mine, dear", "just mine"), ("no, honey, nobody", "no, nobody"),
        ("yes sir", "yes"), ("in boston mass ma'am", "in boston mass"), ("oh dear, two of them", "two of them"),
        ("a red car man", "a red car"), ("hell yes", "yes"), ("fuck yeah", "yeah"), ("two goddamn cars", "two cars"),
        ("no i'm fucking fine", "no i'm fine"), ("going to work for christ's sake", "going to work"),
        ("it was a man", "it was a man"), ("it was some dude", "it was some dude"), ("my buddy", "my buddy"),
        ("it was an old man", "it was an old man"), ("with my mate", "with my mate"), ("sir", "sir"),
        ("my mate dave was driving", "my mate dave was driving"), ("a bloody nose", "a bloody nose"),
        ("damn", "damn"), ("on christmas of all days", "on christmas"),
        ("ten dollars believe it or not", "ten dollars"),
        ("i believe it is not", "i believe it is not"), ("memorial day, can you believe it", "memorial day"),
        ("yes goddammit", "yes"), ("yes god damn it", "yes"),
        ("two cars, i already told you", "two cars"),
        ("on clark street in chicago like i said before", "on clark street in chicago"),
        ("i was, for the third time", "i was"), ("i already told you", "i already told you"),
        ("he told you", "he told you"), ("he hit it for the third time", "he hit it for the third time"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_left_out_and_nothing_else(text: str, plain: str) -> None:
    assert plain_speech(text) == plain


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("hell yes", "yes"), ("yes dear that's right", "yes"), ("damn right", "yes"), ("hell no", "no"),
        ("damn it no", "no"), ("yes sir but it was wednesday", "correction"), ("1", "unclear"), ("2", "unclear"),
        ("can't complain that's right", "hedged"),
    ],
)  # fmt: skip
def test_a_yes_stays_one_and_a_no_too(text: str, consent: str) -> None:
    assert read_consent(text, asked="Is that all correct?") == consent


def test_a_key_that_was_offered_is_an_answer() -> None:
    assert read_consent("1", keys=True) == "yes"
    assert read_consent("2", keys=True) == "no"
