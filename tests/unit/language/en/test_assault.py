"""Who is shot at, stabbed, held or broken in on, in English, and what only sounds like it or is over."""

import pytest

from backend.language.en.peril import needs_help_now

NEEDED = [
    "two lads with a machete outside the shop", "there's a bloke outside with a knife",
    "there are armed men in the bank", "he's armed", "they've got guns", "someone's breaking in",
    "there's somebody in my house", "i can hear gunshots", "i've been stabbed", "she's been shot",
    "my husband's hitting me", "i've cut my wrists", "she's swallowed bleach",
]  # fmt: skip
NONE = [
    "someone's in my house fixing the boiler", "there's somebody in the house to let you in", "he's in my house",
    "there's someone in my house all day", "they have knives for sale",
    "my husband's hitting me up for money", "i heard shots from the hunters", "my brother got shot in the war",
    "nobody's armed", "i live on knife street", "my nail gun was stolen", "she was shot last year",
    "i heard gunshots yesterday", "a man with a tow truck", "my son is hitting the drums",
    "the cable guy is in my house", "he cut his finger", "if he's armed what then",
    "they have a gun shop next door",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_is_attacked_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_is_over_or_no_attack_is_no_need(said: str) -> None:
    assert not needs_help_now(said)
