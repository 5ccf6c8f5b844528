"""Spanish number words: into figures, and back."""

from collections.abc import Iterator, Sequence

__all__ = ["HUNDREDS", "TENS", "UNITS", "figures_at", "in_figures", "number_words"]

UNITS = {
    name: value
    for value, name in enumerate(
        (
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
            "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco "
            "veintiseis veintisiete veintiocho veintinueve"
        ).split()
    )
} | {"veintiun": 21, "veintiuna": 21}
_ENGLISH = {name: value for value, name in enumerate("one two three four five six seven eight nine".split(), 1)}
"""Numbers of callers who mix the two languages. Not "ten" and "once", which are Spanish words of their own."""
TENS = {
    name: 10 * tens for tens, name in enumerate("treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 3)
}
HUNDREDS = {
    "cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500,
    "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900,
}  # fmt: skip
_HUNDREDS = HUNDREDS | {name[:-2] + "as": value for name, value in HUNDREDS.items() if name.endswith("os")}
_ONE = frozenset({"un", "una"})
"""Articles; they are numbers behind "treinta y" and before "millón" only."""
_MILLION = frozenset({"millon", "millones"})
_BEGIN = frozenset({*UNITS, *_ENGLISH, *TENS, *_HUNDREDS, *_ONE, "mil"})
"""Words that a number may begin with; others are asked nothing more."""
_ACCENTED = {
    16: "dieciséis", 22: "veintidós", 23: "veintitrés", 26: "veintiséis",
}  # fmt: skip


def in_figures(tokens: Sequence[str]) -> list[str]:
    """Plain words with their numbers in figures; numbers that are said one by one stay apart.

    ``["ochenta", "doscientos", "dos"]`` is ``["80", "202"]``; ``["treinta", "y", "un", "mil"]`` is ``["31000"]``.
    """
    return [written for written, _, _ in figures_at(tokens)]


def figures_at(tokens: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each word, or number in figures, with the places of the words that it is made of."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        value, end = _number(tokens, index) if token in _BEGIN or token.isdecimal() else (0, index)
        yield (str(value), index, end) if end > index else (token, index, index + 1)
        index = max(end, index + 1)


def number_words(value: int) -> str:
    """``1521`` as it is said: ``"mil quinientos veintiuno"``; from a million on in figures."""
    if not 0 <= value < 1_000_000:
        return str(value)
    thousands, rest = divmod(value, 1000)
    if thousands:
        many = "" if thousands == 1 else number_words(thousands)
        if many.endswith("uno"):
            many = many.removesuffix("uno") + ("ún" if many.endswith("veintiuno") else "un")
        return " ".join(part for part in (many, "mil", number_words(rest) if rest else "") if part)
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        name = next(name for name, hundred in HUNDREDS.items() if hundred == hundreds * 100 and name != "cien")
        return "cien" if value == 100 else f"{name} {number_words(rest)}".removesuffix(" cero")
    if value < 30:
        return _ACCENTED.get(value) or next(name for name, unit in UNITS.items() if unit == value)
    tens, unit = divmod(value, 10)
    name = next(name for name, ten in TENS.items() if ten == tens * 10)
    return f"{name} y {number_words(unit)}" if unit else name


def _number(tokens: Sequence[str], start: int) -> tuple[int, int]:
    """Value of the number that begins at ``start``, and the place behind it; that is ``start`` where none does."""
    value, end = _below_million(tokens, start)
    if end == start and tokens[start] in _ONE and tokens[start + 1 : start + 2] == ["millon"]:
        value, end = 1, start + 1
    if end > start and tokens[end : end + 1] and tokens[end] in _MILLION:
        rest, behind = _below_million(tokens, end + 1) if end + 1 < len(tokens) else (0, end + 1)
        return value * 1_000_000 + rest, behind
    return value, end


def _below_million(tokens: Sequence[str], start: int) -> tuple[int, int]:
    value, end = _below_thousand(tokens, start)
    if tokens[end : end + 1] == ["mil"] and (end == start or value):
        rest, behind = _below_thousand(tokens, end + 1)
        return (value if end > start else 1) * 1000 + (rest or 0), behind
    if end == start and tokens[start].isdecimal() and tokens[start + 1 : start + 2] == ["mil"]:
        rest, behind = _below_thousand(tokens, start + 2)
        return int(tokens[start]) * 1000 + rest, behind
    return value, end


def _below_thousand(tokens: Sequence[str], start: int) -> tuple[int, int]:
    token = tokens[start] if start < len(tokens) else ""
    if token not in _HUNDREDS:
        return _below_hundred(tokens, start)
    rest, end = (0, start + 1) if token == "cien" else _below_hundred(tokens, start + 1)
    if tokens[start + 1 : start + 3] in (["un", "mil"], ["una", "mil"]):
        rest, end = 1, start + 2
    return (_HUNDREDS[token] + rest, end) if rest else (_HUNDREDS[token], start + 1)


def _below_hundred(tokens: Sequence[str], start: int) -> tuple[int, int]:
    token = tokens[start] if start < len(tokens) else ""
    if (unit := UNITS.get(token, _ENGLISH.get(token))) is not None:
        return unit, start + 1
    if token not in TENS:
        return 0, start
    after = tokens[start + 2] if tokens[start + 1 : start + 2] == ["y"] and start + 2 < len(tokens) else ""
    unit = 1 if after in _ONE else UNITS.get(after, 0)
    return (TENS[token] + unit, start + 3) if 0 < unit < 10 else (TENS[token], start + 1)
