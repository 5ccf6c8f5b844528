"""Names that callers give of themselves: what is one, and how they are spelled."""

import pytest

from backend.language.en.told_name import ToldNames


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("john smith", "John Smith"),
        ("my name is john smith", "John Smith"),
        ("yes hello my name's maria hernandez", "Maria Hernandez"),
        ("this is robert johnson and i was in a crash", "Robert Johnson"),
        ("Dr. Susan Thomas speaking", "Susan Thomas"),
        ("john smith is my name", "John Smith"),
        ("smith, john", "Smith John"),
        ("john smith s m i t h", "John Smith"),
        ("john, s m i t h", "John Smith"),
        ("john smyth that's s m y t h", "John Smyth"),
        ("anna kovacs k o v a c s", "Anna Kovacs"),
        ("peter meyer m as in mary e y e r", "Peter Meyer"),
        ("ann lloyd double l o y d", "Ann Lloyd"),
        ("José García", "José García"),
        ("Михаил Иванов", "Михаил Иванов"),
        ("李 小龙", "李 小龙"),
        ("michael o'brien", "Michael O'Brien"),
        ("maria de la cruz", "Maria de la Cruz"),
        ("may nguyen", "May Nguyen"),
        ("an tran", "An Tran"),
        ("will smith", "Will Smith"),
        ("my name is peter nobody", "Peter Nobody"),
        ("john", "John"),
        ("last name johnson first name robert", "Robert Johnson"),
        ("my first name is robert and my last name is johnson", "Robert Johnson"),
        ("hi my name is karen miller i'm calling about my car", "Karen Miller"),
        ("you can put it under karen miller", "Karen Miller"),
        ("i said john smith", "John Smith"),
        ("my name is johnson, first name robert", "Robert Johnson"),
        ("it's my first name ann and my name is lloyd", "Ann Lloyd"),
        ("as in the policy, john smith", "John Smith"),
        ("let me read it off my card patricia davis", "Patricia Davis"),
        ("john smith or whatever you have", "John Smith"),
        ("no it's john smith with an i", "John Smith"),
    ],
)
def test_a_name_is_read(said: str, name: str) -> None:
    assert ToldNames().told(said) == name


@pytest.mark.parametrize(
    "said",
    [
        "uh",
        "um hello",
        "er",
        "yes",
        "no",
        "",
        "do you speak spanish",
        "i do not want to tell you my name",
        "none of your business",
        "why do you ask",
        "are you a robot",
        "what are your opening hours",
        "hold on a second",
        "can you repeat that",
        "i don't know",
        "i am calling about an accident",
        "someone hit my car",
        "will you help me",
        "good morning",
        "what did you say",
        "i'd rather not",
        "is this a real person",
        "how long will this take",
        "let me talk to somebody",
        "pardon me",
        "john smith or jim smith one of those",
        "dear john smith",
    ],
)
def test_everything_else_is_none(said: str) -> None:
    assert ToldNames().told(said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "garcia is my last name my first name is linda",
        "my first name is linda and my last name is garcia",
        "linda is my first name and garcia is my last name",
    ],
)
def test_first_and_last_name_come_in_any_order(said: str) -> None:
    assert ToldNames().told(said) == "Linda Garcia"
