"""One field of a claim: the question for it, how an answer is read, and how it is read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from backend.domain.question import Question
from backend.domain.records import Policyholder

__all__ = ["Circumstances", "Field", "FieldError", "PartKey"]

PartKey = Literal["what_and_when", "who_and_how"]
"""The part of the read-back that says a field."""


class FieldError(ValueError):
    """A value that a field cannot take. The message is a sentence that asks for a better one."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What helps to read an answer: the day, and the policy of the verified caller."""

    today: date
    policy: Policyholder | None = None
    insisted: bool = False
    """They were asked twice before: better what they say, as they say it, than to ask a third time."""
    caller: str = ""
    """The name that an unverified caller gave."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a claim must hold."""

    question: Question
    read: Callable[[Any, Circumstances], Any]
    """Reads a typed value or the caller's words; raises ``FieldError``."""
    say: Callable[[Any, Mapping[str, Any]], str]
    """A clause of the read-back, in the second person; it sees the other fields. Empty: goes without saying."""
    part: PartKey
    spot: Callable[[str, Circumstances], Any] = lambda _text, _about: None
    """The value in words that were not an answer to this question, where they surely hold one; else ``None``."""
    known: Callable[[Mapping[str, Any], Circumstances], Any] = lambda _fields, _about: None
    """The value that follows from what is known already, so that nobody is asked; ``None`` where none does."""
    offer: Callable[[Question, Circumstances], Question] = lambda question, _about: question
    """The question as it is put to this caller: what a book knows is confirmed instead of asked."""
    left_open: Any = None
    """The value of a field that the caller could not say."""
    label: str = ""
    """What is said to be open, in a word or two, when the caller could not say it."""

    @property
    def name(self) -> str:
        """Its name, as tools and the API know it."""
        return self.question.name
