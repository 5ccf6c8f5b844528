"""Digits said one by one: which they are, where one number ends and the next begins, and where that is in doubt.

Homophones that recognizers write for digits are read ("for eight to one" is 4821). Words that only sound like
a digit ("fine", "free", "fall") are not: what they stand for is asked again, never guessed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from backend.language.en.spoken.digit_doubt import LIKE_DIGITS, leaves_doubt

__all__ = [
    "Number",
    "Numbers",
    "digit_pieces",
    "digit_words",
    "exact_digits",
    "read_digits",
    "read_numbers",
    "sounds_like_digit",
]

_DIGITS = {
    "zero": "0", "nought": "0", "naught": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9",
}  # fmt: skip
_HOMOPHONES = {
    "oh": "0", "o": "0", "owe": "0", "won": "1", "to": "2", "too": "2", "tu": "2", "for": "4", "fore": "4",
    "sicks": "6", "sics": "6", "ate": "8", "nein": "9",
}  # fmt: skip
"""Words with a meaning of their own; they are digits beside a digit only."""
_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7",
    "eighty": "8", "ninety": "9",
}  # fmt: skip
_REPEATS = {"double": 2, "triple": 3, "treble": 3}
_FILLERS = frozenset("uh um uhm er erm ah hmm hm mm".split())
_DASHES = frozenset("- – — dash hyphen".split())
_MARKS = frozenset(", . ; : /".split())
_COUNTS_AFTER = frozenset("digit digits number numbers figure figures letter letters".split())
_COUNTS_BEFORE = frozenset("last final first".split())
_ONE_AFTER = frozenset("no any some every this that which the other another each".split())
_ONE_BEFORE = frozenset("moment second sec minute more time of is thing".split())
_GOES_ON = frozenset("and please thanks thank sir ma'am last zip".split())
"""Words that may follow a number at once; after any other a homophone at its end is a plain word ("one to be sure")."""
_ZEROS = frozenset("oh o".split())
_LONG_ROW = 3
"""Behind so many digits an "oh" is one, too: "two seven nine oh I had an accident"."""
_EXCLAIMED = frozenset("dear god gosh no well yes yeah my boy man lord sorry wait goodness hell okay right".split())
_GLUED = re.compile(r"\b([a-z]+)(\d)\b")
"""A word and how many of it: "last" and a figure, written as one."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[-–—]|[,.;:/]")


@dataclass(frozen=True, slots=True)
class Number:
    """Digits in one run. ``start`` and ``end`` are token places; ``tail`` is what a dash set apart (zip plus four)."""

    digits: str = field(repr=False)
    start: int
    end: int
    tail: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an utterance, the tokens that they were found in, and whether the words leave a doubt."""

    tokens: tuple[str, ...] = field(repr=False)
    found: tuple[Number, ...]
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    digits: str
    start: int
    end: int
    written: bool = False


def read_numbers(text: str) -> Numbers:
    """Every number of an utterance.

    Two numbers are two where a comma, another word, or the space between two written numbers sets them apart;
    four or five digits that are only grouped ("48 21", "sixty-six oh one two") are one.
    """
    tokens = _tokens(text)
    pieces = _pieces(tokens)
    found = [number for run in _runs(tokens, pieces) for number in _split(tokens, run)]
    return Numbers(tuple(tokens), tuple(found), leaves_doubt(tokens, [(number.start, number.end) for number in found]))


def digit_pieces(tokens: Sequence[str]) -> list[tuple[str, int, int]]:
    """Each token, or few tokens, that say digits: the digits, the first token's place, and that behind the last."""
    return [(piece.digits, piece.start, piece.end) for piece in _pieces(tokens)]


def sounds_like_digit(token: str) -> bool:
    """Is it a digit, a word for some, or what a recognizer writes for one that it did not catch?"""
    known = token in _DIGITS or token in _HOMOPHONES or token in _TEENS or token in _TENS or token in _REPEATS
    return known or token.isdecimal() or token in LIKE_DIGITS


