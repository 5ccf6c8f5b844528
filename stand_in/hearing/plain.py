"""Words in lower case, and with their numbers in figures."""

import re

__all__ = ["in_figures", "plain", "words"]

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split() + [""] * 9 + ["thirtieth"]  # fmt: skip
_WORTH = (
    {"zero": 0}
    | {word: 1 + place for place, word in enumerate(_ONES)}
    | {word: 10 + place for place, word in enumerate(_TEENS)}
    | {word: 20 + 10 * place for place, word in enumerate(_TENS)}
)
_PLACE = {word: 1 + place for place, word in enumerate(_NTH) if word}
_TENS_AND = re.compile(rf"\b({'|'.join(_TENS)})[ -]({'|'.join([*_ONES, *_NTH[:9]])})\b")
_ALONE = re.compile(rf"\b({'|'.join([*_WORTH, *_PLACE])})\b")
_THOUSANDS = re.compile(r"\b(\d{1,3}) thousand(?: (?:and )?(\d{1,3})(?!\d))?\b")
_HUNDREDS = re.compile(r"\b(\d|a) hundred(?: (?:and )?(\d{1,2})(?!\d))?\b")


def plain(text: str) -> str:
    """The words, one space between them, without marks that end sentences."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Words in lower case; an apostrophe, and the marks within a time or a date, belong to them."""
    return re.findall(r"\w+(?:['’:/.-]\w+)*'?", text.lower().replace("’", "'"))


def in_figures(text: str) -> str:
    """``"the twenty first at five thirty"`` is ``"the 21th at 5 30"``: an ordinal has ``th``, whatever its figure."""
    said = re.sub(r"(\d)(?:st|nd|rd)\b", r"\1th", plain(text))
    said = _ALONE.sub(_one, _TENS_AND.sub(_two, said))
    said = _HUNDREDS.sub(lambda m: str((1 if m[1] == "a" else int(m[1])) * 100 + int(m[2] or 0)), said)
    return _THOUSANDS.sub(lambda m: str(int(m[1]) * 1000 + int(m[2] or 0)), said)


def _two(match: re.Match[str]) -> str:
    tens, rest = _WORTH[match[1]], match[2]
    return f"{tens + _PLACE[rest]}th" if rest in _PLACE else str(tens + _WORTH[rest])


def _one(match: re.Match[str]) -> str:
    return f"{_PLACE[match[1]]}th" if match[1] in _PLACE else str(_WORTH[match[1]])
