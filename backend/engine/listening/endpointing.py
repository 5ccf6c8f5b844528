"""Endpointing: has the caller finished, or are they only taking a breath?"""

import re
from dataclasses import dataclass
from typing import Literal

from backend.domain.agent import TurnsSpec
from backend.domain.session import CallSession
from backend.language.named import language_named

__all__ = [
    "EVEN",
    "LIKELY",
    "SURE",
    "Expectation",
    "Thought",
    "allowed_silence_ms",
    "expectation",
    "expected_now",
    "odds_of_end",
    "thought",
]

Thought = Literal["complete", "open", "unfinished"]
"""``complete``: may be answered early. ``open``: could go on. ``unfinished``: visibly goes on."""

SURE, EVEN, LIKELY = 1.4, 0.5, -0.3
"""Log odds that words are all: half of those that are all are above the first, hardly any below the last."""

_WORD = re.compile(r"[\w'’]+")

_NAME_WORDS = 2
"""First and last."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the last question asked for, as far as it tells a whole answer from half of one."""

    digits: int = 0
    """Digits that a complete answer has; 0 when it is not a number."""
    address: bool = False
    name: bool = False
    year: bool = False
    """A group with a year in it, such as a car: nobody stops behind the year."""
    story: bool = False
    """Nothing in particular was asked, or what happened."""
    decision: bool = False
    """A yes or a no is waited for, and ends the matter."""
    number: bool = False
    """A number, of whatever length: a zero may be the answer."""
    when: bool = False
    """A day or a time of day."""
    keys: int = 0
    """Keys that an answer has where one may be pressed; 0 when that is not known."""

    @property
    def asked(self) -> str:
        """What an answer is made of, in a word, as turn ends were learned by it."""
        if self.decision:
            return "decision"
        if self.keys:
            return "choice"
        kinds = {"place": self.address, "name": self.name, "group": self.year, "story": self.story, "when": self.when}
        return next((kind for kind, asked in kinds.items() if asked), "number" if self.number else "text")


_DECISIONS = frozenset({"confirmation", "consent"})
_DIGITS_OF_A_YEAR = 4
_OPEN_MS, _OPEN_PLACE_MS = 860, 1100
"""Callers pause for up to 900 ms inside what they say; a few words that could be all of it are let rest for so long."""


def expectation(kind: str | None, digits: int = 0) -> Expectation:
    """What a question says about complete answers.

    Args:
        kind: what an answer is made of (``domain.question.Kind``); ``None`` when nothing in particular was asked.
        digits: how many it has; of a group, 4 says that a year is part of it.
    """
    match kind:
        case None | "story":
            return Expectation(story=True)
        case "digits":
            return Expectation(digits=digits, number=True)
        case "integer":
            return Expectation(number=True)
        case "yes_no" | "choice":
            return Expectation(keys=1)
        case "decision":
            return Expectation(decision=True, keys=1)
        case _:
            year = kind == "group" and digits == _DIGITS_OF_A_YEAR
            when = kind in ("date", "time")
            return Expectation(address=kind == "place", name=kind == "name", year=year, when=when)


def expected_now(session: CallSession) -> Expectation:
    """What the question that waits for an answer asked for: by its kind and length, never by its name.

    Of a question that only its name is known of, the name may carry the length: ``member_number:7``.
    """
    if not session.expects:
        return expectation(None)
    name, _, length = session.expects.partition(":")
    noted = session.facts.get("_question", {})
    if name in _DECISIONS:
        return expectation("decision")
    if noted.get("name") == name:
        return expectation(noted.get("kind", "text"), noted.get("digits", 0))
    return expectation("digits", int(length)) if length.isdigit() else Expectation()


def thought(text: str, expected: Expectation, language: str) -> Thought:
    """Judge an utterance by its words alone, in the language of the call ("es-MX")."""
    known = language_named(language).turns
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return "open"
    if expected.digits:
        count = len(known.digits(text))
        if 0 < count < expected.digits:
            return "unfinished"
        if count >= expected.digits:
            return "complete"
    if expected.name and len(known.name_lead.sub("", text).split()) < _NAME_WORDS:
        return "unfinished"
    if expected.year and known.is_only_a_year(text):
        return "unfinished"
    odds = odds_of_end(text, expected, language)
    if words[-1] in known.trailing and not (len(words) == 1 and words[0] in known.short_answers):
        return _behind_trailing(odds, stranded=known.stranded.search(text) is not None)
    if expected.address:
        return "complete" if known.ends_in_place(text) else "open"
    likely = odds is not None and (odds >= LIKELY or expected.name)
    ended = words[-1] in known.short_answers or text.rstrip().endswith((".", "?", "!"))
    return "complete" if likely or ended or len(words) >= 4 else "open"


def odds_of_end(text: str, expected: Expectation, language: str) -> float | None:
    """How likely it is that these words are all, as log odds; ``None`` for a number, and where it was not learned."""
    known = language_named(language).turns
    begun = expected.digits and known.digits(text)
    return None if begun or known.ends is None else known.ends.odds(text, expected.asked, known)


def _behind_trailing(odds: float | None, *, stranded: bool) -> Thought:
    """Words that end in one after which nobody stops; some do: "what my deductible is", "the light stays on"."""
    if odds is None:
        return "open" if stranded else "unfinished"
    if odds >= (LIKELY if stranded else EVEN):
        return "complete"
    return "open" if stranded else "unfinished"


def allowed_silence_ms(state: Thought, turns: TurnsSpec, expected: Expectation) -> int:
    """Silence after which the caller is taken to have finished, under ``smart`` endpointing."""
    if state == "unfinished":
        return max(turns.unfinished_silence_ms, 2400 if expected.digits else 0)
    if state == "complete":
        return turns.local_silence_ms
    return max(turns.local_silence_ms, _OPEN_PLACE_MS if expected.address else _OPEN_MS)
