"""A question to a caller, in three forms, so that nobody hears the same words twice running."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["CONFIRMATION", "CORRECTION", "Kind", "Question"]

Kind = Literal["digits", "integer", "yes_no", "choice", "date", "time", "name", "place", "text", "group"]
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
        simple: the third form: keys for a number, two choices for a choice. Derived from ``kind`` when empty.
        example: an answer that would do, for forms that are derived.
        why: one sentence for a caller who asks why this is asked.
        digits: how many, for ``digits``.
        choices: the answers of a ``choice``, as a caller would say them.
        may_stay_open: the form can do without the answer.
        negative: the sentence denies something ("nobody was hurt, is that right?"): a bare yes or no says little.
        secret: the answer shows who somebody is, or is one of their secrets; it is used and never kept.
    """

    name: str
    kind: Kind
    ask: str
    again: str
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
        return self.simple or self._derived()

    def picked(self, key: str) -> str | None:
        """The choice that a key stands for, when the third form offered keys."""
        key = key.strip()
        if self.kind != "choice" or not key.isdecimal() or not 1 <= int(key) <= min(len(self.choices), _MOST_KEYS):
            return None
        return self.choices[int(key) - 1]

    def _derived(self) -> str:
        match self.kind:
            case "digits":
                number = _counted(self.digits) if self.digits else "number"
                return f"Please key in the {number} on your telephone, one digit after the other."
            case "integer":
                return f"Please say just the number, for example {self.example or 'two'}, or press that key."
            case "choice" if self.choices:
                return f"Please press {_keys(self.choices)}. Which one is it?"
            case "date" | "time":
                return f"{_THIRD[self.kind]}, for example {self.example or _EXAMPLES[self.kind]}."
            case _:
                example = f", for example: {self.example}" if self.example else ""
                return _THIRD.get(self.kind) or f"Please say it once more in a few short words{example}."


_THIRD = {
    "yes_no": "Please say yes or no, or press 1 for yes, 2 for no.",
    "date": "Please say just the month and the day",
    "time": "Please say just the time",
    "name": "Please spell the name for me, letter by letter.",
    "place": "Please say the street first, and then the city.",
}
_EXAMPLES = {"date": "March fourth", "time": "nine thirty in the morning"}
_COUNTED = ("", "one digit", "two digits", "three digits", "four digits", "five digits", "six digits", "seven digits")


def _counted(digits: int) -> str:
    return _COUNTED[digits] if digits < len(_COUNTED) else f"{digits} digits"


def _keys(choices: tuple[str, ...]) -> str:
    """`1 for a checkup, 2 for a cleaning, or 3 for a filling`."""
    keys = [f"{number} for {choice}" for number, choice in enumerate(choices[:_MOST_KEYS], 1)]
    return keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])}, or {keys[-1]}"


CONFIRMATION = Question(
    "confirmation",
    "yes_no",
    "Is that all correct?",
    "Sorry, did I get all of that right? Please say yes or no.",
    why="I only put down what you have said yes to.",
)
"""Asked behind a part of a read-back."""

CORRECTION = Question(
    "correction",
    "text",
    "What should I change?",
    "Which part is not right? For example, say: the date was the fourth of March.",
    simple="Please say just the part that should be changed, and what it should be.",
    why="I would like to have it exactly as you say it.",
)
"""Asked when the caller did not agree."""
