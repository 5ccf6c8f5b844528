"""A question to a caller, in three forms, so that nobody hears the same words twice running."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["CONFIRMATION", "CORRECTION", "Kind", "Question"]

Kind = Literal[
    "digits", "integer", "yes_no", "choice", "date", "time", "name", "person", "place", "text", "story", "group",
]  # fmt: skip
"""What an answer is made of; readers, keys and the third form follow it, never the question's name."""

_MOST_KEYS = 9


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked of a caller.

    Args:
        name: the field that the answer is for; what ``expects`` says.
        kind: what an answer is made of.
        ask: the first form, one sentence.
        again: the second form: other words, with an example.
        simple: the third form: keys for a number, two choices for a choice. Forms that are left empty come from the
            phrases of the call, by ``kind`` (``tool_store.wording``).
        example: an answer that would do, for forms that are derived.
        why: one sentence for a caller who asks why this is asked.
        digits: how many, for ``digits``; of a ``group``, 4 says that a year is part of it.
        choices: the answers of a ``choice``, as a caller would say them.
        may_stay_open: the form can do without the answer.
        negative: the sentence denies something ("nobody was hurt, is that right?"): a bare yes or no says little.
        secret: the answer shows who somebody is, or is one of their secrets; it is used and never kept.
    """

    name: str
    kind: Kind
    ask: str = ""
    again: str = ""
    simple: str = ""
    example: str = ""
    why: str = ""
    digits: int = 0
    choices: tuple[str, ...] = ()
    may_stay_open: bool = False
    negative: bool = False
    secret: bool = False

    @property
    def forms(self) -> tuple[str, str, str]:
        """The three forms, in the order in which they are used."""
        return self.ask, self.again, self.third

    @property
    def third(self) -> str:
        """The form for somebody who was not understood twice."""
        return self.simple or self.again or self.ask

    def picked(self, key: str) -> str | None:
        """The choice that a key stands for, when the third form offered keys."""
        key = key.strip()
        if self.kind != "choice" or not key.isdecimal() or not 1 <= int(key) <= min(len(self.choices), _MOST_KEYS):
            return None
        return self.choices[int(key) - 1]


CONFIRMATION = Question("confirmation", "yes_no")
"""Asked behind a part of a read-back."""

CORRECTION = Question("correction", "text")
"""Asked when the caller did not agree."""
