"""Who is let in: whoever says exactly the numbers of one person, and a name like theirs."""

import random

import pytest

from backend.domain.records import Policyholder
from backend.domain.verification import Identity, verify

JOHN = Policyholder("P-1", "John Smith", "60601", "4821")
KAREN = Policyholder("P-2", "Karen Miller", "77002", "9037")
BOOK = [JOHN, KAREN, Policyholder("P-3", "Anna Smith", "60601", "1234")]

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
def test_over_a_hundred_thousand_answers_the_set_that_opens_is_the_set_that_is_equal() -> None:
    chance = random.Random(8)
    opened = equal = 0
    for _ in range(100_000):
        digits = mutated(JOHN.last4, chance)
        answer, readable = spoken(digits, chance) if digits else ("", True)
        verdict = verify(Identity("John Smith", "60601", answer), [JOHN])
        right = digits == JOHN.last4 and readable
        assert (verdict.policy is JOHN) == right, (answer, digits)
        opened, equal = opened + bool(verdict.policy), equal + right
    assert opened == equal > 10_000


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
    policy = verify(Identity(name, zip_code, last4), BOOK).policy
    assert (policy.policy_id if policy else None) == who


def test_of_two_people_with_the_same_numbers_only_the_exact_name_tells() -> None:
    book = [JOHN, Policyholder("P-9", "Joan Smythe", "60601", "4821")]
    assert verify(Identity("joan smythe", "60601", "4821"), book).policy == book[1]
    assert verify(Identity("jon smith", "60601", "4821"), book).policy is None


def test_a_record_without_a_secret_is_opened_by_nobody() -> None:
    assert verify(Identity("John Smith", "", ""), [Policyholder("P-0", "John Smith", "", "")]).policy is None


def test_a_try_counts_against_whom_its_exact_numbers_point_to() -> None:
    def pointed(name: str, zip_code: str, last4: str) -> tuple[str, ...]:
        return verify(Identity(name, zip_code, last4), BOOK).pointed_at

    assert pointed("john smith", "60601", "1111") == ("P-1",)
    assert pointed("peter nobody", "60601", "4821") == ("P-1",)
    assert pointed("peter nobody", "77002", "1111") == ("P-2",), "nobody else lives there"
    assert pointed("peter nobody", "60601", "1111") == (), "two live there, and none is meant"
    assert pointed("john smith", "11111", "1111") == ()
