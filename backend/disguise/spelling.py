"""Letters by which callers spell: others, drawn anew for each name, and the same for the same name."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from backend.disguise.vocabulary import PLAIN

__all__ = ["Spelling"]

_ALSO_WORDS = frozenset("aeiouyáéíóú")
"""Letters that are words, too: alone they spell nothing."""
_FILLED = frozenset("uh um eh er mm double doble and".split())
"""What may stand between two letters of a name."""
_SUCH_AS = tuple(
    tuple(words.split()) for words in ("as in", "like in", "como en", "como de", "for", "as", "like", "como", "de")
)
"""Between a letter and a word that begins with it, the longest first."""
_SURELY = frozenset({("as", "in"), ("like", "in")})
_MOST_FILLED = 2
_SPOKEN = (
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey xray yankee zulu"
).split()
"""A word for each letter: those of the radio."""


@dataclass(frozen=True, slots=True)
class _Letter:
    place: int
    end: int
    word: int | None = None
    """Where the word stands that begins with it."""
    surely: bool = False
    """Can nothing else be meant?"""


class Spelling:
    """Replaces what is spelled in one call."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}

    def spell(self, words: list[str], expected: list[bool], names: Collection[str], fresh: list[str | None]) -> int:
        """Fill in ``fresh`` what letters become, and the words by which they are told apart; gives how many there were.

        Args:
            words: what was said, in small letters.
            expected: where a name is expected: there even a letter that is a word spells.
            names: what has a stand-in: an initial that is one of them is left to it.
            fresh: what each word becomes; what is there already stays.
        """
        count = place = 0
        while place < len(words):
            run = _run(words, place, fresh)
            place = run[-1].end if run else place + 1
            letters = "".join(words[one.place] for one in run)
            if not run or letters in names or not _spells(run, letters, expected):
                continue
            if letters not in self._made:
                self._made[letters] = "".join(_another(letter) for letter in letters)
            for one, letter in zip(run, self._made[letters], strict=True):
                fresh[one.place] = letter
                if one.word is not None:
                    fresh[one.word] = _SPOKEN[ord(letter) - ord("a")]
            count += len(run)
        return count


def _run(words: list[str], place: int, fresh: list[str | None]) -> list[_Letter]:
    """Letters that follow one another from here on."""
    run: list[_Letter] = []
    while (one := _letter(words, place, fresh)) is not None:
        run.append(one)
        place = one.end
        beyond = place
        while beyond < len(words) and words[beyond] in _FILLED and beyond - place < _MOST_FILLED:
            beyond += 1
        if _letter(words, beyond, fresh) is not None:
            place = beyond
    return run


def _letter(words: list[str], place: int, fresh: list[str | None]) -> _Letter | None:
    if place >= len(words) or fresh[place] is not None or len(words[place]) != 1 or not words[place].isalpha():
        return None
    for such_as in _SUCH_AS:
        word = place + 1 + len(such_as)
        if word < len(words) and tuple(words[place + 1 : word]) == such_as and len(words[word]) > 1:
            surely = such_as in _SURELY
            if fresh[word] is None and (surely or words[word] not in PLAIN):
                return _Letter(place, word + 1, word, surely)
    return _Letter(place, place + 1)


def _spells(run: list[_Letter], letters: str, expected: list[bool]) -> bool:
    """Is a name spelled here, or are these words of one letter?"""
    if any(letter not in _ALSO_WORDS for letter in letters) or any(one.surely for one in run):
        return True
    return len(run) > 1 and (len(set(letters)) > 2 or any(expected[one.place] for one in run))


def _another(letter: str) -> str:
    others = [chr(one) for one in range(ord("a"), ord("z") + 1) if chr(one) != letter]
    return secrets.choice(others)
