"""Words that name characters: digits and letters, one by one, in pairs, doubled, or as they are written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from backend.language.en.letters import LETTERS, UNSURE_LETTERS, explained
from backend.language.en.number_words import CARDINALS, DIGITS, TEENS, TENS, number_at

__all__ = ["PASSED", "Piece", "Pieces"]

_ZEROS = frozenset("oh o".split())
_HOMOPHONES = {
    "owe": "0", "won": "1", "to": "2", "too": "2", "tu": "2", "for": "4", "fore": "4", "sicks": "6", "sics": "6",
    "ate": "8", "nein": "9",
}  # fmt: skip
"""Words that recognizers write for a digit; they have a meaning of their own, and count beside a digit only."""
_MORE_DIGITS = {"nought": 0, "naught": 0, "nil": 0, "niner": 9}
_REPEATS = {"double": 2, "triple": 3, "treble": 3}
_SAY_DIGITS = frozenset({*_ZEROS, *_HOMOPHONES, *_MORE_DIGITS, *_REPEATS, *DIGITS, *TEENS, *TENS})
_BEGIN = frozenset({*_SAY_DIGITS, *CARDINALS.hundreds, *CARDINALS.scales})
"""Words that a piece of digits may begin with, beside figures: most of what is said has none, and is asked nothing."""
PASSED = frozenset(
    "uh um uhm er erm ah hmm hm mm like , . ; : ... - – — dash hyphen ( ) + then and space capital letter uppercase "
    "number digit again slash /".split()
)
"""What may stand between two characters of one row."""
_MARKS = frozenset(", . ; : ? ! ... - – — ( ) / '".split())
_COUNTS_AFTER = frozenset("digit digits number numbers figure figures letter letters character characters".split())
_COUNTS_BEFORE = frozenset("last final first".split())
_NO_ONE_BEFORE = frozenset("no any some every this that which the other another each".split())
_NO_ONE_AFTER = frozenset("moment second sec minute more time of is thing was".split())
_GOES_ON = frozenset("and please thanks thank sir ma'am last zip".split())
_MIXED = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{2,}")
_COMMON = frozenset(
    "a am an as at be by do go he hi i if in is it its me my no of off oh ok on or out per so the to um up us uh we "
    "yes er ah and was for you are not".split()
)
"""Short words that are no letters of a code."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, or a few, that name characters."""

    options: tuple[str, ...] = field(repr=False)
    """What they may be, the likeliest first: "oh" is 0, or the letter."""
    start: int
    end: int
    sure: bool = True

    @property
    def likeliest(self) -> str:
        """What it most likely is."""
        return self.options[0]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of an answer.

    Args:
        words: of the answer, each mark a word.
        letters: do letters count, too?
        prefix: letters that may be said as a word.
    """

    words: Sequence[str]
    letters: bool
    prefix: str

    def all(self) -> Iterator[Piece]:
        """From left to right."""
        at = 0
        while at < len(self.words):
            word = self.words[at]
            if not self.letters and word not in _BEGIN and (word.isalpha() or word in _MARKS):
                at += 1
                continue
            piece = None if self._is_count(at) or self._is_pronoun(at) else self.at(at)
            if piece is not None:
                yield piece
            at = piece.end if piece is not None else at + 1

    @staticmethod
    def may_be_digit(word: str) -> bool:
        """Does a word say a digit or more, wherever it stands?"""
        return word in _SAY_DIGITS or word.isdecimal()

    def at(self, at: int) -> Piece | None:
        """The piece that begins at this place."""
        word = self.words[at]
        return self._repeated(at) or self._number(at) or self._zero(at) or self._letter(at) or self._written(at, word)

    def _repeated(self, at: int) -> Piece | None:
        times = _REPEATS.get(self.words[at], 0)
        if not times or at + 1 >= len(self.words):
            return None
        one = self.at(at + 1)
        if one is None or any(len(option) != 1 for option in one.options):
            return None
        return Piece(tuple(option * times for option in one.options), at, one.end, one.sure)

    def _number(self, at: int) -> Piece | None:
        word = self.words[at]
        if word.isdecimal():
            return Piece((word,), at, at + 1)
        whole = number_at(self.words, at) if word not in ("a", "an") else None
        if whole is not None and {"hundred", "thousand"} & set(self.words[at : whole[1]]):
            return self._hundreds(at, whole)
        if word in TENS:
            return self._tens(at)
        digit = TEENS.get(word, DIGITS.get(word, _MORE_DIGITS.get(word)))
        if digit is not None:
            return Piece((str(digit),), at, at + 1)
        return Piece((_HOMOPHONES[word],), at, at + 1) if word in _HOMOPHONES and self._is_beside_digit(at) else None

    def _hundreds(self, at: int, whole: tuple[int, int]) -> Piece:
        """ "Four thousand eight hundred twenty one"; but "eight hundred, five five five" goes on digit by digit."""
        value, end = whole
        goes_on = end < len(self.words) and self.words[end] in DIGITS and self.words[end - 1] in DIGITS
        if goes_on and self.words[end - 2] in ("hundred", "thousand"):
            return Piece((str(value - DIGITS[self.words[end - 1]]),), at, end - 1)
        return Piece((str(value),), at, end)

    def _tens(self, at: int) -> Piece:
        """ "Forty eight" is 48, and sometimes forty and eight."""
        tens = str(TENS[self.words[at]])
        after = at + 1 + (self.words[at + 1 : at + 2] == ["-"])
        ones = DIGITS.get(self.words[after], 0) if after < len(self.words) else 0
        return Piece((tens[0] + str(ones), f"{tens}{ones}"), at, after + 1) if ones else Piece((tens,), at, at + 1)

    def _zero(self, at: int) -> Piece | None:
        """ "Oh" is a digit beside digits; among letters it may be the letter."""
        if self.words[at] not in _ZEROS:
            return None
        if not self.letters:
            return Piece(("0",), at, at + 1) if self._is_beside_digit(at) else None
        used, other = explained(self.words, at + 1, "o")
        if used:  # "o as in oscar"
            return Piece(("o",), at, at + 1 + used, sure=not other)
        behind = at + 2 if at + 1 < len(self.words) and self.words[at + 1] in _REPEATS else at + 1
        digits = [self._is_sure_digit(place) for place in (at - 1, behind) if 0 <= place < len(self.words)]
        return Piece(("0", "o") if all(digits) else ("o", "0"), at, at + 1)

    def _letter(self, at: int) -> Piece | None:
        word = self.words[at]
        if not self.letters:
            return None
        letter = LETTERS.get(word) or (UNSURE_LETTERS.get(word, "") if self._is_between_characters(at) else "")
        if not letter:
            return None
        used, other = explained(self.words, at + 1, letter)
        return Piece((letter,), at, at + 1 + used, sure=not other and word not in UNSURE_LETTERS)

    def _written(self, at: int, word: str) -> Piece | None:
        """ "F70318", "SW1A"; and the letters beside it: "POL", "LKJ"."""
        if not self.letters:
            return None
        if _MIXED.fullmatch(word) or (self.prefix and word == self.prefix):
            return Piece((word,), at, at + 1)
        short = word.isascii() and word.isalpha() and len(word) <= 3
        places = [place for place in (at - 2, at - 1, at + 1, at + 2) if 0 <= place < len(self.words)]
        joined = any(
            _MIXED.fullmatch(self.words[place]) and all(self.words[between] == "-" for between in _between(at, place))
            for place in places
        )
        pair = len(word) == 2 and any(self._is_character(place) for place in places[1:3] or places)
        return Piece((word,), at, at + 1) if short and (joined or pair) and word not in _COMMON else None

    def _is_character(self, at: int) -> bool:
        return self.words[at].isdecimal() or len(self.words[at]) == 1 or self.words[at] in DIGITS

    def _is_beside_digit(self, at: int) -> bool:
        right = self._first(at, 1)
        if right is not None and self._is_sure_digit(right):
            return True
        left = self._first(at, -1)
        ends = right is None or self.words[right] in _GOES_ON or any(
            not self.words[place].isalnum() for place in range(at + 1, right)
        )  # fmt: skip
        return left is not None and self._is_sure_digit(left) and ends

    def _first(self, at: int, step: int) -> int | None:
        place = at + step
        while 0 <= place < len(self.words):
            word = self.words[place]
            if word not in _HOMOPHONES and word not in _ZEROS and word not in PASSED:
                return place
            place += step
        return None

    def _is_sure_digit(self, at: int) -> bool:
        word = self.words[at]
        known = word in DIGITS or word in TEENS or word in TENS or word in _REPEATS or word.isdecimal()
        return (known or word in _MORE_DIGITS) and not self._is_count(at) and not self._is_pronoun(at)

    def _is_between_characters(self, at: int) -> bool:
        near = [self.words[place] for place in (at - 1, at + 1) if 0 <= place < len(self.words)]
        return len(near) == 2 and all(len(word) == 1 or word in LETTERS or word in DIGITS for word in near)

    def _is_count(self, at: int) -> bool:
        """ "The last four", "five digits": how many, and not which."""
        word = self.words[at]
        if word not in DIGITS and word not in _HOMOPHONES and not (word.isdecimal() and len(word) == 1):
            return False
        before = self.words[at - 1] if at else ""
        after = self.words[at + 1] if at + 1 < len(self.words) else ""
        return before in _COUNTS_BEFORE or after in _COUNTS_AFTER

    def _is_pronoun(self, at: int) -> bool:
        """The "one" of "no one", "this one" and "one moment"."""
        if self.words[at] != "one":
            return False
        before = self.words[at - 1] if at else ""
        after = self.words[at + 1] if at + 1 < len(self.words) else ""
        digits_after = after in DIGITS or after in _ZEROS or after in _HOMOPHONES or after.isdecimal()
        said_before = before in DIGITS or before in _HOMOPHONES or before.isdecimal()
        return not said_before and not digits_after and (before in _NO_ONE_BEFORE or after in _NO_ONE_AFTER)


def _between(one: int, other: int) -> range:
    return range(min(one, other) + 1, max(one, other))
