"""The numbers of an utterance that is no answer to one question: where each begins and ends, and what is in doubt.

Which words are digits, ``pieces`` knows. Words that only sound like a digit ("fine", "free", "fall") are none: what
they stand for is asked again, never guessed.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from backend.language.en.characters import LIKE_DIGITS, characters_of
from backend.language.en.pieces import Piece, Pieces
from backend.language.turn_memory import remembered

__all__ = [
    "Number",
    "Numbers",
    "digit_pieces",
    "grouped",
    "read_digits",
    "read_numbers",
    "sounds_like_digit",
    "without_false_starts",
]

_FILLERS = frozenset("uh um uhm er erm ah hmm hm mm".split())
_DASHES = frozenset("- – — dash hyphen".split())
_MARKS = frozenset(", . ; : / ...".split())
_PASSED = _FILLERS | _DASHES | _MARKS
_DOUBTFUL = frozenset(
    "million dozen half point zeros zeroes ones twos threes fours fives sixes sevens eights nines minus".split()
)
_CORRECTING = frozenset("no wait sorry actually correction scratch oops rather not".split())
_AROUND_A_START = (
    _CORRECTING | _PASSED | frozenset("i am mean that it is make let me start try over again oh okay".split())
)
"""All that stands between a number that was begun and the same from its beginning: "six oh, sorry, six oh six"."""
_WHOLE = (4, 5)
"""Digits of a number that is only grouped: "48 21", "sixty-six oh one two"."""
_CLOSED = (4, 5, 9)
"""Behind so many digits a dash or a mark begins another number."""
_PLUS = 5
"""Digits that a dash may set others apart from: "60601 dash 1234"."""
_ZEROS = frozenset("oh o".split())
_LONG_ROW = 3
"""Behind so many digits an "oh" is one, too: "two seven nine oh I had an accident"."""
_EXCLAIMED = frozenset("dear god gosh no well yes yeah my boy man lord sorry wait goodness hell okay right".split())
"""Behind an "oh" that is none."""
_GLUED = re.compile(r"\b([a-z]{2,})(\d)\b")
"""A word and how many of it: "last" and a figure, written as one."""


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


@remembered
def read_numbers(text: str) -> Numbers:
    """Every number of an utterance.

    Two numbers are two where a comma, another word, or the space between two written numbers sets them apart;
    four or five digits that are only grouped ("48 21", "sixty-six oh one two") are one.
    """
    tokens = characters_of(_GLUED.sub(r"\1 \2", text.lower()))
    runs = _runs(tokens, _pieces(tokens))
    found = [number for run in runs for number in _split(tokens, run)]
    return Numbers(tuple(tokens), tuple(found), _leaves_doubt(tokens, found))


def without_false_starts(numbers: Numbers, lengths: Container[int]) -> Numbers:
    """Without what was begun, taken back in plain words and said again whole: "four... sorry, four eight two one".

    Two whole numbers stay two, whatever stands between them, and leave their doubt.

    Args:
        numbers: of an utterance.
        lengths: how many digits a whole one has.
    """
    kept: list[Number] = []
    for number in reversed(numbers.found):
        again = kept[-1] if kept else None
        whole = again is not None and _count(again) in lengths
        if whole and again and _count(number) < _count(again) and _takes_back(numbers.tokens[number.end : again.start]):
            kept[-1] = replace(again, start=number.start)
        else:
            kept.append(number)
    found = [*reversed(kept)]
    return Numbers(numbers.tokens, tuple(found), _leaves_doubt(numbers.tokens, found))


def grouped(numbers: Numbers, length: int) -> Numbers:
    """With one number of that length where nothing but its groups was said: "4051 2766", "405-127-66".

    Args:
        numbers: of an utterance.
        length: how many digits the number has that was asked for.
    """
    found = numbers.found
    apart = [set(numbers.tokens[one.end : two.start]) for one, two in pairwise(found)]
    if not apart or sum(map(_count, found)) != length or not all(gap <= _DASHES for gap in apart):
        return numbers
    whole = Number("".join(one.digits + one.tail for one in found), found[0].start, found[-1].end)
    return replace(numbers, found=(whole,))


def _count(number: Number) -> int:
    return len(number.digits + number.tail)


def _takes_back(tokens: Sequence[str]) -> bool:
    """Is there nothing in these words but that something was said wrong?"""
    return _AROUND_A_START.issuperset(tokens) and _corrects(tokens)


def _corrects(tokens: Sequence[str]) -> bool:
    return not _CORRECTING.isdisjoint(tokens) or " i mean " in f" {' '.join(tokens)} "


def read_digits(text: str) -> str:
    """All digits of an utterance, in order: ``"four eight to one"`` is ``"4821"``, ``"the last four"`` has none."""
    return "".join(number.digits + number.tail for number in read_numbers(text).found)


def digit_pieces(tokens: Sequence[str]) -> list[tuple[str, int, int]]:
    """Each token, or few tokens, that say digits: the digits, the first token's place, and that behind the last."""
    return [(piece.likeliest, piece.start, piece.end) for piece in _pieces(tokens)]


