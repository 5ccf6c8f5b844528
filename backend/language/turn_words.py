"""Words by which the end of a caller's turn is judged, in one language."""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["Ends", "TurnWords", "ends_in_one"]

_NONE: frozenset[str] = frozenset()
_NEVER = re.compile(r"(?!)")


def ends_in_one(words: Sequence[str], *names: Container[str], longest: int) -> bool:
    """Do the words end in a name that is in any of these, of at most so many words?"""
    ends = (" ".join(words[-length:]) for length in range(1, min(longest, len(words)) + 1))
    return any(end in known for end in ends for known in names)


def _figures(text: str) -> str:
    return "".join(re.findall(r"\d", text))


def _never(_text: str) -> bool:
    return False


def _as_they_are(words: Sequence[str]) -> Sequence[str]:
    return words


class Ends(Protocol):
    """What was learned of how answers end in a language."""

    def odds(self, text: str, asked: str, known: "TurnWords") -> float:
        """Log odds that these words are all of an answer to what was asked; above 0 they more probably are."""
        ...


@dataclass(frozen=True)
class TurnWords:
    """What a language's sentences end with, and how its numbers are counted. All words in lower case.

    Args:
        trailing: words after which nobody stops who has finished: "and", "my".
        short_answers: a whole answer by themselves. A greeting is none: it is said before a wish.
        farewells: short answers behind which nothing follows.
        stranded: questions and wishes that do end in a trailing word: "what my deductible is".
        asking: words that questions begin with.
        polite: words that a question or a wish ends with, so that the agent is next.
        wish: what makes a wish or a question of a sentence.
        year: a year is said.
        name_lead: what stands before a name: "my name is".
        is_only_a_year: is it nothing but a year, which something is to follow?
        ends_in_place: does it end where a spoken address ends?
        digits: all digits that are said, in order.
        in_figures: words with their numbers in figures.
        digit_words: words for one digit.
        written: how finals write what partials spell out; empty for what has no counterpart.
        hesitations: sounds that say nothing.
        hanging: sentences that lack their object or their main clause: "can you tell me", "and when I came back".
        only_leads: nothing but what stands before the matter: "good morning", "well".
        scene: a story that has only set its scene: "I was backing out of my driveway".
        introducing: it ends in who calls, or in that there is something to be said: "I have a question".
        dictating: a number, an address or a name that is spelled follows: "my email is".
        ends_in_digits: the last word is a figure, or a letter that is spelled.
        joined: two sentences are in it.
        subjects: words that a sentence begins with whose verb follows: "i", "there".
        tells_time: a time of day is said.
        answers_first: it begins with a yes or a no.
        ends: how likely it is that words are all; ``None`` where that was not learned.
    """

    trailing: frozenset[str] = _NONE
    short_answers: frozenset[str] = _NONE
    farewells: frozenset[str] = _NONE
    stranded: re.Pattern[str] = _NEVER
    asking: frozenset[str] = _NONE
    polite: frozenset[str] = _NONE
    wish: re.Pattern[str] = _NEVER
    year: re.Pattern[str] = _NEVER
    name_lead: re.Pattern[str] = _NEVER
    is_only_a_year: Callable[[str], bool] = _never
    ends_in_place: Callable[[str], bool] = _never
    digits: Callable[[str], str] = _figures
    in_figures: Callable[[Sequence[str]], Sequence[str]] = _as_they_are
    digit_words: dict[str, str] = field(default_factory=dict[str, str])
    written: dict[str, str] = field(default_factory=dict[str, str])
    hesitations: frozenset[str] = _NONE
    hanging: re.Pattern[str] = _NEVER
    only_leads: re.Pattern[str] = _NEVER
    scene: re.Pattern[str] = _NEVER
    introducing: re.Pattern[str] = _NEVER
    dictating: re.Pattern[str] = _NEVER
    ends_in_digits: re.Pattern[str] = re.compile(r"\d\W*$")
    joined: re.Pattern[str] = re.compile(r"")
    subjects: frozenset[str] = _NONE
    tells_time: re.Pattern[str] = _NEVER
    answers_first: re.Pattern[str] = _NEVER
    ends: "Ends | None" = None
