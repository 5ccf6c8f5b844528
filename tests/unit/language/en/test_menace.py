"""Who is in danger of another comes to a person, and who tells how it came to the damage does not."""

import pytest

from backend.language.en.peril import needs_help_now

NEEDED = [
    "this guy hit me and now he's following me", "somebody is chasing us", "i think i'm being followed",
    "they're coming after me with a bat", "he won't let me leave", "she won't let us go", "he pulled out a gun",
    "he's got a knife", "he got out with a crowbar", "he punched me in the face", "he's choking me",
    "a man attacked my wife", "my boyfriend did it on purpose and he's outside my door right now",
    "my ex he's waiting in front of my house", "i can't really talk he's listening",
    "i have to be quiet he'll hear me", "i'm hiding behind the gas station", "he said he's going to kill me",
    "she says she'll hurt us", "i'm afraid he'll come back", "i'm scared for my life",
    "a man just took my card and he's still here with a knife", "there's a guy with a gun outside",
    "she's standing right here with her knife",
]  # fmt: skip
NONE = [
    "he was following me too closely and hit me", "i'm following up on my claim",
    "the policeman's following me to the station", "my dad's gonna kill me he loves this car",
    "my husband will kill me", "they won't let me go to work without a car", "he came after me at the light",
    "he's coming with the tow truck", "he hit me", "a guy hit me and drove off", "he punched my window in",
    "someone kicked my door", "he kicked my car", "he got out and yelled at me", "he has a dent in his door",
    "he's outside my car looking at the damage", "my neighbor is outside", "he's watching the game",
    "a hammer fell on my hood", "i was scared", "he's not following me any more", "the cat is hiding",
    "he wouldn't stop talking", "he is still here with his hammer fixing my door", "he was there with a knife once",
    "he's still here with a tow truck",
]  # fmt: skip


@pytest.mark.parametrize("said", NEEDED)
def test_who_is_followed_held_beaten_or_not_free_to_speak_needs_help_now(said: str) -> None:
    assert needs_help_now(said)


@pytest.mark.parametrize("said", NONE)
def test_what_only_sounds_like_a_threat_is_none(said: str) -> None:
    assert not needs_help_now(said)
