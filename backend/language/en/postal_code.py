"""Reads American zip codes, with or without four more digits, and British postcodes."""

import re

from backend.language.asked import Asked
from backend.language.en.characters import characters_of, rows_of
from backend.language.en.digits import weighed
from backend.language.reading import Reading

__all__ = ["read_postal_code"]

_BRITISH = re.compile(r"(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")


def read_postal_code(text: str, asked: Asked) -> Reading:
    """The postal code of an answer, as it is written where the caller lives."""
    words = characters_of(text)
    if asked.region == "GB":
        rows = [row for row in rows_of(words, letters=True) if len(row.text) > 1]
        return weighed(words, rows, _british)
    return weighed(words, rows_of(words), _american)


def _american(digits: str) -> str:
    if len(digits) == 9:
        return f"{digits[:5]}-{digits[5:]}"
    return digits if len(digits) == 5 else ""


def _british(code: str) -> str:
    match = _BRITISH.fullmatch(code.upper())
    return f"{match[1]} {match[2]}" if match else ""
