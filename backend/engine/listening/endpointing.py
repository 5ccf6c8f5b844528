"""Endpointing: has the caller finished, or are they only taking a breath?"""

import re
from dataclasses import dataclass
from typing import Literal

from backend.domain.agent import TurnsSpec
from backend.domain.session import CallSession
from backend.language.en.spoken.digits import read_digits
from backend.language.en.spoken.numbers import is_only_a_year
from backend.language.en.spoken.places import ends_in_city_or_state
from backend.language.es import turn_words as es

__all__ = ["Expectation", "Thought", "allowed_silence_ms", "expectation", "expected_now", "heard_silence_ms", "thought"]

Thought = Literal["complete", "open", "unfinished"]
"""``complete``: may be answered early. ``open``: could go on. ``unfinished``: visibly goes on."""

_TRAILING = frozenset(
    (
        "and or but so because that which who the a an my your his her their our its at on in of to for from "
        "with by near is are was were i'm it's i we he she they um uh er hmm like about around between into "
        "onto number street's not very really when where if then than as"
    ).split()
) | es.TRAILING - {"me", "son", "si", "fue", "once"}
"""Words after which nobody stops who has finished."""

_STRANDED = re.compile(
    r"\b(?:what|where|when|who|which|how)\b(?: [\w'’]+){2,} (?:is|are)$"
    r"|\b(?:who|what|someone|somebody|anyone|anybody|person) .+"
    r" (?:talk|talking|speak|speaking|spoke|look|looking|wait|waiting|ask|asking|pay|paying|call|calling)"
    r" (?:to|with|for|about)$",
    re.IGNORECASE,
)
"""Questions that do end in such a word: "what my deductible is", "someone I can talk to"."""

_WORD = re.compile(r"[\w'’]+")

_NAME_WORDS = 2
"""First and last."""

_SHORT_ANSWERS = (
    frozenset("yes yeah yep no nope correct right sure okay ok goodbye bye thanks".split()) | es.SHORT_ANSWERS
)
"""A greeting is none: "hello" is said before a wish, and the agent would talk into it."""


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
    keys: int = 0
    """Keys that an answer has where one may be pressed; 0 when that is not known."""


_BARE_WORDS = 3
_FAREWELLS = frozenset("goodbye bye thanks".split())
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\btwent(?:y|ies)\b|\bnineteen\b|\btwo thousand\b", re.IGNORECASE)
_ASKING = frozenset("what where when who which how why can could would do does did is are am may will should".split())
_WISH = re.compile(
    r"\b(?:can|could|would) you\b"
    r"|\b(?:want|like|need) to (?:know|ask|speak|talk|report|file|make|cancel|change|pay|check)\b"
    r"|\b(?:if|whether) (?:i|my|you|we)\b",
    re.IGNORECASE,
)
_DECISIONS = frozenset({"confirmation", "consent"})
_DIGITS_OF_A_YEAR = 4
_NAME_LEAD = re.compile(r"^.*\b(?:name is|name's|this is|i am|i'm|it is|it's)\b", re.IGNORECASE)


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
            return Expectation(address=kind == "place", name=kind == "name", year=year)


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


def thought(text: str, expected: Expectation) -> Thought:
    """Judge an utterance by its words alone."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return "open"
    if expected.digits:
        count = len(read_digits(text)) or es.digits_said(text)
        if 0 < count < expected.digits:
            return "unfinished"
        if count >= expected.digits:
            return "complete"
    if expected.name and len(_NAME_LEAD.sub("", text).split()) < _NAME_WORDS:
        return "unfinished"
    if expected.year and is_only_a_year(text):
        return "unfinished"
    if words[-1] in _TRAILING and not (len(words) == 1 and words[0] in _SHORT_ANSWERS):
        return "open" if _STRANDED.search(text) else "unfinished"
    if expected.address:
        return "complete" if ends_in_city_or_state(text) else "open"
    if words[-1] in _SHORT_ANSWERS or text.rstrip().endswith((".", "?", "!")) or len(words) >= 4:
        return "complete"
    return "open"


def heard_silence_ms(text: str, turns: TurnsSpec, expected: Expectation) -> int:
    """Silence before which an answer is thought of, but not heard: it costs nothing while the answer is not ready.

    Some whole sentences are often gone on from: the first of a story, a bare yes or no, a car without its year.
    """
    if expected.digits or expected.decision or turns.endpointing != "smart":
        return 0
    words = [word.lower() for word in _WORD.findall(text)]
    bare = len(words) <= _BARE_WORDS and any(word in _SHORT_ANSWERS for word in words)
    if bare and words[-1] in _FAREWELLS:
        return 0
    if bare or (expected.story and not _asks(text, words)) or (expected.year and not _YEAR.search(text)):
        return max(turns.heard_silence_ms, turns.story_silence_ms)
    return turns.heard_silence_ms


def _asks(text: str, words: list[str]) -> bool:
    """Does it end in a question or a wish, so that the agent is next?"""
    if text.rstrip().endswith("?") or words[-1] in {"please", "thanks", "me"}:
        return True
    return words[0] in _ASKING or _WISH.search(text) is not None


def allowed_silence_ms(state: Thought, turns: TurnsSpec, expected: Expectation) -> int:
    """Silence after which the caller is taken to have finished, under ``smart`` endpointing."""
    if state == "unfinished":
        return max(turns.unfinished_silence_ms, 2400 if expected.digits else 0)
    if state == "complete":
        return turns.local_silence_ms
    return max(turns.local_silence_ms, 1100 if expected.address else 800)
