"""Of whom a caller spoke as of somebody else, they are not, whatever details they give."""

import pytest

from backend.language.en.spoken_of import speaks_of

OF_ANOTHER = [
    "hi i'm a public adjuster working for john smith i'd like to check his deductible",
    "my tenant john smith had a wreck and left me his details", "i need the address you have for john smith",
    "i do the books for john smith and i need his details", "i'm calling on behalf of john smith",
    "i'm calling about john smith", "john smith wants to know what he pays", "our member john smith isn't well",
    "i have a guest john smith here", "it's about mr smith", "i'm trying to reach john smith",
    "what is john smith's deductible", "can you pull the file for john allen smith",
]  # fmt: skip
OF_THEMSELVES = [
    "john smith", "this is john smith and i had a wreck", "my name is john smith", "hello i'm john smith",
    "it's john smith",
    "john smith is my name", "john smith calling about my policy", "you're speaking with john smith",
    "my full name is john smith", "my last name's smith", "john smith here i was hit", "i hit a guy named john",
    "call me john smith",
    "my wife anna smith was with me", "john smith i had an accident", "i was hit by a smith company van",
    "the name is john smith",
    "it was a big black smith truck", "let me read it off my card john smith",
]  # fmt: skip


@pytest.mark.parametrize("said", OF_ANOTHER)
def test_who_is_named_as_somebody_else(said: str) -> None:
    assert speaks_of(said, "John Smith")


@pytest.mark.parametrize("said", OF_THEMSELVES)
def test_who_names_themselves(said: str) -> None:
    assert not speaks_of(said, "John Smith")


def test_one_name_is_too_little() -> None:
    assert not speaks_of("i'm calling for john", "John")


def test_no_pattern_of_a_name_is_made_where_nobody_can_be_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """``re`` would keep it beyond the call."""
    monkeypatch.delattr("re.finditer")
    assert not speaks_of("john smith", "John Smith")
