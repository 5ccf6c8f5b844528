"""One field of a claim: the question for it, how an answer is read, and how it is read back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.domain.records import Policyholder

__all__ = ["Circumstances", "Field", "FieldError"]


class FieldError(ValueError):
    """A value that a field cannot take. The message is a sentence that asks for a better one."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What helps to read an answer: the day, and the policy of the verified caller."""

    today: date
    policy: Policyholder | None = None
    insisted: bool = False
    """He was asked twice before: better what he says, as he says it, than to ask a third time."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a claim must hold."""

    name: str
    question: str
    """Asks for exactly this field, with words that belong to no other."""
    again: str
    """Asks again, in other words, after an answer that could not be read."""
    read: Callable[[Any, Circumstances], Any]
    """Reads a typed value or the caller's words; raises ``FieldError``."""
    say: Callable[[Any], str]
    """The value as the read-back says it."""
