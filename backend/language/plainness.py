"""Is a value said plainly enough to be taken? Told at length or put together from many pieces, it is asked.

What readers take wrongly on new words is hardly ever a short answer: it is a code in a sentence, a name that is begun
twice, an address of mail of words and letters, a sum in a story. No list of sentences ends these; how much stands
around a value, and how many pieces it has, tells most of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from backend.language.asked import Asked, Kind
from backend.language.reading import Reading

__all__ = ["TOLD_AT_LENGTH", "Plainness"]

TOLD_AT_LENGTH = "it was told at length, or in many pieces"
"""Why such a reading is in doubt."""
_MANY_NAMES = 3
"""Parts of a name from which on one that is begun twice, or spelled, may have a part too many."""
_WITH_STATES = "US"
"""Where a city is told with its state, or is known to lie in one."""
_SPELLED = 2
"""Letters by themselves, from which on something was spelled."""
_SHORT = 2
"""Letters of a name that may begin another one: "Jo Josephson"."""


@dataclass(frozen=True, slots=True)
class Plainness:
    """The rule for one language, in the plain spelling of its coverage.

    Args:
        words: an answer's words in that spelling, without marks.
        courtesies: what says nothing anywhere: "um", "please".
        silent: these, and words that lead to a value ("my number is").
        most: how many other words may stay unread beside a value of that kind.
        longest_place: words of a place beyond which it is taken only with its state.
        at: what divides an address of mail.
        spelling: how a letter is told by a word: "b as in boy".
        mail_words: words that only say how an address of mail is written: "dot", "all lowercase".
        agreeing: words that a yes begins with.
        turning: words that turn from such a beginning: "yes, but not today".
        one_letter: words that are no spelled letters: "i", "a".
    """

    words: Callable[[str], Sequence[str]] = field(repr=False)
    courtesies: frozenset[str] = field(repr=False)
    silent: frozenset[str] = field(repr=False)
    most: Mapping[Kind, int]
    longest_place: int
    at: re.Pattern[str]
    spelling: re.Pattern[str] = field(repr=False)
    mail_words: frozenset[str] = field(repr=False)
    one_letter: frozenset[str]
    agreeing: frozenset[str] = field(repr=False)
    turning: frozenset[str] = field(repr=False)

    def weigh(self, text: str, asked: Asked, reading: Reading) -> Reading:
        """The reading, or a doubt with its value where it was not said plainly."""
        if reading.outcome != "value" or asked.told or self._is_plain(text, asked, reading):
            return reading
        return replace(reading, outcome="ask", candidates=(reading.value,), why=TOLD_AT_LENGTH)

    def _is_plain(self, text: str, asked: Asked, reading: Reading) -> bool:
        match asked.kind:
            case "yes_no" if asked.confirms:
                return bool(reading.value) or not self._is_both(text, reading)
            case "name":
                return not self._is_put_together(str(reading.value), text)
            case "email":
                return not self._is_pieced(text)
            case "address":
                return asked.region != _WITH_STATES or bool(reading.value.get("state")) or not self._is_long(text)
            case kind if kind in self.most:
                return len(self._beside(text, asked, reading)) <= self.most[kind]
            case _:
                return True

    def _is_both(self, text: str, reading: Reading) -> bool:
        """Does a refusal that was found among other words begin by agreeing, and nothing in it turn from that?"""
        said = self.words(text)
        first = next((word for word in said if word in self.agreeing or word not in self.courtesies), "")
        return bool(reading.against) and first in self.agreeing and self.turning.isdisjoint(said)

    def _is_put_together(self, name: str, text: str) -> bool:
        """Is a part of a long name said twice, or spelled: "it's gwen, gwenllian pritchard"?

        Two family names may be alike, as "María García García" are; what a name begins with stands in it once.
        """
        parts = self.words(name)
        if len(parts) < _MANY_NAMES:
            return False
        first = parts[0]
        again = first in parts[1:] or (len(first) > _SHORT and parts[1].startswith(first))
        alone = [word for word in self.words(text) if len(word) == 1 and word.isalpha()]
        return again or len({*alone} - self.one_letter - {*parts}) >= _SPELLED

    def _is_pieced(self, text: str) -> bool:
        """Are there several words and several letters in what stands before the "at"?"""
        before = self.spelling.sub("", self.at.split(text.lower())[0]).replace(",", " ").split()
        letters = [piece for piece in before if len(piece) == 1 and piece.isalpha()]
        names = [piece for piece in before if len(piece) > 1 and piece not in self.mail_words]
        again = "".join(letters) in "".join(names)  # "ben dot ortiz, o r t i z"
        return len(letters) >= _SPELLED and len(names) >= _SPELLED and not again

    def _is_long(self, text: str) -> bool:
        return len([word for word in self.words(text) if word not in self.courtesies]) > self.longest_place

    def _beside(self, text: str, asked: Asked, reading: Reading) -> set[str]:
        """The telling words that are in no part of the reading; the "ray" of "x ray" stands in "xray"."""
        read = {word for part in (*reading.rests_on, *reading.against) for word in self.words(part)}
        spelled = " ".join(read)
        return {word for word in self._telling(text, asked) if word not in (read if len(word) == 1 else spelled)}

    def _telling(self, text: str, asked: Asked) -> list[str]:
        """The words that say something, and are none of the question's."""
        known = self.silent | {*self.words(asked.question)}
        return [word for word in self.words(text) if word not in known]
