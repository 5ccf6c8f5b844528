"""Who is let in: whoever says exactly the numbers of one person, and a name like theirs."""

import os
import random
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.files.record_file import hashed_value
from backend.domain.book_spec import BookRecord
from backend.domain.identity_spec import IdentitySpec
from backend.domain.veil import Veil
from backend.identities.hearing import Hearing
from backend.identities.matching import Said, Verdict, verify
from backend.language.en.one_breath import ENGLISH_PARTS

NOW = datetime(2026, 11, 21, 12, 0)
ANSWERS = int(os.environ.get("ANSWERS", "6000"))
"""Every way of saying and of mishearing is met within a few hundred; ``ANSWERS=100000`` before a release."""


def identity(*parts: dict[str, object]) -> IdentitySpec:
    """An identity with these parts; what is said is of no matter here."""
    person = {"ask": "a", "again": "b"}
    texts = {"en": {"not_found": "n", "locked": "l", "person": person, "otherwise": "o"}}
    asked = [part | {"description": "what", "texts": {"en": person}} for part in parts]
    return IdentitySpec.model_validate(
        {"name": "holder", "description": "who", "book": "people", "parts": asked, "texts": texts}
    )


NAME = {"name": "full_name", "kind": "name", "misheard": True}
ZIP = {"name": "zip_code", "kind": "digits", "digits": 5, "plus": 4, "words": {"en": ["zip"]}}
LAST4 = {"name": "last4", "kind": "digits", "digits": 4, "secret": True, "words": {"en": ["last four", "last 4"]}}
HOLDER = identity(NAME, ZIP, LAST4)


def record(number: str, name: str, zip_code: str, last4: str) -> BookRecord:
    return {"id": number, "full_name": name, "zip_code": zip_code, "last4": last4}


JOHN = record("P-1", "John Smith", "60601", "4821")
KAREN = record("P-2", "Karen Miller", "77002", "9037")
BOOK = [JOHN, KAREN, record("P-3", "Anna Smith", "60601", "1234")]


def judged(name: str, zip_code: str, last4: str, book: Sequence[BookRecord]) -> Verdict:
    """What answers to the three questions come to: heard as calls hear them, then compared."""
    hearing = Hearing(HOLDER, "en-US", NOW)
    answers = {"full_name": name, "zip_code": zip_code, "last4": last4}
    values = {part: hearing.hear(said, part).values.get(part, "") for part, said in answers.items()}
    return verify(HOLDER, Said(values, same_person=ENGLISH_PARTS.same_person), book)


@pytest.mark.parametrize(
    ("answers", "opens"),
    [
        (("john and smith",), True),
        (("the suits are", "the name is john and smith", "what"), True),
        (("uh", "well", "what do you want"), False),
        (("smith", "it's smith", "the name is smith"), False),
        (("john", "it's john"), False),
        (("the name is anna smith",), False),
        (("karen miller",), False),
        (("john smith i sold that car to",), False),
        (("whoever owns it is john smith", "john smith", "what"), True),
        (("whoever owns it is john smith", "look it up under old john smith"), False),
        ((), False),
    ],
)
def test_answers_in_which_no_name_could_be_read_are_compared_by_sound(answers: tuple[str, ...], opens: bool) -> None:
    """Only half a name is none, however often it is said, and the numbers must be exact all the same."""
    exact = {"full_name": "", "zip_code": "60601", "last4": "4821"}
    said = partial(Said, same_person=ENGLISH_PARTS.same_person, names_in=ENGLISH_PARTS.names_at_end, unread=answers)
    assert (verify(HOLDER, said(exact), BOOK).record is JOHN) == opens
    assert verify(HOLDER, said(exact | {"last4": "4822"}), BOOK).record is None
    named = said(exact | {"full_name": "anna smith"})
    assert verify(HOLDER, named, BOOK).record is None, "a name that was read stands for itself"


WORDS = {
    "0": ["zero", "oh", "0"], "1": ["one", "1"], "2": ["two", "2"], "3": ["three", "3"], "4": ["four", "4"],
    "5": ["five", "5"], "6": ["six", "6"], "7": ["seven", "7"], "8": ["eight", "8"], "9": ["nine", "9"],
}  # fmt: skip
HOMOPHONES = {"2": ["to", "too"], "4": ["for"], "8": ["ate"], "1": ["won"]}
LIKENESSES = {"5": ["fine", "hive"], "3": ["free", "tree"], "9": ["mine", "wine"], "6": ["sick", "sex"], "4": ["fall"]}
LEADS = ["", "it's ", "the last four are ", "uh ", "yes, ", "my last 4 is ", "no it's ", "okay so "]


