"""When nothing fits what the caller said: other words the second time, then a person; never a loop."""

import re

from stand_in.decision import Decision
from stand_in.intent import is_kind
from stand_in.sentences import Sentences, sentences_of
from stand_in.situation import Situation

__all__ = ["cannot_tell", "not_understood"]

_ELSE = re.compile(r"\b(?:anything|something) else\b|\balgo más\b")
_OWN = re.compile(r"\bhelp you\b|\bdo for you\b|\ble pued[oa] ayudar\b|\bhacer por usted\b")


def not_understood(situation: Situation, asked: str) -> Decision:
    """The caller's words call for nothing; ``asked`` is the question that they may have been meant for."""
    own = sentences_of(situation)
    at_the_end = own.else_ in situation.said or own.else_again in situation.said
    again = own.else_plain if at_the_end else own.again  # whoever has all they wanted is not asked why they call
    return _in_turn(situation, own, f"{own.not_understood} {_in_other_words(asked, own)}", again)


def cannot_tell(situation: Situation, asked: str) -> Decision:
    """The caller asks something that nobody here knows; ``asked`` is the question that is open."""
    own = sentences_of(situation)
    more = own.else_again if own.else_ in situation.said else own.else_
    return _in_turn(situation, own, f"{own.not_here} {asked or more}", own.not_either)


def _in_other_words(asked: str, own: Sentences) -> str:
    """The questions that are the stand-in's own or a greeting's, so that nobody hears the same twice running."""
    plain = asked.lower()
    if _ELSE.search(plain):
        return own.else_again
    if not asked or _OWN.search(plain):
        return own.what_about
    return asked


def _in_turn(situation: Situation, own: Sentences, first: str, second: str) -> Decision:
    before = 0
    for said, _ in reversed(situation.exchanges):
        if not any(mark in said for mark in own.marks):
            break
        before += 1
    person = next((tool for tool in situation.tools if is_kind(tool, "person")), None)
    if before >= 2 and person is not None:
        reason = {"reason": "what the caller said was not understood"} if "reason" in person.properties else {}
        return Decision("", {person.name: reason})
    latest = situation.exchanges[-1][0] if situation.exchanges else ""
    return Decision(second if first in latest or (before and second not in latest) else first)
