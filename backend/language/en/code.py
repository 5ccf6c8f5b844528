"""Reads an English code of letters and figures: spelled, by an alphabet, or as it is written."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from backend.domain.pattern import fits
from backend.language.asked import Asked
from backend.language.doubt import weigh
from backend.language.en.characters import Row, characters_of, rows_of
from backend.language.en.neutral import COVERAGE
from backend.language.en.pieces import PASSED, Piece
from backend.language.en.signs import BREAKS, SIGNS, signs_for
from backend.language.mention import Mention
from backend.language.reading import Reading

__all__ = ["fitted", "read_code"]

_SHORTEST = 3
_NEAR = 2
_LEAD = 4
"""Letters of such a word."""
_CALLED = frozenset({"reg", "tag", "code", "pin"})
"""What codes are called for short."""
_BETWEEN = PASSED | {"as", "in"} - {"like"}
"""Between a word that belongs to a code and the rest: "pol and then a one oh seven"."""
_ARTICLES = frozenset("aio")
"""Letters that are words, too."""
_PARTLY = re.compile(
    r"\b(?:ends?|ending) (?:in|with)\b|\b(?:starts?|begins?|starting|beginning) (?:with|off)\b(?!.*\b(?:then|after)\b)"
    r"|\b(?:last|first|second) (?:part|bit|half|few|ones|letters?|digits?|numbers?)\b"
)
"""What is said of a part of a code; the rest of it is open."""
_OTHERS = re.compile(r"\bthe other (?!one\b)(?!.*\b(?:mine|my|ours?)\b)")
_SHAPES = {"GB": re.compile(r"[A-Z]{2}\d{2}[A-Z]{3}|[A-Z]{1,2}\d{1,2}[A-Z]?\d?[A-Z]{2}")}
"""What numbers on plates look like: decides between the letter O and the figure where nothing else does."""


def read_code(text: str, asked: Asked) -> Reading:
    """The code of an answer, in capitals; as ``asked.pattern`` wants it, where there is one."""
    words = characters_of(text)
    prefix = _prefix(asked.pattern)
    rows = rows_of(words, letters=True, prefix=prefix)
    mentions = [mention for row in rows if (mention := _mention(row, asked)) is not None]
    mentions = [
        replace(one, doubtful=True, why="letters are left over") if _goes_on(one, rows) else one for one in mentions
    ]
    if _OTHERS.search(" ".join(words)):
        mentions = [replace(one, doubtful=True, why="it may be somebody else's") for one in mentions]
    if not asked.pattern:
        mentions = [
            replace(one, doubtful=True, why=why) if (why := _why_not_whole(words, one, rows, asked)) else one
            for one in mentions
        ]
    signs = signs_for(SIGNS.find(words), mentions, ())
    return weigh(words, mentions, [sign for sign in signs if sign.sort != "about"], breaks=BREAKS)


def _goes_on(one: Mention, rows: Sequence[Row]) -> bool:
    """Do more letters stand close behind it, with a word between that was not understood?"""
    return any(0 < row.start - one.end <= _NEAR and len(row.text) > 1 for row in rows)


def _why_not_whole(words: Sequence[str], one: Mention, rows: Sequence[Row], asked: Asked) -> str:
    """Why it may be a part of the code only, where no pattern tells how long one is; empty where it is not."""
    short = (_short_word(words, one.start - 1, -1, asked), _short_word(words, one.end, 1, asked))
    if any(short):
        return "a word may belong to it"
    lone = any(len(row.text) < _SHORTEST and row.text.isalpha() and not _ARTICLES.issuperset(row.text) for row in rows)
    if lone and not any(sign.sort in ("correction", "afterthought") for sign in SIGNS.find(words)):
        return "a letter is left over"
    partly = not asked.digits and _PARTLY.search(" ".join(words))
    return "only a part of it was said" if partly else ""


def _short_word(words: Sequence[str], at: int, step: int, asked: Asked) -> bool:
    """Does a short word stand beside it that is no word of a sentence: "pol, a one oh seven", "bd fifty one smr"?"""
    while 0 <= at < len(words) and words[at] in _BETWEEN:
        at += step
    word = words[at] if 0 <= at < len(words) else ""
    short = word.isalpha() and _NEAR <= len(word) <= _LEAD
    return short and not (word in _CALLED or word in COVERAGE.silent or word in COVERAGE.words(asked.question))


def fitted(code: str, pattern: str) -> str:
    """The code as the pattern wants it, with its dashes and the letters it begins with; ``""`` when it is none."""
    prefix = _prefix(pattern)
    for start in dict.fromkeys((code, prefix + code)):
        for form in (start, *(f"{start[:at]}-{start[at:]}" for at in range(1, len(start)))):
            if fits(pattern, form):
                return form
    return ""


@lru_cache(maxsize=64)
def _prefix(pattern: str) -> str:
    """The letters that every code of this pattern begins with."""
    found = re.match(r"\^?\(?(?:\?:)?([A-Z]{2,})", pattern)
    return found[1] if found else ""


def _mention(row: Row, asked: Asked) -> Mention | None:
    options = list(dict.fromkeys(option.upper() for option in row.options()))
    if asked.pattern:
        values = tuple(dict.fromkeys(form for option in options if (form := fitted(option, asked.pattern))))
    elif asked.digits:
        values = tuple(option for option in options if len(option) == asked.digits)
    else:
        values = _likely(row, options, asked.region)
    if not values and len(row.text) < _SHORTEST and not any(char.isdigit() for char in row.text):
        return None
    why = "" if values and not row.doubtful else "a word was unclear" if values else "it is not of that form"
    return Mention(row.start, row.end, values, why=why, doubtful=bool(why))


def _likely(row: Row, options: Sequence[str], region: str) -> tuple[str, ...]:
    """Without a pattern: as it was said, and both ways where "oh" stands between a letter and a figure."""
    if len(row.text) < _SHORTEST:
        return ()
    shape = _SHAPES.get(region)
    shaped = tuple(option for option in options if shape is not None and shape.fullmatch(option))
    return shaped or tuple(dict.fromkeys((_as_figures(row), *_zeros(row))))


def _as_figures(row: Row) -> str:
    """With a zero for each "oh" that stands between figures."""
    kinds = "".join(map(_with_open_zeros, row.pieces))
    between = [at for run in re.finditer(r"(?<=\d)\?+(?=\d)", kinds) for at in range(*run.span())]
    return "".join("0" if at in between else char for at, char in enumerate(row.text.upper()))


def _with_open_zeros(piece: Piece) -> str:
    """Its text, with a mark for each letter O that may be a zero: "oh", "double oh"."""
    is_open = len(piece.options) > 1 and set("".join(piece.options)) == {"o", "0"}
    return "?" * len(piece.likeliest) if is_open else piece.likeliest


def _zeros(row: Row) -> list[str]:
    """The other readings of its zeros where they are not plain."""
    kinds = "".join(map(_with_open_zeros, row.pieces))
    if not re.search(r"(?:^|[a-z])\?+(?:\d|$)|\d\?+(?:[a-z]|$)", kinds):
        return []
    text = row.text.upper()
    return [text.replace("O", "0"), text.replace("0", "O")]
