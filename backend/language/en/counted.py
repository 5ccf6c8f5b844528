"""What an answer counts: "two cars", "another one", "my truck", "nobody else". Nouns come from the question."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from backend.language.asked import Choice
from backend.language.en.number_words import CARDINALS, number_at
from backend.language.grammar import Found, Grammar, Meaning, WordClass, class_of
from backend.language.mention import Mention

__all__ = ["Item", "Sort", "counted"]

Sort = Literal["total", "named", "more", "own", "alone", "vague"]
"""
total  how many there are in all: "four altogether", "two"
named  so many of a noun: "a truck", "two cars"
more   so many beside the caller's own: "three more", "the other guy"
own    the caller's own: "mine", "my car"
alone  nothing beside it: "nobody else", "no other car"
vague  more than one: "a few cars"
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing, or some of them, that an answer names."""

    sort: Sort
    count: int = 1
    article: bool = False


_PEOPLE = "guy|driver|person|lady|man|woman|fellow|gentleman|party|one|kid|girl|boy|people|guys|drivers|ones"


@lru_cache(maxsize=32)
def counted(choices: tuple[Choice, ...]) -> Grammar:
    """Finds what is counted; the values of its mentions are one ``Item`` each."""
    nouns = {word: 1 for choice in choices if choice.value is not None for word in _plain(choice.words)}
    own = {word: 1 for choice in choices if choice.value is None for word in _plain(choice.words)}
    classes = {
        "noun": class_of(nouns),
        "own": class_of(own | {"my own": 1, "myself": 1}),
        "number": _number,
        "single": class_of({"a": 1, "an": 1, "another": 1}),
        "few": class_of({"a couple": 2, "a couple of": 2, "couple of": 2} | dict.fromkeys(_MANY, 0)),
        "any": _adjective(nouns),
        "owner": _owner,
    }
    return Grammar(classes, _RULES)


def _plain(words: Sequence[str]) -> list[str]:
    return [word.lower() for word in words if word.replace(" ", "").replace("'", "").isalnum()]


def _number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """A number; not the one of "one moment", "no one" and "which one"."""
    if words[at] == "dozen" or words[at : at + 2] == ["a", "dozen"]:
        return 12, at + 1 + (words[at] == "a")
    found = number_at(words, at) if words[at] not in ("a", "an") else None
    after = words[found[1]] if found and found[1] < len(words) else ""
    before = words[at - 1] if at else ""
    pronoun = words[at] == "one" and before in (
        "no",
        "any",
        "this",
        "that",
        "which",
        "some",
        "other",
        "another",
        "every",
    )
    return None if pronoun or after in _NO_NUMBER else found


_MANY = ("a few", "few", "several", "some", "a bunch of", "a lot of", "lots of")
_BEFORE_A_PRONOUN = frozenset("no any this that which some other another every".split())
_NO_NUMBER = frozenset("second seconds sec moment moments minute minutes hour hours time am pm oclock".split())


_NO_ADJECTIVES = frozenset(
    "and or of my the in to at hit with was is on few couple dozen other more another extra".split()
)


def _owner(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """ "My wife's", "somebody's"."""
    return (1, at + 1) if words[at].endswith("'s") else None


def _adjective(nouns: Collection[str]) -> WordClass:
    """One or two words before a noun: "a big red truck"."""
    stop = {*_NO_ADJECTIVES, *CARDINALS.values}

    def find(words: Sequence[str], at: int) -> tuple[int, int] | None:
        for end in (at + 1, at + 2):
            middle = words[at:end]
            if (
                end < len(words)
                and words[end] in nouns
                and all(word.isalpha() and word not in stop and word not in nouns for word in middle)
            ):
                return 0, end
        return None

    return find


def _item(sort: Sort, count: int = 0) -> Meaning:
    def mean(_context: object, found: Found) -> Mention:
        number = found.get("number", found.get("few", count or 1))
        return Mention(0, 0, (Item(sort, number, article="number" not in found),))

    return mean


_RULES: Sequence[tuple[str, Meaning]] = (
    (
        """{number} {any}? {noun}
        {single} {any}? {noun}
        my|the|his|her|their? {owner} {any}? {noun}
        and|plus the {any}? {noun}
        the {any}? {noun} and|plus""",
        _item("named"),
    ),
    (
        f"""{{number}} more|others|extra|additional {{noun}}?
        {{number}} other {{any}}? {{noun}}
        {{number}} other {_PEOPLE}
        another {_PEOPLE}
        the|one|some? other {_PEOPLE}
        theirs|his|hers|yours
        him|her|them and
        and him|her|them
        the? other {{any}}? {{noun}}
        one|another other|more {{noun}}?
        {{number}} {{noun}}? besides|beside {{own}}
        {{number}} {{noun}}? apart|aside from {{own}}
        somebody|someone else""",
        _item("more"),
    ),
    (
        """{number}
        {number} {any}? {noun}? altogether|total|overall
        {number} {any}? {noun}? in all|total
        {number} {any}? {noun}? all together|told
        {number} {any}? {noun}? including|counting|with {own}
        {number} {any}? {noun}? including|counting mine|me|us
        altogether|total {number}
        a? total of {number} {noun}?
        {number} of us|them""",
        _item("total"),
    ),
    ("both {noun}?\nboth of us|them", _item("total", 2)),
    (
        """{few} {any}? {noun}?
        at least|most {number} {any}? {noun}?
        more|less|fewer than {number} {any}? {noun}?
        up to {number} {any}? {noun}?""",
        _item("vague"),
    ),
    ("{own}\nmy|our {any}? {noun}", _item("own")),
    (
        f"""only|just {{own}}
        nobody|none else
        no one else
        no other {{noun}}
        no other {_PEOPLE}
        no others|more
        not another|any {{noun}}
        by myself|ourselves
        none
        alone
        single {{noun}}""",
        _item("alone"),
    ),
)
