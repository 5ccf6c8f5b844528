"""What the things that an answer names come to, in both languages."""

from datetime import datetime

import pytest

from backend.language.asked import Asked, Choice
from backend.language.en.counting import read_count
from backend.language.es.counting import read_integer
from backend.language.mention import Mention
from backend.language.tally import Item, Sort, Tally, tally

NOW = datetime(2026, 10, 14, 16, 20)
ENGLISH = (
    Choice(1, ("car", "cars")),
    Choice(1, ("truck", "trucks", "bus", "taxi")),
    Choice(None, ("mine", "my car", "me", "us")),
)
SPANISH = (
    Choice(1, ("carro", "carros")),
    Choice(1, ("camión", "taxi", "moto")),
    Choice(None, ("el mío", "mi carro", "yo")),
)


def add_up(*items: Item, **how: bool) -> Tally:
    words = [word for _ in items for word in ("x", ",")]
    mentions = [Mention(2 * at, 2 * at + 1, (item,)) for at, item in enumerate(items)]
    return tally(words, mentions, has_own=how.pop("has_own", True), joins=frozenset({"and"}), **how)


def one(sort: Sort, count: int = 1) -> Item:
    return Item(sort, count, article=count == 1)


def test_others_are_beside_the_caller_s_own() -> None:
    assert add_up(one("more", 3)) == Tally((4,))
    assert add_up(one("more", 3), has_own=False) == Tally((3,))


def test_the_number_of_all_agrees_with_its_parts_or_is_asked() -> None:
    assert add_up(one("total", 2), one("own"), one("more")) == Tally((2,))
    assert add_up(one("total", 5), one("own"), one("more")).why


def test_somebody_who_was_not_counted_leaves_a_doubt() -> None:
    assert add_up(one("own")) == Tally((1,))
    assert add_up(one("own"), unlisted=True).why


def test_a_number_of_something_else_counts_nothing() -> None:
    assert add_up(one("stray", 4)) == Tally(())
    assert add_up(one("total", 2), one("stray", 4)) == Tally((2,))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("three not counting mine", 4),
        ("three counting mine", 3),
        ("for cars counting mine", None),
        ("for trucks and me", None),
        ("two plus mine", 3),
        ("the guy in front of me the guy behind me and me", 3),
        ("two cars four people", 2),
        ("him and me", 2),
        ("he hit her and she hit me", None),
        ("only one car mine", 1),
        ("i was the third of five", 5),
        ("both my cars", 2),
        ("like ten", None),
        ("we were four in the car", None),
        ("someone hit my car", None),
        ("he hit me and took off", None),
        ("in two thousand nineteen", None),
        ("car number three hit me", None),
        ("two trucks hit me", None),
        ("one in front and one behind", None),
        ("two cars a truck and mine", None),
        ("one of my cars", None),
        ("i want to make a claim for one of our cars", None),
    ],
)
def test_english(words: str, value: int | None) -> None:
    reading = read_count(words, Asked("integer", NOW, choices=ENGLISH))
    assert (reading.value if reading.outcome == "value" else None) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("dos el mío y el taxi", 2),
        ("tres el mío el de adelante y el de atrás", 3),
        ("tres aparte del mío", 4),
        ("tres con el mío", 3),
        ("yo y el otro", 2),
        ("dos perdón tres", 3),
        ("dos carros y cinco personas", 2),
        ("dos tres", None),
        ("dos no tres", None),
        ("el policía dijo tres pero yo vi dos", None),
        ("éramos cuatro en el carro", None),
        ("cuatro personas", None),
        ("al menos dos", None),
        ("uno me pegó y se fue", None),
        ("le pegué a dos", None),
        ("a las dos", None),
        ("yo era el tercero", None),
        ("uno de mis carros", None),
    ],
)
def test_spanish(words: str, value: int | None) -> None:
    reading = read_integer(words, Asked("integer", NOW, choices=SPANISH))
    assert (reading.value if reading.outcome == "value" else None) == value
