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
    names = [str(one) for one in "zero one two three four five six seven eight nine".split()]
    return "".join(str(names.index(word)) for word in words.split())


@pytest.mark.parametrize(
    "said", ["123-45-6789 312 555 8721", "one two three four five six seven eight nine 3125558721"]
)
def test_no_digit_of_a_long_number_is_kept(said: str) -> None:
    made = [re.sub(r"\D", "", _in_digits(Disguise(Vocabulary({})).words(said))) for _ in range(5)]
    assert {len(one) for one in made} == {19}
    assert not any(one.startswith("123456789") for one in made)
    assert len({one[:9] for one in made}) > 1


def test_a_country_code_stays_and_a_card_keeps_nothing(disguise: Disguise) -> None:
    assert re.fullmatch(r"1206555\d{4}", disguise.words("13125558721"))
    assert {Disguise(Vocabulary({})).words("4111 1111 1111 1111")[:6] for _ in range(5)} != {"4111 1"}


def test_a_number_is_over_where_a_sentence_is(disguise: Disguise) -> None:
    made = disguise.words("It is 123-45-6789. 312 555 8721, that is my phone; again 123456789, 3125558721.")
    social, area = re.findall(r"\d+", made)[:3], re.findall(r"\d+", made)[3]
    assert re.sub(r"\D", "", made.split(";")[1]) == re.sub(r"\D", "", made.split(";")[0])
    assert (area, "".join(social) != "123456789") == ("206", True)


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("it is s m i t h", "smith"),
        ("S-M-I-T-H", "smith"),
        ("o u i a", "ouia"),
        ("s uh m i um t h", "smith"),
        ("b as in boy o as in olive b for banana", "bob"),
        ("a as in apple", "a"),
        ("b como burro a como ana", "ba"),
    ],
)
def test_spelled_letters_are_drawn_each_by_itself(said: str, gone: str) -> None:
    made = [Disguise(Vocabulary({})).words(said).casefold() for _ in range(8)]
    spelled = ["".join(re.findall(r"\b[a-z]\b", one)) for one in made]
    assert all(len(one) == len(gone) for one in spelled)
    assert not any(new == old for one in spelled for new, old in zip(one, gone, strict=True))
    assert len({(ord(new) - ord(old)) % 26 for one in spelled for new, old in zip(one, gone, strict=True)}) > 2
    assert not any(word in one for one in made for word in ("boy", "olive", "banana", "apple", "burro", "ana"))


def test_a_name_that_is_spelled_again_stays_itself(disguise: Disguise) -> None:
    first = disguise.words("s m i t h")
    assert disguise.words("yes, S M I T H").casefold() == f"yes, {first}"


@pytest.mark.parametrize("said", ["i i had an accident", "y a mi esposa", "i for sure was not hurt", "a car or a van"])
def test_a_word_of_one_letter_spells_nothing_by_itself(disguise: Disguise, said: str) -> None:
    assert disguise.words(said) == said


@pytest.mark.parametrize(
    ("known", "said", "gone"),
    [
        ("Diane Lane", "lane hit the curb and diane's lane", {"lane", "diane's"}),
        ("An Street", "street called an street twice", {"street", "an"}),
        ("Will Court", "it is court", {"court"}),
    ],
)
def test_what_the_record_knows_of_the_caller_never_stays(known: str, said: str, gone: set[str]) -> None:
    made = Disguise(Vocabulary({}, (), [known])).words(said)
    assert not gone & set(made.split()), made


def _in_digits(words: str) -> str:
    names = "zero one two three four five six seven eight nine".split()
    return " ".join(str(names.index(word)) if word in names else word for word in words.split())
