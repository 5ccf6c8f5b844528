"""Numbers in a call replaced: of the same length and in the same words, and the same for the same."""

import re
import secrets
from collections.abc import Mapping, Sequence

__all__ = ["MONTHS", "ORDINALS", "WEEKDAYS", "Figures", "is_number"]

_ENGLISH = "zero one two three four five six seven eight nine".split()
_SPANISH = "cero uno dos tres cuatro cinco seis siete ocho nueve".split()
_UNITS: Mapping[str, tuple[int, Sequence[str]]] = {
    word: (digit, words) for words in (_ENGLISH, _SPANISH) for digit, word in enumerate(words)
} | {"oh": (0, _ENGLISH), "o": (0, _ENGLISH), "un": (1, _SPANISH), "una": (1, _SPANISH)}
_ROWS: tuple[tuple[str, ...], ...] = tuple(
    tuple(row.split())
    for row in (
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "first second third fourth fifth sixth seventh eighth ninth",
        "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
        "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
        "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
        "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "primero tercero cuarto quinto sexto séptimo octavo noveno",
    )
)
_ROW_OF = {word: row for row in _ROWS for word in row}
_SCALES = frozenset("hundred thousand double triple twentieth thirtieth veinte cien ciento mil doble".split())
"""They give a number its shape, and stay."""
ORDINALS = frozenset({*_ROWS[2], *_ROWS[3]})
"""Words for the day of a month."""
MONTHS = tuple(
    tuple(months.split())
    for months in (
        "january february march april may june july august september october november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
)
WEEKDAYS = tuple(
    tuple(days.split())
    for days in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lunes martes miércoles jueves viernes sábado domingo",
    )
)
_PHONE = 10
"""Digits from which on a number is taken for one of a telephone: it must not become somebody's."""


def is_number(word: str) -> bool:
    """Is it a digit string, or a word that a number is made of?"""
    plain = word.casefold()
    return any(letter.isdigit() for letter in plain) or plain in _UNITS or plain in _ROW_OF or plain in _SCALES


class Figures:
    """Replaces the numbers of one call."""

    def __init__(self) -> None:
        self._digits: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._days = 1 + secrets.randbelow(6)
        self._months = 1 + secrets.randbelow(11)

    @property
    def days(self) -> int:
        """By how many weekdays those that are said move on: 1 to 6."""
        return self._days

    def run(self, words: list[str]) -> list[str]:
        """One number, word by word: units and digit strings together, other words each by itself."""
        said = "".join(self._digits_of(word) for word in words)
        if len(words) == 1 and (whole := _whole(words[0])):
            return [whole]
        if (year := _year(words)) is not None:
            return year
        fresh, place, made = self.digits(said), 0, list[str]()
        for index, word in enumerate(words):
            own = self._digits_of(word)
            if own:
                made.append(self._as_written(word, fresh[place : place + len(own)]))
                place += len(own)
            else:
                made.append(self._other(word, words[index + 1 : index + 2]))
        return made

    def digits(self, digits: str) -> str:
        """Another number of the same length; part of a number that was said before becomes the same part of the new."""
        if not digits or digits == "0":
            return digits
        for known, fresh in self._digits.items():
            if len(digits) >= 3 and known.endswith(digits):
                return fresh[-len(digits) :]
            if len(digits) >= 3 and known.startswith(digits):
                return fresh[: len(digits)]
        made = self._made(digits)
        self._digits[digits] = made
        return made

    @staticmethod
    def _made(digits: str) -> str:
        if len(digits) >= _PHONE:
            area = "312" if digits[-_PHONE:][:3] != "312" else "206"
            before = "1" if len(digits) == _PHONE + 1 and digits[0] == "1" else _drawn(len(digits) - _PHONE)
            return f"{before}{area}55501{secrets.randbelow(100):02d}"
        while True:
            first = "2345"[secrets.randbelow(4)] if len(digits) == 1 else "123456789"[secrets.randbelow(9)]
            made = first + _drawn(len(digits) - 1)
            if made != digits:
                return made

    def _digits_of(self, word: str) -> str:
        plain = word.casefold()
        if plain in _UNITS:
            return str(_UNITS[plain][0])
        return "".join(letter for letter in plain if letter.isdecimal() and letter.isascii())

    def _as_written(self, word: str, digits: str) -> str:
        plain = word.casefold()
        if plain in _UNITS:
            return _UNITS[plain][1][int(digits)]
        left = iter(digits)
        return "".join(next(left, "0") if letter.isdecimal() else letter for letter in word)

    def _other(self, word: str, following: list[str]) -> str:
        plain = word.casefold()
        row = _ROW_OF.get(plain)
        dated = plain in {"twenty", "thirty"} and following and following[0].casefold() in ORDINALS
        if dated:
            return "twenty"
        if row is None:
            return word
        if plain not in self._words:
            others = [one for one in row if one != plain]
            self._words[plain] = others[secrets.randbelow(len(others))]
        return self._words[plain]

    def month(self, word: str) -> str:
        """Another month."""
        return self._moved(word, MONTHS, self._months)

    def weekday(self, word: str) -> str:
        """Another day of the week; all of them move by as many."""
        return self._moved(word, WEEKDAYS, self._days)

    @staticmethod
    def _moved(word: str, rows: tuple[tuple[str, ...], ...], by: int) -> str:
        row = next(row for row in rows if word.casefold() in row)
        return row[(row.index(word.casefold()) + by) % len(row)]


def _drawn(count: int) -> str:
    return "".join(str(secrets.randbelow(10)) for _ in range(count))


def _whole(word: str) -> str:
    """A date, a time, a day of the month or a year that is written as one, made up anew; empty where it is none."""
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})", word):
        day, mark = 1 + secrets.randbelow(12), re.sub(r"\d", "", word)[0]
        return f"{day}{mark}{day}{mark}{2010 + secrets.randbelow(10)}"  # the same whichever of them is the month
    if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return f"{2010 + secrets.randbelow(10)}-0{1 + secrets.randbelow(9)}-1{secrets.randbelow(10)}"
    if re.fullmatch(r"\d{1,2}:\d\d", word):
        return f"{1 + secrets.randbelow(12)}:{10 + 5 * secrets.randbelow(10)}"
    if re.fullmatch(r"\d{1,2}(st|nd|rd|th)", word):
        return f"{4 + secrets.randbelow(17)}th"
    return str(2010 + secrets.randbelow(10)) if re.fullmatch(r"(19|20)\d\d", word) else ""


def _year(words: list[str]) -> list[str] | None:
    """A year that is said, in as many words, made up anew; ``None`` where it is none."""
    plain = [word.casefold() for word in words]
    teens = [word for word in _ROWS[0] if word not in plain]
    teen = teens[secrets.randbelow(len(teens))]
    if plain[:2] == ["two", "thousand"] and len(plain) <= 4:
        return [*words[:2], teen, *[""] * (len(words) - 3)][: len(words)]
    if plain[:2] == ["dos", "mil"] and len(plain) <= 4:
        return [*words[:2], _ROWS[4][secrets.randbelow(10)], *[""] * (len(words) - 3)][: len(words)]
    century = plain[0] in {"twenty", "nineteen"} and len(plain) in {2, 3}
    if century and (plain[1] in _ROWS[0] or plain[1] in _ROWS[1]):
        return ["twenty", teen, *[""] * (len(words) - 2)]
    return None
