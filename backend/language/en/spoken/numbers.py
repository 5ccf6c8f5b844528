"""Whole numbers as they are said: counts and years."""

from collections.abc import Sequence

from backend.language.tokens import words

__all__ = ["in_figures", "is_only_a_year", "read_number", "read_year"]

_UNITS = {
    name: value
    for value, name in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ).split()
    )
}
_TENS = {
    name: 20 + 10 * step
    for step, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}  # fmt: skip
_ARTICLES = {"a": 1, "an": 1, "single": 1, "couple": 2, "pair": 2, "none": 0, "no": 0, "another": 1, "won": 1, "to": 2}


def read_number(text: str) -> int | None:
    """The first whole number in an utterance: ``"there were three cars"`` is 3, ``"a couple"`` is 2."""
    tokens = words(text)
    for index, token in enumerate(tokens):
        if token.isdecimal():
            return int(token)
        if token in _UNITS or token in _TENS:
            return _group(tokens[index:])[0]
    return next((_ARTICLES[token] for token in tokens if token in _ARTICLES), None)


def read_year(text: str) -> int | None:
    """A year from 1950 to 2049: ``"two thousand nineteen"``, ``"twenty twenty one"``, ``2019``."""
    tokens = [{"to": "two", "too": "two", "for": "four"}.get(token, token) for token in words(text)]
    for token in tokens:
        if token.isdecimal() and 1950 <= int(token) <= 2049:
            return int(token)
    for index, token in enumerate(tokens):
        year = _year_at(tokens, index, token)
        if year is not None and 1950 <= year <= 2049:
            return year
    return None


_AROUND_A_YEAR = frozenset(
    "a an the it it's its is my i was drive driving have had own year model make car truck two thousand and nineteen "
    "twenty eighteen seventeen sixteen fifteen fourteen thirteen twelve eleven ten oh one three four five six seven "
    "eight nine to too for of that's that in uh um this".split()
)


def is_only_a_year(text: str) -> bool:
    """Does a caller who describes a thing have its year only, so far? ``"it is a two thousand nineteen"``."""
    return read_year(text) is not None and all(token in _AROUND_A_YEAR or token.isdecimal() for token in words(text))


def in_figures(tokens: Sequence[str]) -> list[str]:
    """Words with their numbers in figures: ``["at", "five", "thirty"]`` is ``["at", "5", "30"]``."""
    written: list[str] = []
    index = 0
    while index < len(tokens):
        value, used = _group(list(tokens[index : _zero(tokens, index)]))
        if tokens[index] == "and":
            used = 0
        elif used > 1 and tokens[index + used - 1] == "and":
            used -= 1
        written.append(str(value) if used else {"zero": "0", "oh": "0"}.get(tokens[index], tokens[index]))
        index += max(used, 1)
    return written


def _zero(tokens: Sequence[str], start: int) -> int:
    """Where the next zero is said: it is always a digit by itself."""
    return next((at for at in range(start, len(tokens)) if tokens[at] in ("zero", "oh")), len(tokens))


def _year_at(tokens: list[str], index: int, token: str) -> int | None:
    rest = tokens[index + 1 :]
    if token == "two" and rest[:1] == ["thousand"]:
        tail = rest[2:] if rest[1:2] == ["and"] else rest[1:]
        return 2000 + _group([t for t in tail[:2] if t != "hundred"])[0]
    if token == "twenty" and rest and (rest[0] in _UNITS or rest[0] in _TENS or rest[0] == "oh"):
        below = _UNITS.get(rest[1], 0) if rest[0] == "oh" and len(rest) > 1 else _group(rest)[0]
        return 2000 + below if below >= 10 or rest[0] == "oh" else None
    if token == "nineteen" and rest and rest[0] in _TENS:
        return 1900 + _group(rest)[0]
    return None


def _group(tokens: list[str]) -> tuple[int, int]:
    """Value and length of the number that ``tokens`` begin with; (0, 0) when they begin with none."""
    total = current = used = 0
    for token in tokens:
        if token in _UNITS and not (used and current % 10 and token in _UNITS):
            current += _UNITS[token]
        elif token in _TENS and current % 100 == 0:
            current += _TENS[token]
        elif token == "hundred" and used:
            current = max(current, 1) * 100
        elif token == "thousand" and used:
            total, current = total + max(current, 1) * 1000, 0
        elif token != "and" or not used:
            break
        used += 1
    return total + current, used
