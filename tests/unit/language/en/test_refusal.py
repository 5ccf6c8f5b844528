"""What refuses plainly, and what only holds a word that denies."""

import pytest

from backend.language.consent import consent_in
from backend.language.en.refusal import refuses_plainly

RIGHT = "Your zip code is four three two one five. Is that right?"
FILE = "Shall I file the claim now?"
NOBODY = "So nobody was hurt. Is that right?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("no it was a saturday", "So it happened on Sunday. Is that right?"),
        ("oak street not avenue", "The accident happened on Oak Avenue. Is that right?"),
        ("that's not what i said", RIGHT), ("no that's my old one", RIGHT), ("nope that's not it", RIGHT),
        ("you got the street wrong", RIGHT), ("not quite", RIGHT), ("the second half isn't", RIGHT),
        ("not until i talk to my lawyer", FILE), ("don't bother", FILE), ("i'd rather you didn't", FILE),
        ("i don't think so", FILE), ("i'm not done telling you what happened", FILE), ("no use my cell", FILE),
        ("i don't want nothing filed", FILE), ("that's not right", FILE), ("no don't wait for me", FILE),
        ("not a word of that is right", FILE), ("i don't text", "May I text you the claim number?"),
        ("no my son hit his head", NOBODY), ("no that's wrong", NOBODY),
    ],
)  # fmt: skip
def test_who_refuses_or_puts_right(text: str, asked: str) -> None:
    assert refuses_plainly(text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("couldn't be righter", RIGHT), ("that's the one no question", RIGHT), ("never been anything else", RIGHT),
        ("well i won't argue with that", RIGHT), ("not that i know of", RIGHT), ("nothing stopping you", FILE),
        ("no need to ask twice just do it", FILE), ("never mind the questions just file it", FILE),
        ("is there any reason not to", FILE), ("no everyone walked away", NOBODY), ("no thank the lord", NOBODY),
        ("not that we know of", NOBODY),
    ],
)  # fmt: skip
def test_who_denies_something_else_is_asked_again(text: str, asked: str) -> None:
    assert not refuses_plainly(text, asked)
    assert consent_in("en-US", text, asked=asked, plainly=True) not in ("yes", "no", "correction")
