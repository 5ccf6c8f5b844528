"""What keeps a caller from showing who they are, in their own words, by the language of the call."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from backend.language.asked import Asked
from backend.language.languages import code_of, loaded
from backend.language.named import language_named

__all__ = ["Obstacle", "StandingPatterns", "StandingReader", "StandingWords", "obstacle", "one_of"]

Obstacle = Literal["", "not_the_holder", "does_not_know", "refuses"]

_ANY = Asked("yes_no", datetime(2000, 1, 1))
"""Whatever was asked: "I don't know" is the same."""


@dataclass(frozen=True, slots=True)
class StandingWords:
    """What the business says, in lower case; the rest is the language's.

    Args:
        holder: what somebody who has a record is called: "patient".
        things: what the record is: "policy".
        reasons: what callers call about: "calling for a claim" is no call for somebody else.
        parts: what the parts that are asked for are called: "zip".
    """

    holder: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class StandingPatterns(NamedTuple):
    """What one language says with the words of one business, in the plain spelling."""

    other: re.Pattern[str]
    """That the record is another one's."""
    lacks: re.Pattern[str]
    """That a part of what is asked is not known, or not at hand."""
    answers: re.Pattern[str]
    """In an answer to who is calling: that whoever has the record is told of as somebody else."""


@dataclass(frozen=True, slots=True)
class StandingReader:
    """The rule, the same in every language.

    Args:
        plain: the words in the plain spelling.
        patterns: those of the language, with the words of a business put in.
        speaks_for_another: do such words say that the record is another one's, whatever the business?
        answers_for_another: do they, as an answer to who is calling: "his name is John Smith"?
        does_not_know: does the whole of the words, as they were said, say that the caller cannot tell?
        refuses: that they will not tell.
    """

    plain: Callable[[str], str]
    patterns: Callable[[StandingWords], StandingPatterns]
    speaks_for_another: Callable[[str], bool]
    answers_for_another: Callable[[str], bool]
    does_not_know: Callable[[str], bool]
    refuses: re.Pattern[str]

    def obstacle(self, text: str, about: StandingWords, asked: bool = False) -> Obstacle:
        """What keeps this caller from being verified, by their own words; empty when nothing does.

        Args:
            text: the caller's words.
            about: the words of the business.
            asked: do they answer a question for who is calling?
        """
        said, patterns = self.plain(text), _patterns(self, about)
        if patterns.other.search(said) or self.speaks_for_another(said):
            return "not_the_holder"
        if asked and (self.answers_for_another(said) or patterns.answers.search(said)):
            return "not_the_holder"
        if self.does_not_know(text) or patterns.lacks.search(said):
            return "does_not_know"
        return "refuses" if self.refuses.search(said) else ""


@lru_cache(64)
def _patterns(reader: StandingReader, about: StandingWords) -> StandingPatterns:
    return reader.patterns(about)


def one_of(*phrases: str) -> str:
    """A regular expression for any of these phrases, of which the longest is looked for first."""
    return f"(?:{'|'.join(re.escape(phrase) for phrase in sorted(set(phrases), key=len, reverse=True))})"


def obstacle(tag: str, text: str, about: StandingWords, *, asked: bool = False) -> Obstacle:
    """What keeps this caller from being verified; empty when nothing does, or the language cannot tell.

    Args:
        tag: the language of the call.
        text: the caller's words.
        about: the words of the business.
        asked: do they answer a question for who is calling? Then an answer in the third person is another one's.
    """
    reader: Callable[[str, StandingWords, bool], Obstacle] | None = loaded(code_of(tag), "standing")
    if reader is not None:
        return reader(text, about, asked)
    return "does_not_know" if language_named(tag).read(text, _ANY).nothing == "unknown" else ""
