"""Reads telephone numbers in English."""

from collections.abc import Sequence

from backend.language.asked import Asked
from backend.language.e164 import e164
from backend.language.en.characters import Row, characters_of, rows_of
from backend.language.en.digits import weighed
from backend.language.en.formerly import read_as_it_is_now
from backend.language.reading import Reading

__all__ = ["read_phone"]

_JOINS = frozenset("area code then and the number is after that followed by next with a zero one it".split())
_FEW = 4
"""Words between two parts of one number."""
_LONGEST_PART = 6
_LOCAL, _AREA = 7, 3
"""Figures of a number without its area code, and of the code."""


def read_phone(text: str, asked: Asked) -> Reading:
    """A whole number with its area code, as E.164."""
    return read_as_it_is_now(text, lambda said: _number_in(said, asked))


def _number_in(text: str, asked: Asked) -> Reading:
    words = characters_of(text)
    rows = _joined(words, rows_of(words))

    plus = "plus" in words or "+" in words
    return weighed(words, rows, lambda digits: e164(digits, asked.region, plus=plus))


def _joined(words: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """Parts with nothing between them but words that go on with a number: "area code 312, then 555 0142"."""
    found: list[Row] = []
    for row in rows:
        between = words[found[-1].end : row.start] if found else []
        goes_on = found and len(between) <= _FEW and all(word in _JOINS or not word.isalnum() for word in between)
        if found and _names_the_area(between, found[-1], row):
            found[-1] = Row(row.pieces + found[-1].pieces, found[-1].doubtful or row.doubtful)
        elif goes_on and len(found[-1].text) <= _LONGEST_PART:
            found[-1] = Row(found[-1].pieces + row.pieces, found[-1].doubtful or row.doubtful)
        else:
            found.append(row)
    return found


def _names_the_area(between: Sequence[str], first: Row, code: Row) -> bool:
    """ "555 0142, area code 312": the code behind the number that it stands before."""
    plain = [word for word in between if word.isalnum()]
    return plain[-2:] == ["area", "code"] and len(first.text) == _LOCAL and len(code.text) == _AREA