def sounds_like_digit(token: str) -> bool:
    """Is it a digit, a word for some, or what a recognizer writes for one that it did not catch?"""
    return token in LIKE_DIGITS - _DOUBTFUL or Pieces.may_be_digit(token)


def _pieces(tokens: Sequence[str]) -> list[Piece]:
    """The pieces, with an "oh" that closes a long row and makes no exclamation of the word behind it."""
    pieces: list[Piece] = []
    row, end = 0, -1
    for piece in Pieces(tokens, letters=False, prefix="").all():
        if row >= _LONG_ROW and piece.start > end and _is_last_zero(tokens, end):
            pieces.append(Piece(("0",), end, end + 1))
        row = row + 1 if piece.start == end else 1
        pieces.append(piece)
        end = piece.end
    if row >= _LONG_ROW and _is_last_zero(tokens, end):
        pieces.append(Piece(("0",), end, end + 1))
    return pieces


def _is_last_zero(tokens: Sequence[str], at: int) -> bool:
    word, after = (*tokens[at : at + 2], "", "")[:2]
    return word in _ZEROS and after.isalpha() and after not in _EXCLAIMED


def _runs(tokens: Sequence[str], pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces with nothing but marks and fillers between them."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and all(token in _PASSED for token in tokens[runs[-1][-1].end : piece.start]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _split(tokens: Sequence[str], run: Sequence[Piece]) -> list[Number]:
    if len(_digits(run)) in _WHOLE:
        return [_number(run)]
    parts: list[tuple[bool, list[Piece]]] = [(False, [run[0]])]
    for before, piece in pairwise(run):
        between = set(tokens[before.end : piece.start])
        closed = len(_digits(parts[-1][1])) in _CLOSED
        if between & _DASHES and closed:
            parts.append((True, [piece]))
        elif _are_written(tokens, before, piece) or (between & _MARKS and closed):
            parts.append((False, [piece]))
        else:
            parts[-1][1].append(piece)
    found: list[Number] = []
    for dashed, part in parts:
        number = _number(part)
        if dashed and found and len(found[-1].digits) == _PLUS and not found[-1].tail:
            found[-1] = replace(found[-1], tail=number.digits, end=number.end)
        else:
            found.append(number)
    return found


def _are_written(tokens: Sequence[str], *pieces: Piece) -> bool:
    """Are they figures, of more than one each?"""
    return all(tokens[piece.start].isdecimal() and len(piece.likeliest) > 1 for piece in pieces)


def _digits(pieces: Sequence[Piece]) -> str:
    return "".join(piece.likeliest for piece in pieces)


def _number(pieces: Sequence[Piece]) -> Number:
    return Number(_digits(pieces), pieces[0].start, pieces[-1].end)


def _leaves_doubt(tokens: Sequence[str], numbers: Sequence[Number]) -> bool:
    """Was something about the numbers taken back, or said in a way that is not read?"""
    if not numbers:
        return False
    if "not" in tokens or any(token in _DOUBTFUL or _is_mixed(token) for token in tokens):
        return True
    if any(_is_beside_what_sounds_alike(tokens, number) for number in numbers):
        return True
    return _corrects(tokens[numbers[0].end :])


def _is_beside_what_sounds_alike(tokens: Sequence[str], number: Number) -> bool:
    listed = any(token in _MARKS for token in tokens[number.start : number.end])  # "fall, 4, 8": marks tell nothing
    for place, step in ((number.start - 1, -1), (number.end, 1)):
        while listed and 0 <= place < len(tokens) and tokens[place] in _MARKS:
            place += step
        if 0 <= place < len(tokens) and tokens[place] in LIKE_DIGITS:
            return True
    return False


def _is_mixed(token: str) -> bool:
    return any(c.isdecimal() for c in token) and not token.isdecimal()