def mutated(digits: str, chance: random.Random) -> str:
    """The digits, or what is left of them when something is dropped, added, changed or swapped."""
    kind, place = chance.randrange(6), chance.randrange(len(digits))
    match kind:
        case 0:
            return digits
        case 1:
            return digits[:place] + digits[place + 1 :]
        case 2:
            return digits[:place] + chance.choice("0123456789") + digits[place:]
        case 3:
            return digits[:place] + chance.choice("0123456789") + digits[place + 1 :]
        case 4:
            return digits[:place] + digits[place + 1 :] + digits[place]
        case _:
            return "".join(chance.choice("0123456789") for _ in range(chance.randrange(1, 7)))


def spoken(digits: str, chance: random.Random) -> tuple[str, bool]:
    """One way to say them, and whether it can be read: a word that only sounds like a digit cannot."""
    words, readable = list[str](), True
    sure = chance.randrange(len(digits))
    for place, digit in enumerate(digits):
        choice = chance.random()
        if choice < 0.05 and digit in LIKENESSES:
            words.append(chance.choice(LIKENESSES[digit]))
            readable = False
        elif choice < 0.2 and digit in HOMOPHONES and place != sure:
            words.append(chance.choice(HOMOPHONES[digit]))
        else:
            words.append(chance.choice([w for w in WORDS[digit] if place != sure or w != "oh"]))
    return chance.choice(LEADS) + chance.choice([" ", ", "]).join(words), readable


@pytest.mark.timeout(300)
def test_over_thousands_of_answers_the_set_that_opens_is_the_set_that_is_equal() -> None:
    chance = random.Random(8)
    hearing, same = Hearing(HOLDER, "en-US", NOW), ENGLISH_PARTS.same_person

    def heard(answer: str) -> str:
        return hearing.hear(answer, "last4").values.get("last4", "")

    opened = equal = 0
    for _ in range(ANSWERS):
        digits = mutated(JOHN["last4"], chance)
        answer, readable = spoken(digits, chance) if digits else ("", True)
        verdict = verify(
            HOLDER,
            Said({"full_name": "John Smith", "zip_code": "60601", "last4": heard(answer)}, same_person=same),
            [JOHN],
        )
        right = digits == JOHN["last4"] and readable
        assert (verdict.record is JOHN) == right, (answer, digits)
        opened, equal = opened + bool(verdict.record), equal + right
    assert opened == equal > ANSWERS / 10


@pytest.mark.parametrize(
    ("name", "zip_code", "last4", "who"),
    [
        ("john smith", "six zero six zero one", "four eight two one", "P-1"),
        ("jon smyth", "60601-1234", "for eight to one", "P-1"),
        ("caring miller", "77002", "9037", "P-2"),
        ("john smith s m i t h", "60601", "4821", "P-1"),
        ("john smith", "60601", "four eight two", None),
        ("john smith", "60601", "eight two one", None),
        ("john smith", "60601", "four eight two one five", None),
        ("john smith", "six zero six zero", "4821", None),
        ("john smith", "60601", "five five five", None),
        ("john smith", "60601", "4822", None),
        ("john smith", "60602", "4821", None),
        ("karen miller", "60601", "4821", None),
        ("john", "60601", "4821", None),
        ("", "60601", "4821", None),
        ("john smith", "", "", None),
    ],
)
def test_who_is_let_in(name: str, zip_code: str, last4: str, who: str | None) -> None:
    found = judged(name, zip_code, last4, BOOK).record
    assert (found["id"] if found else None) == who


def test_of_two_people_with_the_same_numbers_only_the_exact_name_tells() -> None:
    book = [JOHN, record("P-9", "Joan Smythe", "60601", "4821")]
    assert judged("joan smythe", "60601", "4821", book).record == book[1]
    assert judged("jon smith", "60601", "4821", book).record is None


def test_a_record_without_a_secret_is_opened_by_nobody() -> None:
    assert judged("John Smith", "", "", [record("P-0", "John Smith", "", "")]).record is None


def test_a_try_counts_against_whom_its_exact_numbers_point_to() -> None:
    def pointed(name: str, zip_code: str, last4: str) -> tuple[str, ...]:
        return judged(name, zip_code, last4, BOOK).pointed_at

    assert pointed("john smith", "60601", "1111") == ("P-1",)
    assert pointed("peter nobody", "60601", "4821") == ("P-1",)
    assert pointed("peter nobody", "77002", "1111") == ("P-2",), "nobody else lives there"
    assert pointed("peter nobody", "60601", "1111") == (), "two live there, and none is meant"
    assert pointed("john smith", "11111", "1111") == ()


