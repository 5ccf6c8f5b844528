"""French number words, of France, Belgium, Switzerland and Canada."""

from collections.abc import Sequence

from backend.language.grammar import class_of

__all__ = ["DIGITS", "below_hundred_at", "number_at"]

DIGITS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TEENS = ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf")
_TENS = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
    "octante": 80, "nonante": 90, "quatre vingt": 80, "quatre vingts": 80,
}  # fmt: skip
_CARRIES_TEENS = ("soixante", "quatre vingt")
_HUNDREDS = ("cent", "cents")
_THOUSAND = ("mille", "mil")


def _table() -> dict[str, int]:
    table = {word: value for value, word in enumerate((*DIGITS, *_TEENS))} | {"zero": 0, "une": 1} | _TENS
    for tens, value in _TENS.items():
        for unit, word in enumerate(DIGITS[1:], 1):
            table |= {f"{tens} {word}": value + unit, f"{tens} et {word}": value + unit}
        if tens in _CARRIES_TEENS:
            for teen, word in enumerate(_TEENS, 10):
                table |= {f"{tens} {word}": value + teen, f"{tens} et {word}": value + teen}
    return table


below_hundred_at = class_of(_table())
"""A number below a hundred: ``"quatre vingt dix sept"``."""


def number_at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The number that begins at this place, up to 999,999, and where it ends; ``None`` for none."""
    if words[at].isdecimal():
        return (int(words[at]), at + 1) if len(words[at]) < 10 else None
    many = _below_thousand(words, at)
    value, end = many or (0, at)
    if end < len(words) and words[end] in _THOUSAND and (many is None or value):
        rest = _below_thousand(words, end + 1) if end + 1 < len(words) else None
        return max(value, 1) * 1000 + (rest[0] if rest else 0), rest[1] if rest else end + 1
    return many


def _below_thousand(words: Sequence[str], at: int) -> tuple[int, int] | None:
    found = below_hundred_at(words, at)
    value, end = found or (1, at)
    if end >= len(words) or words[end] not in _HUNDREDS or not 0 < value < 10:
        return found
    rest = below_hundred_at(words, end + 1) if end + 1 < len(words) else None
    return value * 100 + (rest[0] if rest else 0), rest[1] if rest else end + 1
