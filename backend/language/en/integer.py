"""Reads whole numbers in English: a number by itself, a year, or a count of things ("a truck and my car")."""

from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.en.counting import read_count
from backend.language.en.number_words import number_at, year_at
from backend.language.en.said import said
from backend.language.en.signs import BREAKS, SIGNS, signs_for
from backend.language.grammar import Found, Grammar, class_of
from backend.language.mention import Mention
from backend.language.reading import Reading

__all__ = ["read_integer"]

_YEAR = 4
"""Digits of a year."""
_NO_NUMBER = frozenset("second seconds sec moment moments minute minutes time thing".split())


def read_integer(text: str, asked: Asked) -> Reading:
    """The number of an answer; where the question names what is counted, all of it together."""
    if asked.choices:
        return read_count(text, asked)
    words = said(text)
    mentions = (_YEARS if asked.digits == _YEAR else _NUMBERS).find(words, words)
    return weigh(words, mentions, signs_for(SIGNS.find(words), mentions, ()), breaks=BREAKS)


def _number(words: list[str], at: int) -> tuple[int, int] | None:
    """A number; not the one of "one moment", "no one" and "this one"."""
    found = number_at(words, at)
    after = words[found[1]] if found and found[1] < len(words) else ""
    pronoun = words[at] == "one" and at > 0 and words[at - 1] in ("no", "any", "this", "that", "which", "the", "some")
    pronoun = pronoun or (words[at] == "one" and after == "of")
    return None if after in _NO_NUMBER or pronoun else found


def _few(_context: object, found: Found) -> Mention:
    values = (found["few"],) if found["few"] else ()
    return Mention(0, 0, values, why="no certain number", doubtful=True)


_NUMBERS = Grammar(
    {
        "number": lambda words, at: _number(list(words), at),
        "few": class_of({"a couple": 2, "couple": 2, "a couple of": 2, "couple of": 2, "a few": 0, "several": 0}),
        "none": class_of({"none": 0, "nobody": 0, "no one": 0, "not any": 0, "nothing": 0, "not one": 0}),
        "small": class_of({"a dozen": 12, "half a dozen": 6, "both": 2, "a single": 1}),
    },
    (
        ("{number}", lambda _, found: Mention(0, 0, (found["number"],))),
        ("{none}", lambda _, found: Mention(0, 0, (found["none"],))),
        ("{small}", lambda _, found: Mention(0, 0, (found["small"],))),
        ("{few}", _few),
        (
            """more|less|fewer than {number}
            at least|most {number}
            up to {number}
            over|under|above|below {number}""",
            lambda _, found: Mention(0, 0, (found["number"],), why="more or less than that", doubtful=True),
        ),
    ),
)
_YEARS = Grammar({"year": year_at}, (("{year}", lambda _, found: Mention(0, 0, (found["year"],))),))
