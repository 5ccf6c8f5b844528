"""A yes that is told of another one than a question was about."""

import pytest

from backend.language.asked import Choice
from backend.language.en.lists import LISTS
from backend.language.en.whom import is_of_another
from backend.language.store_words import hints_of

HINTS = hints_of([Choice(True, ("hurt*", "line + down")), Choice(None, ("line + internet",))], LISTS)
YOU, ANYBODY, THING = "Are you in any pain?", "Was anybody hurt?", "Is a power line down?"


@pytest.mark.parametrize(
    ("words", "question", "another"),
    [
        ("my husband is", YOU, True),
        ("my back does", YOU, True),
        ("my son's arm hurts", YOU, True),
        ("my arm hurts", YOU, False),
        ("i am", YOU, False),
        ("it hurt but it's gone now", YOU, True),
        ("it hurt but it stopped", YOU, True),
        ("it was hurting it's better now", YOU, True),
        ("the pain is gone", YOU, True),
        ("it went away but it came back", YOU, False),
        ("it hurts, it's not gone", YOU, False),
        ("it hurts better than yesterday", YOU, False),
        ("my arm hurt but it's gone now", ANYBODY, False),
        ("my husband is", ANYBODY, False),
        ("my son's arm hurts", ANYBODY, False),
        ("the line is down i've got no internet", THING, True),
        ("the line is down", THING, False),
        ("it is", THING, False),
    ],
)
def test_a_yes_belongs_to_whom_it_names(words: str, question: str, another: bool) -> None:
    assert is_of_another(words, question, HINTS) is another
