"""Rows of digits and letters: which characters they are, and where a row ends."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from backend.language.en.pieces import PASSED, Piece, Pieces
from backend.language.en.said import SHORT_FORMS

__all__ = ["LIKE_DIGITS", "Row", "characters_of", "rows_of"]

LIKE_DIGITS = frozenset(
    "fall ford forth fife fine hive sex sick mine wine knight night tree free hero sero wan aid eights zeros owes "
    "threes nines half point dozen million minus".split()
)
"""What is written for a digit that was not caught; beside a row they leave a doubt."""
_SENTENCES = frozenset({"i", "a"})
_NO_SENTENCE = frozenset(
    "and then is was as for like that that's this it its in to or at the no not yes yeah yep okay ok sorry please "
    "thanks thank um uh er wait dash hyphen slash space sir ma'am so but with".split()
)
"""Behind a letter they begin no sentence of which it is a word."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|\.{2,}|[^\w\s]")
_DASHED = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Row:
    """Characters with nothing but pauses and marks between them."""

    pieces: tuple[Piece, ...] = field(repr=False)
    doubtful: bool = False
    """Does something that sounds like a digit stand beside it?"""

    @property
    def start(self) -> int:
        """Place of its first word."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Place behind its last word."""
        return self.pieces[-1].end

    @property
    def text(self) -> str:
        """The characters, each as it most likely is."""
        return "".join(piece.likeliest for piece in self.pieces)

    def options(self) -> Iterator[str]:
        """Everything it may be, the likeliest first; no more than 64."""
        for count, chosen in enumerate(product(*(piece.options for piece in self.pieces))):
            if count == 64:
                return
            yield "".join(chosen)


def characters_of(text: str) -> list[str]:
    """The words of an answer that names characters: each mark a word, short forms written out."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("…", "...")
    plain = (
        re.sub(r"\bx[ -]ray\b", "xray", plain)
        .replace("double you", "w")
        .replace("double-u", "w")
        .replace("double u", "w")
    )
    found = (_western(word) for word in _WORD.findall(_DASHED.sub(" ", plain)))
    return [part for word in found for part in SHORT_FORMS.get(word, word.removesuffix("'s")).split()]


def _western(word: str) -> str:
    if word.isascii():
        return word
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in word)


def rows_of(words: Sequence[str], *, letters: bool = False, prefix: str = "") -> list[Row]:
    """Every row of characters, from left to right.

    Args:
        words: of ``characters_of``.
        letters: do letters count, too?
        prefix: letters that a code begins with, which may be said as a word ("pol").
    """
    reader = Pieces(words, letters, prefix.lower())
    rows: list[list[Piece]] = []
    for piece in reader.all():
        if rows and all(word in PASSED for word in words[rows[-1][-1].end : piece.start]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    rows = [_without_a_sentence(words, row) for row in rows] if letters else rows
    return [Row(tuple(row), _is_doubtful(words, row)) for row in rows]


def _without_a_sentence(words: Sequence[str], row: list[Piece]) -> list[Piece]:
    """Without the "I" or the "a" of a sentence behind it: "K five five two, I have the card right here"."""
    last, behind = row[-1], "".join(words[row[-1].end : row[-1].end + 1])
    alone = last.end - last.start == 1 and words[last.start] in _SENTENCES and len(row) > 1
    return row[:-1] if alone and behind.isalpha() and len(behind) > 1 and behind not in _NO_SENTENCE else row


def _is_doubtful(words: Sequence[str], row: Sequence[Piece]) -> bool:
    beside = (words[row[0].start - 1] if row[0].start else "", words[row[-1].end] if row[-1].end < len(words) else "")
    return any(word in LIKE_DIGITS for word in beside) or any(not piece.sure for piece in row)
