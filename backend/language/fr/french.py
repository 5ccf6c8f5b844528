"""French as a ``Language``: numbers, digits, yes and no."""

from typing import Any

from backend.language.asked import Asked, Kind
from backend.language.fr.clause_words import CLAUSE_WORDS
from backend.language.fr.numbers import DIGITS
from backend.language.fr.reading_numbers import read_digits, read_integer
from backend.language.fr.signs import read_aside
from backend.language.fr.talk import TALK
from backend.language.fr.yes_no import read_yes_no
from backend.language.language import Reader
from backend.language.reader_language import ReaderLanguage, Saying

__all__ = ["FRENCH"]


def _say_digits(value: Any, asked: Asked) -> str:
    return " ".join(DIGITS[int(digit)] if digit.isdecimal() and digit.isascii() else digit for digit in str(value))


def _say_yes_no(value: Any, asked: Asked) -> str:
    return "oui" if value else "non"


_READERS: dict[Kind, Reader] = {"integer": read_integer, "digits": read_digits, "yes_no": read_yes_no}
_SAYINGS: dict[Kind, Saying] = {"digits": _say_digits, "yes_no": _say_yes_no}

FRENCH = ReaderLanguage("fr", _READERS, _SAYINGS, read_aside, talk=TALK, clauses=CLAUSE_WORDS)