def test_a_veiled_number_opens_what_it_was() -> None:
    veil = Veil(b"k" * 32)
    for last4, opens in (("4821", True), ("4822", False)):
        values = {
            "full_name": "John Smith",
            "zip_code": veil.over("c1", "zip_code", "60601"),
            "last4": veil.over("c1", "last4", last4),
        }
        found = verify(HOLDER, Said(values, {}, "c1", veil, ENGLISH_PARTS.same_person), BOOK).record
        assert (found is JOHN) == opens
        assert verify(HOLDER, Said(values, {}, "c2", veil, ENGLISH_PARTS.same_person), BOOK).record is None


def test_a_hashed_secret_opens_by_its_hash_and_by_nothing_else() -> None:
    salt = "00" * 16
    book = [dict(JOHN) | {"last4": hashed_value("4821", salt, "key")}]
    for last4, key, opens in (("4821", "key", True), ("4822", "key", False), ("4821", "another key", False)):
        said = {"full_name": "John Smith", "zip_code": "60601", "last4": last4}
        hashed = {"last4": hashed_value(last4, salt, key)}
        assert (
            verify(HOLDER, Said(said, hashed, same_person=ENGLISH_PARTS.same_person), book).record is not None
        ) == opens
    shown = {"full_name": "John Smith", "zip_code": "60601", "last4": book[0]["last4"]}
    assert verify(HOLDER, Said(shown, same_person=ENGLISH_PARTS.same_person), book).record is None, "the hash is no key"


def test_without_an_ear_for_a_language_a_name_must_be_exact() -> None:
    said = {"full_name": "jon smith", "zip_code": "60601", "last4": "4821"}
    assert verify(HOLDER, Said(said), BOOK).record is None
    assert verify(HOLDER, Said(said | {"full_name": "john smith"}), BOOK).record is JOHN


CODE = {"name": "customer", "kind": "code", "pattern": "[A-Z]{2}[0-9]{6}"}
BORN = {"name": "birthday", "kind": "date"}
PIN = {"name": "pin", "kind": "digits", "digits": 4, "secret": True, "field": "card_pin"}
BANK = identity(CODE, BORN, PIN)
CLIENT = {"id": 7, "full_name": "Ana Torres", "customer": "ab 123-456", "birthday": "1980-03-04", "card_pin": 815}
OTHER = {"id": 8, "full_name": "Bo Lin", "customer": "CD654321", "birthday": "1980-03-04", "card_pin": "4711"}


@pytest.mark.parametrize(
    ("change", "opens"),
    [
        ({}, True),
        ({"customer": "ab-123456"}, True),
        ({"customer": "AB123457"}, False),
        ({"birthday": "1980-03-05"}, False),
        ({"pin": "0815"}, False),
        ({"pin": ""}, False),
        ({"customer": ""}, False),
    ],
)
def test_an_identity_without_a_name_opens_by_everything_exact(change: dict[str, str], opens: bool) -> None:
    said = {"customer": "AB123456", "birthday": "1980-03-04", "pin": "815"} | change
    assert (verify(BANK, Said(said), [CLIENT, OTHER]).record is CLIENT) == opens


def test_of_three_exact_parts_two_point_at_whose_they_are() -> None:
    said = {"customer": "AB123456", "birthday": "1980-03-04", "pin": "9999"}
    assert verify(BANK, Said(said), [CLIENT, OTHER]).pointed_at == ("7",)
    assert verify(BANK, Said({"birthday": "1980-03-04", "customer": "", "pin": ""}), [CLIENT, OTHER]).pointed_at == ()


@pytest.mark.parametrize("right", [None, "", True, 4.5, ["4711"], "hashed:"])
def test_a_record_that_holds_no_value_is_opened_by_nothing(right: object) -> None:
    book = [CLIENT | {"card_pin": right}]
    for pin in ("", "None", "True", "hashed:", "4711", "4"):
        said = {"customer": "AB123456", "birthday": "1980-03-04", "pin": pin}
        assert verify(BANK, Said(said), book).record is None


digits = st.text("0123456789", min_size=4, max_size=4)


@given(digits, digits, st.sampled_from(["digits", "code"]))
def test_what_opens_is_what_is_equal(said: str, right: str, kind: str) -> None:
    spec = identity({"name": "pin", "kind": kind, "digits": 4})
    book = [{"id": "1", "full_name": "A", "pin": right}]
    assert (verify(spec, Said({"pin": said}), book).record is not None) == (said == right)
