"""Who has lost somebody asks for papers to be put in order; whoever tells of a death of this moment needs help now."""

import pytest

from backend.language.en.bereavement import may_have_died, mourns
from backend.language.en.peril import needs_help_now
from backend.language.en.possible_peril import may_need_help

MOURNED = [
    "my mother passed away and i need to take her off the policy", "my husband passed away",
    "my husband passed away and his name is still on the policy",
    "my dad passed this morning and i need to know what to do",
    "my mother's dead and you people keep billing her", "our baby died in the autumn and you keep sending letters",
    "my mother died and my father is now the only one on it", "my aunt passed away and i inherited her house",
    "my grandpa just died and grandma wants to sell the boat", "the policy holder died i'm his daughter",
    "there's been a death in the family and i need to change my due date", "my mom is dead i need to cancel",
    "my uncle died and left me his bike", "he died in the hospital and we want to stop the payments",
]  # fmt: skip
NOW = [
    "my husband just died in the car", "my dad died just now", "my wife's dead i came home and she's dead",
    "i found my dad dead", "i think my husband died", "my son is dead on the road", "she died in my arms",
    "the guy on the bike is dead", "i was in an accident and my husband died", "there was an accident and a lady died",
    "my mother in law just passed away right here on the couch", "i think i killed him", "she's dead she's dead",
    "the man died on impact we need help", "my husband's dead on the couch", "somebody died in the accident just now",
]  # fmt: skip
ASKED = [
    "my mom died", "my baby died", "the other driver died",
    "my ex was killed in an accident and i'm still paying for his coverage",
]  # fmt: skip
NOTHING = [
    "my battery died", "my phone is dead", "we thought he was dead but he was asleep", "he's dead set on it",
    "my sister passed me the phone", "she passed her test", "nobody died", "the deer died",
]  # fmt: skip


@pytest.mark.parametrize("said", MOURNED)
def test_who_mourns_is_in_no_danger_and_is_not_asked(said: str) -> None:
    assert mourns(said) and not needs_help_now(said) and not may_need_help(said)


@pytest.mark.parametrize("said", NOW)
def test_a_death_of_this_moment_is_an_emergency(said: str) -> None:
    assert needs_help_now(said) and not mourns(said)


@pytest.mark.parametrize("said", ASKED)
def test_a_death_of_which_nothing_says_when_it_was_is_asked_about(said: str) -> None:
    assert may_need_help(said) and not needs_help_now(said) and not mourns(said)


@pytest.mark.parametrize("said", NOTHING)
def test_what_is_nobodys_death_is_none(said: str) -> None:
    assert not needs_help_now(said) and not mourns(said) and not may_have_died(said)


@pytest.mark.parametrize(
    ("said", "believed"),
    [("my husband died", True), ("my husband died in march", False), ("my mom died and her bill is due", False)],
)
def test_who_is_asked_about_the_hurt_is_believed_a_death_of_which_nothing_says_otherwise(
    said: str, believed: bool
) -> None:
    assert may_have_died(said) is believed
