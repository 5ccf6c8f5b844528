"""When nothing fits what the caller said: other words the second time, then a person; never a loop."""

import re

from stand_in.decision import ELSE, Decision
from stand_in.intent import is_kind
from stand_in.situation import Situation

__all__ = ["cannot_tell", "not_understood"]

_NOT_UNDERSTOOD = "I'm sorry, I didn't get that."
_NOT_HERE = "I'm sorry, I can't tell you that."
_AGAIN = "I'm sorry, I still don't follow. Please say in a few words what you are calling about."
_NOT_EITHER = "I don't know that either, I'm afraid. What else can I do for you?"
_ELSE_AGAIN = "What else can I do for you?"
_ELSE_PLAIN = (
    "I'm sorry, I still don't follow. Is there anything else? Please say yes or no, or press 1 for yes, 2 for no."
)
_WHAT_ABOUT = "What are you calling about?"
_MARKS = (_NOT_UNDERSTOOD, _NOT_HERE, _AGAIN, _NOT_EITHER, _ELSE_PLAIN)


def not_understood(situation: Situation, asked: str) -> Decision:
    """The caller's words call for nothing; ``asked`` is the question that they may have been meant for."""
    at_the_end = ELSE in situation.said or _ELSE_AGAIN in situation.said
    again = _ELSE_PLAIN if at_the_end else _AGAIN  # whoever has all they wanted is not asked why they call
    return _in_turn(situation, f"{_NOT_UNDERSTOOD} {_in_other_words(asked)}", again)


def cannot_tell(situation: Situation, asked: str) -> Decision:
    """The caller asks something that nobody here knows; ``asked`` is the question that is open."""
    more = _ELSE_AGAIN if ELSE in situation.said else ELSE
    return _in_turn(situation, f"{_NOT_HERE} {asked or more}", _NOT_EITHER)


def _in_other_words(asked: str) -> str:
    """The questions that are the stand-in's own or a greeting's, so that nobody hears the same twice running."""
    plain = asked.lower()
    if re.search(r"\b(?:anything|something) else\b", plain):
        return _ELSE_AGAIN
    if not asked or re.search(r"\bhelp you\b|\bdo for you\b", plain):
        return _WHAT_ABOUT
    return asked


def _in_turn(situation: Situation, first: str, second: str) -> Decision:
    before = 0
    for said, _ in reversed(situation.exchanges):
        if not any(mark in said for mark in _MARKS):
            break
        before += 1
    person = next((tool for tool in situation.tools if is_kind(tool, "person")), None)
    if before >= 2 and person is not None:
        reason = {"reason": "what the caller said was not understood"} if "reason" in person.properties else {}
        return Decision("", {person.name: reason})
    latest = situation.exchanges[-1][0] if situation.exchanges else ""
    return Decision(second if first in latest or (before and second not in latest) else first)