def read_digits(text: str) -> str:
    """All digits of an utterance, in order: ``"four eight to one"`` is ``"4821"``, ``"the last four"`` has none."""
    return "".join(number.digits + number.tail for number in read_numbers(text).found)


def exact_digits(text: str, length: int, *, plus_four: bool = False) -> str:
    """The one number of an utterance when it has just so many digits and the words leave no doubt; else empty.

    With ``plus_four`` a zip code's four more digits are not part of it.
    """
    numbers = read_numbers(text)
    cut = [_without_plus_four(number) if plus_four else number for number in numbers.found]
    values = {number.digits + number.tail for number in cut}
    value = values.pop() if len(values) == 1 else ""
    return value if len(value) == length and not numbers.doubt else ""


def digit_words(digits: str) -> str:
    """``"4821"`` as it is said: ``"four eight two one"``."""
    names = {value: name for name, value in reversed(_DIGITS.items()) if name not in {"nought", "naught", "niner"}}
    return " ".join(names[digit] for digit in digits if digit in names)


def _without_plus_four(number: Number) -> Number:
    if len(number.digits) == 5 and len(number.tail) in (0, 4):
        return replace(number, tail="")
    return replace(number, digits=number.digits[:5]) if len(number.digits) == 9 and not number.tail else number


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    found = _WORD.findall(_GLUED.sub(r"\1 \2", plain))
    return [_western(token) if token.isdecimal() else token.removesuffix("'s") for token in found]


def _western(token: str) -> str:
    return "".join(str(unicodedata.decimal(character)) for character in token)


def _pieces(tokens: Sequence[str]) -> list[_Piece]:
    """Each token, or few tokens, that say digits."""
    pieces: list[_Piece] = []
    index = 0
    while index < len(tokens):
        piece = None if _is_count(tokens, index) or _is_pronoun(tokens, index) else _piece(tokens, index)
        if piece is None:
            index += 1
            continue
        pieces.append(piece)
        index = piece.end
    return pieces


def _piece(tokens: Sequence[str], index: int) -> _Piece | None:
    token = tokens[index]
    if token.isdecimal():
        return _Piece(token, index, index + 1, written=True)
    if token in _REPEATS:
        digit = _digit(tokens, index + 1) if index + 1 < len(tokens) else ""
        return _Piece(digit * _REPEATS[token], index, index + 2) if len(digit) == 1 else None
    if token in _TENS:
        after = index + 1 + (index + 1 < len(tokens) and tokens[index + 1] == "-")
        ones = _digit(tokens, after) if after < len(tokens) and not tokens[after].isdecimal() else ""
        if len(ones) == 1 and ones != "0":
            return _Piece(_TENS[token] + ones, index, after + 1)
        return _Piece(_TENS[token] + "0", index, index + 1)
    if token in _TEENS:
        return _Piece(_TEENS[token], index, index + 1)
    digit = _digit(tokens, index)
    return _Piece(digit, index, index + 1) if digit else None


def _digit(tokens: Sequence[str], index: int) -> str:
    token = tokens[index]
    if token in _DIGITS or token.isdecimal():
        return _DIGITS.get(token, token)
    return _HOMOPHONES.get(token, "") if _beside_digit(tokens, index) else ""


def _beside_digit(tokens: Sequence[str], index: int) -> bool:
    """Is this homophone in a row with a sure digit? Others of its kind, fillers and marks are passed over."""
    right = _first_word(tokens, index, 1)
    if right is not None and _is_sure(tokens, right):
        return True
    left = _first_word(tokens, index, -1)
    ends_well = right is None or tokens[right] in _GOES_ON or right > _next_place(tokens, index)
    ends_well = ends_well or (
        tokens[index] in _ZEROS and _row_before(tokens, index) >= _LONG_ROW and _is_plain(tokens, right)
    )
    return left is not None and _is_sure(tokens, left) and ends_well


