"""The notation in which a store writes words: alternatives, beginnings, pairs, weak ones and lists."""

import pytest

from backend.language.asked import Choice
from backend.language.store_words import expand, find, hints_of

LISTS = {"person": "somebody|a person"}


def _found(sign: str, clause: str) -> bool:
    return bool(list(find(hints_of([Choice(True, (sign,))], LISTS), clause)))


@pytest.mark.parametrize(
    ("sign", "clause", "there"),
    [
        ("towed", "it was towed", True),
        ("tow", "it was towed", False),
        ("bleed*", "he is bleeding", True),
        ("bleed*", "nosebleed", False),
        ("tow truck", "the tow truck came", True),
        ("tow truck", "a truck", False),
        ("cut|burned + arm|leg", "i burned my left arm", True),
        ("cut|burned + arm|leg", "my leg is cut", True),
        ("cut|burned + arm|leg", "i cut the rope", False),
        ("hurt + hurt my arm", "hurt my arm", False),
        ("@person", "give me a person", True),
        ("@nothing", "give me a person", False),
        ("no. 5", "no. 5", True),
        ("", "anything", False),
    ],
)
def test_a_sign_stands_in_a_clause(sign: str, clause: str, there: bool):
    assert _found(sign, clause) is there


def test_a_weak_sign_is_told_apart():
    (found,) = find(hints_of([Choice("claim", ("damage?",))], {}), "some damage")
    assert found.weak
    assert found.value == "claim"


def test_where_a_pair_begins_and_ends():
    (found,) = find(hints_of([Choice(True, ("arm + broken",))], {}), "my arm is not broken")
    assert (found.first, found.last) == (1, 4)


def test_true_and_one_are_two_values():
    one, other = hints_of([Choice(True, ("same",)), Choice(1, ("same",))], {})
    assert (one.value, other.value) == (True, 1)
    assert type(one.value) is not type(other.value)


def test_the_lists_of_a_store_are_put_in():
    assert expand(("cut + {body}", "{other}"), {"body": "arm|leg"}) == ("cut + arm|leg", "{other}")
