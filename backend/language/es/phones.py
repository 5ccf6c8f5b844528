"""Telephone numbers in Spanish, of Mexico (+52) and the United States (+1)."""

import re

from backend.language.asked import Asked
from backend.language.es.digits import one_by_one, runs_of_digits
from backend.language.es.doubt import Found, settled
from backend.language.es.words import Said, folded, said
from backend.language.reading import Reading

__all__ = ["read_phone"]

_CODES = {"US": "1", "MX": "52"}
_MARKS = re.compile(r"(?<=\d)[\s().-]+(?=\d)")
_PLUS = re.compile(r"\bmas (?=\d)")


def read_phone(words: str, asked: Asked) -> Reading:
    """A whole number as E.164; with a country's code, or of the caller's own region."""
    marked = _MARKS.sub(" ", folded(words).replace("(", " ").replace("+", " mas "))
    plain = _PLUS.sub("", one_by_one(said(marked).plain))
    found = [_e164(one, asked.region) for one in runs_of_digits(plain) if len(one.value) > 1]
    return settled(found, Said(words, plain))


def _e164(one: Found, region: str) -> Found:
    digits = re.sub(r"^(?:00|011)(?=\d{11})", "", one.value)
    mexican = region == "MX"
    if mexican:
        digits = re.sub(r"^(?:044|045|01)(?=\d{10}$)", "", digits)
    if len(digits) == 10:
        number = f"+{_CODES.get(region, '1')}{digits}"
    elif len(digits) == 11 and digits.startswith("1") and digits[1] not in "01":
        number = f"+{digits}"
    elif re.fullmatch(r"521?\d{10}", digits):
        number = f"+52{digits[-10:]}"
    else:
        return Found(one.value, one.start, one.end, "another number of digits")
    return Found(number, one.start, one.end)
