"""A name, and what is told with it."""

import pytest

from backend.language.en.name_beside import told_with_it


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my maiden name was fox but it's julia hunter now", "julia hunter"),
        ("you can call me mike but it's michael stern", "michael stern"),
        ("i go by t j but the full name is timothy james boyd", "timothy james boyd"),
        ("evan lowe he was tired", "evan lowe"),
        ("i used to be fox it's julia hunter now", "julia hunter"),
        ("it was fox and i'm julia ann hunter these days", "julia ann hunter"),
        ("evan lowe no relation", "evan lowe"),
        ("evan lowe no relation to the painter", "evan lowe"),
        ("evan lowe like the famous painter", "evan lowe"),
        ("evan lowe i'm sorry about my accent", "evan lowe"),
        ("evan lowe i can spell it if it helps", "evan lowe"),
        ("l e e not l e i g h", "l e e"),
        ("w e b e r not double b", "w e b e r"),
    ],
)
def test_the_name_stands_without_it(said: str, name: str) -> None:
    told = told_with_it(said)
    assert told is not None
    assert told.name == name
    assert told.spelled is (" not " in said)


@pytest.mark.parametrize(
    "said",
    [
        "julia hunter",
        "evan lowe he was called lowell",
        "evan lowe he is not",
        "it's fox but julia hunter",
        "lee",
        "i used to be fox",
        "it was not fox it's julia hunter now",
        "evan lowe like the sound",
        "evan low like low tide",
    ],
)
def test_what_may_turn_it_is_not_only_told(said: str) -> None:
    assert told_with_it(said) is None
