"""Digits in words as they stand in the text: which characters say them, and what stands between."""

import re
import unicodedata
from dataclasses import dataclass, field

from backend.language.digit_pieces import digit_pieces

__all__ = ["Piece", "Said", "read_said"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[-–—]|[,.;:/]")
_PASSED = frozenset("- – — dash hyphen , . ; : / uh um uhm er erm ah hmm hm mm".split())
"""Marks and noises between the digits of one number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, or few tokens, that say digits. ``first`` and ``last`` are places of tokens, ``start`` and ``end`` of
    characters."""

    digits: str = field(repr=False)
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance, taken apart."""

    tokens: tuple[str, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...]
    """Where each token stands."""
    pieces: tuple[Piece, ...] = field(repr=False)

    def words_between(self, first: int, last: int) -> int:
        """How many words, marks and noises left out, stand from one token up to another."""
        return sum(token not in _PASSED for token in self.tokens[max(first, 0) : last])

    def runs(self) -> list[list[Piece]]:
        """Pieces with nothing but marks and noises between them."""
        found: list[list[Piece]] = []
        for piece in self.pieces:
            if found and not self.words_between(found[-1][-1].last + 1, piece.first):
                found[-1].append(piece)
            else:
                found.append([piece])
        return found


def read_said(text: str) -> Said:
    """Take an utterance apart."""
    found = list(_WORD.finditer(text))
    tokens = tuple(_plain(match.group()) for match in found)
    spans = tuple(match.span() for match in found)
    pieces = tuple(
        Piece(digits, first, end - 1, spans[first][0], spans[end - 1][1]) for digits, first, end in digit_pieces(tokens)
    )
    return Said(tokens, spans, pieces)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower().removesuffix("'s")
    plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    if plain.isdecimal():
        return "".join(str(unicodedata.decimal(character)) for character in plain)
    return plain.removesuffix("'s")
