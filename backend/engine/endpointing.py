"""Endpointing: has the caller finished, or is he only taking a breath?"""

import re
from dataclasses import dataclass
from typing import Literal

from backend.domain.agent import TurnsSpec
from backend.domain.spoken.digits import read_digits
from backend.domain.spoken.places import ends_in_city_or_state
from backend.domain.spoken.vehicles import is_only_a_year

__all__ = ["Expectation", "Thought", "allowed_silence_ms", "expectation", "thought"]

Thought = Literal["complete", "open", "unfinished"]
"""``complete``: may be answered early. ``open``: could go on. ``unfinished``: visibly goes on."""

_TRAILING = frozenset(
    (
        "and or but so because that which who the a an my your his her their our its at on in of to for from "
        "with by near is are was were i'm it's i we he she they um uh er hmm like about around between into "
        "onto number street's not very really when where if then than as"
    ).split()
)
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

_SHORT_ANSWERS = frozenset("yes yeah yep no nope correct right sure okay ok goodbye bye thanks".split())
"""A greeting is none: "hello" is said before a wish, and the agent would talk into it."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the last question asked for, as far as it tells a whole answer from half of one."""

    digits: int = 0
    """Digits that a complete answer has; 0 when it is not a number."""
    address: bool = False
    name: bool = False
    vehicle: bool = False


_DIGITS = {"zip_code": 5, "zip": 5, "last4": 4, "last_four": 4, "last4_id": 4, "phone": 10, "phone_number": 10}
_NAME = frozenset({"full_name", "name"})
_NAME_LEAD = re.compile(r"^.*\b(?:name is|name's|this is|i am|i'm|it is|it's)\b", re.IGNORECASE)
_ADDRESS = frozenset({"loss_location", "location", "address", "street", "where"})


def expectation(expects: str | None) -> Expectation:
    """What the field that is being collected says about complete answers.

    A field name may carry its length: ``policy_number:7`` is complete at seven digits.
    """
    if not expects:
        return Expectation()
    name, _, length = expects.partition(":")
    leaf = name.rsplit(".", 1)[-1]
    if length.isdigit():
        return Expectation(digits=int(length))
    return Expectation(_DIGITS.get(leaf, 0), leaf in _ADDRESS or name in _ADDRESS, leaf in _NAME, leaf == "vehicle")


def thought(text: str, expected: Expectation) -> Thought:
    """Judge an utterance by its words alone."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return "open"
    if expected.digits:
        count = len(read_digits(text))
        if 0 < count < expected.digits:
            return "unfinished"
        if count >= expected.digits:
            return "complete"
    if expected.name and len(_NAME_LEAD.sub("", text).split()) < _NAME_WORDS:
        return "unfinished"
    if expected.vehicle and is_only_a_year(text):
        return "unfinished"
    if words[-1] in _TRAILING and not (len(words) == 1 and words[0] in _SHORT_ANSWERS):
        return "open" if _STRANDED.search(text) else "unfinished"
    if expected.address:
        return "complete" if ends_in_city_or_state(text) else "open"
    if words[-1] in _SHORT_ANSWERS or text.rstrip().endswith((".", "?", "!")) or len(words) >= 4:
        return "complete"
    return "open"


def allowed_silence_ms(state: Thought, turns: TurnsSpec, expected: Expectation) -> int:
    """Silence after which the caller is taken to have finished, under ``smart`` endpointing."""
    if state == "unfinished":
        return max(turns.unfinished_silence_ms, 2400 if expected.digits else 0)
    if state == "complete":
        return turns.local_silence_ms
    return max(turns.local_silence_ms, 1100 if expected.address else 800)
