"""Who is in a bad way now, and who is well after all."""

import pytest

from backend.language.en.peril import needs_help_now

NEEDED = [
    "my nan's collapsed", "my mum's just keeled over in the kitchen", "my passenger's having a seizure right now",
    "he's been stung and his throat's closing up", "my dad's stopped shivering", "his arm's been nearly cut off",
    "my foot's jammed under the pedals", "he went through the windscreen",
    "she hit her head and now she's talking gibberish", "she's diabetic and she's not coming round",
    "i think the other driver's dead", "i hit a kid", "i've just run somebody over",
    "my daughter swallowed a whole bottle of tablets", "i took all my pills last night",
    "somebody has been shot outside",
]  # fmt: skip
NONE = [
    "my grandma collapsed but she's fine now", "i hit a kid's bike", "i ran into somebody i know at the store",
    "he hit a man's fence", "my boy fainted when he saw it but he's okay", "the policyholder is dead",
    "my battery's dead", "the phone's gone dead", "took all of my pills as usual", "my son swallowed his pride",
    "my dad had a stroke in twenty nineteen", "she's lost her phone", "i hit a cyclist two years ago",
    "nobody collapsed", "that's how he lost his eye", "he went through the light",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_is_in_a_bad_way_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_who_is_well_or_was_hurt_long_ago_needs_none(said: str) -> None:
    assert not needs_help_now(said)
