"""Several things that are told in one breath: a name, and numbers that are called by name or known by their length."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from backend.language.languages import code_of, loaded

__all__ = ["NumberPart", "Parts", "PartsAsked", "PartsReader", "ends_of", "parts_reader"]

_LONGEST_NAME = 4
"""Words; so many of the end of an answer may be one that was not read."""


@dataclass(frozen=True, slots=True)
class NumberPart:
    """A number of a known length.

    Args:
        name: what it is asked as.
        digits: how many it has.
        plus: how many more may be said behind it, which count for nothing (a zip code's plus four).
        labels: what callers call it, lower case: "zip", "last four".
    """

    name: str
    digits: int
    plus: int = 0
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartsAsked:
    """What may be told.

    Args:
        numbers: the numbers.
        name: what a person's name is asked as; empty where none is.
        asked: the part that was asked for.
        opening: are they the caller's first words, in which a name may stand that nobody asked for?
        by_length: may a number that nobody called by name be known by its length?
        strange: words of the business, in lower case, that no name has: "policy", "wreck".
    """

    numbers: tuple[NumberPart, ...]
    name: str = ""
    asked: str | None = None
    opening: bool = True
    by_length: bool = True
    strange: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Parts:
    """What was told: the sure parts, and those that have to be asked again."""

    values: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    doubt: frozenset[str] = frozenset()


class PartsReader(Protocol):
    """Reads parts in one language."""

    def read(self, text: str, asked: PartsAsked) -> Parts:
        """What ``text`` says of them. Too many or too few digits, a second value, or a word that takes something back
        leave a doubt."""
        ...

    def numbers(self, texts: Iterable[str], parts: Iterable[NumberPart]) -> frozenset[str]:
        """Every whole number that was said, with and without what counts for nothing: the witness for what a model
        passes on. Of two utterances that follow each other the number may be one."""
        ...

    def is_said(self, name: str, texts: Iterable[str]) -> bool:
        """Did somebody say this name? A model may spell it better, and not make one up."""
        ...

    def same_person(self, said: str, name: str) -> bool:
        """May ``said``, as it was heard, be ``name``?"""
        ...

    def names_at_end(self, answer: str) -> Sequence[str]:
        """What may have been meant as a name, in an answer to that question in which none could be read: the end of it,
        from any word on, where what stands before does no more than introduce it ("the name is")."""
        ...


def ends_of(words: Sequence[str], leads: Container[str]) -> Sequence[str]:
    """The ends of an answer before which only ``leads`` stand; two words at least, and no more than a name has."""
    found: list[str] = []
    for at in range(len(words) - 1):
        if len(words) - at <= _LONGEST_NAME:
            found.append(" ".join(words[at:]))
        if words[at] not in leads:
            break
    return found


def parts_reader(tag: str) -> PartsReader | None:
    """The reader of a language (``es-MX``); ``None`` where there is none."""
    found: PartsReader | None = loaded(code_of(tag), "parts")
    return found