def _row_before(tokens: Sequence[str], index: int) -> int:
    """How many sure digits stand directly before."""
    place = index
    while place and _is_sure(tokens, place - 1):
        place -= 1
    return index - place


def _is_plain(tokens: Sequence[str], right: int | None) -> bool:
    """Does a word follow that makes no exclamation of an "oh" before it?"""
    return right is not None and tokens[right] not in _EXCLAIMED


def _first_word(tokens: Sequence[str], index: int, step: int) -> int | None:
    """Place of the next token that is no homophone, filler or mark."""
    place = index + step
    while 0 <= place < len(tokens):
        token = tokens[place]
        if token not in _HOMOPHONES and token not in _FILLERS and token not in _MARKS and token not in _DASHES:
            return place
        place += step
    return None


def _next_place(tokens: Sequence[str], index: int) -> int:
    """Where the next word stands when no mark is in between."""
    place = index + 1
    while place < len(tokens) and (tokens[place] in _HOMOPHONES or tokens[place] in _FILLERS):
        place += 1
    return place


def _is_sure(tokens: Sequence[str], place: int) -> bool:
    token = tokens[place]
    known = token in _DIGITS or token in _TEENS or token in _TENS or token in _REPEATS or token.isdecimal()
    return known and not _is_count(tokens, place) and not _is_pronoun(tokens, place)


def _is_count(tokens: Sequence[str], index: int) -> bool:
    """ "The last four", "five digits": how many, and not which."""
    token = tokens[index]
    if token not in _DIGITS and token not in _HOMOPHONES and not (token.isdecimal() and len(token) == 1):
        return False
    before = tokens[index - 1] if index else ""
    after = next((token for token in tokens[index + 1 :] if token != "-"), "")
    return before in _COUNTS_BEFORE or after in _COUNTS_AFTER


def _is_pronoun(tokens: Sequence[str], index: int) -> bool:
    """The "one" of "no one", "this one" and "one moment"."""
    if tokens[index] != "one":
        return False
    before = tokens[index - 1] if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else ""
    says_digits = after in _DIGITS or after in _HOMOPHONES or after.isdecimal() or after in _REPEATS
    alone = before not in _DIGITS and before not in _HOMOPHONES and not before.isdecimal()
    return alone and not says_digits and (before in _ONE_AFTER or after in _ONE_BEFORE)


def _runs(tokens: Sequence[str], pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces with nothing but marks and fillers between them."""
    runs: list[list[_Piece]] = []
    passed = _FILLERS | _MARKS | _DASHES
    for piece in pieces:
        if runs and all(token in passed for token in tokens[runs[-1][-1].end : piece.start]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _split(tokens: Sequence[str], run: Sequence[_Piece]) -> list[Number]:
    if len("".join(piece.digits for piece in run)) in (4, 5):
        return [_number(run)]
    parts: list[list[_Piece]] = [[run[0]]]
    dashed: list[bool] = [False]
    for before, piece in pairwise(run):
        between = set(tokens[before.end : piece.start])
        written = before.written and piece.written and min(len(before.digits), len(piece.digits)) > 1
        long = len("".join(p.digits for p in parts[-1])) in (4, 5, 9)
        if between & _DASHES and long:
            parts.append([piece])
            dashed.append(True)
        elif written or (between & _MARKS and long):
            parts.append([piece])
            dashed.append(False)
        else:
            parts[-1].append(piece)
    found: list[Number] = []
    for part, tail in zip(parts, dashed, strict=True):
        number = _number(part)
        if tail and found and len(found[-1].digits) == 5 and not found[-1].tail:
            found[-1] = replace(found[-1], tail=number.digits, end=number.end)
        else:
            found.append(number)
    return found


def _number(pieces: Sequence[_Piece]) -> Number:
    return Number("".join(piece.digits for piece in pieces), pieces[0].start, pieces[-1].end)
