"""What a call names is replaced, whatever list it is in or not; the same by the same; ordinary words stay."""

import re

import pytest

from backend.disguise.disguise import Disguise
from backend.disguise.vocabulary import Vocabulary


@pytest.fixture
def disguise() -> Disguise:
    return Disguise(Vocabulary({"prompts/one.jinja": "Ask for the frobnicator."}, ["Honda", "Civic"], ["Hope Summers"]))


@pytest.mark.parametrize(
    "said",
    [
        "hello i had an accident yesterday and nobody was hurt",
        "i'm calling about a claim",
        "this is a bad accident",
        "no one else was in the car",
        "i may call back and i will wait",
        "the frobnicator of my honda civic is broken",
        "tuve un choque ayer y necesito ayuda",
        "yes, that's right!",
    ],
)
def test_ordinary_words_stay(disguise: Disguise, said: str) -> None:
    assert disguise.words(said) == said


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("my name is hope summers", "hope summers"),
        ("hope hit the curb and summers was driving", "hope summers"),
        ("this is grace hill speaking", "grace hill"),
        ("i'm will young", "will young"),
        ("the other driver was called Xochitl Vandersloot-Przybylski", "xochitl vandersloot przybylski"),
        ("my name is little long way", "little long way"),
        ("señora Guadalupe Treviño chocó mi coche", "guadalupe treviño"),
        ("mi nombre es Esperanza Flores", "esperanza flores"),
        ("i live at 4410 Oak Tree Lane in San Antonio", "4410 oak tree san antonio"),
        ("on the corner of main street and fifth avenue", "main fifth"),
        ("vivo en la calle Reforma número doce", "reforma doce"),
        ("it was in chicago illinois near kalamazoo", "chicago illinois kalamazoo"),
        ("six zero six zero one", "six zero six zero one"),
        ("my policy is POL-A10001", "pol 10001"),
        ("call me at (312) 555-8721", "312 8721"),
        ("it was on november third at 5:45", "november third 5:45"),
        ("last tuesday, the 21st, or 11/03/2026", "tuesday 21st 11/03/2026"),
        ("el martes tres de marzo", "martes tres marzo"),
        ("i called in may of nineteen ninety eight", "may nineteen ninety eight"),
        ("write to ann.b@corp.example or www.corp.example", "ann corp"),
        ("it is happy dot tiger at gmail dot com", "happy tiger gmail"),
        ("mi correo es sol arroba empresa punto es", "sol empresa"),
        ("that's s m i t h", "s m i t h"),
    ],
)
def test_what_names_somebody_or_something_goes(disguise: Disguise, said: str, gone: str) -> None:
    made = disguise.words(said).casefold()
    words = re.findall(r"[^\s,.()@/]+", made)
    if gone in {"six zero six zero one", "s m i t h"}:
        assert gone not in made
        return
    assert not set(gone.split()) & set(words), made


def test_the_same_becomes_the_same(disguise: Disguise) -> None:
    first, second = disguise.words("Xochitl Przybylski"), disguise.words("that is xochitl przybylski's car")
    assert first.casefold() in second.replace("'s", "")
    digits = disguise.words("60601")
    assert _digits(disguise.words("six zero six zero one")) == digits
    assert disguise.words("it ends in 601").endswith(digits[-3:])


def test_kinds_stay_kinds(disguise: Disguise) -> None:
    assert re.fullmatch(r"\(312\) 555-01\d\d", disguise.words("(773) 201-8721"))
    assert re.fullmatch(r"\d{5}", disguise.words("60601"))
    assert re.fullmatch(r"on the ([4-9]|1\d|20)th", disguise.words("on the 21st"))
    assert re.fullmatch(r"two thousand \w+teen|two thousand (ten|eleven|twelve)", disguise.words("two thousand six"))
    assert disguise.words("write to ann@corp.example please") == "write to anna@example.com please"
    assert disguise.replaced["mails"] == 1


def test_a_name_that_was_asked_for_may_be_any_word(disguise: Disguise) -> None:
    made = disguise.words("it is happy traffic", names_somebody=True)
    assert made.startswith("it is ")
    assert not {"happy", "traffic"} & set(made.split())


def test_numbers_are_no_one_elses(disguise: Disguise) -> None:
    """Another call with the same number gets another one, so that no table of them can be made."""
    made = {Disguise(Vocabulary({})).words("6060198765") for _ in range(20)}
    assert len(made) > 5


def _digits(words: str) -> str:
    names = "zero one two three four five six seven eight nine".split()
    return "".join(str(names.index(word)) for word in words.split())
