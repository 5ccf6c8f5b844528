"""What to say or do next, from the situation alone: messages, tools, and what tools answered."""

import re
from collections.abc import Mapping
from typing import Any

from stand_in.decision import SURE, Decision, Manner
from stand_in.follow import after_tools
from stand_in.hearing.answers import read_yes_no
from stand_in.hearing.plain import words
from stand_in.intent import (
    asks,
    best_parameter,
    best_tool,
    is_emergency,
    is_farewell,
    is_kind,
    most_wanted,
    reports_loss,
    wants_call_back,
    wants_person,
)
from stand_in.lost import cannot_tell
from stand_in.repeating import repeated_arguments, spoken_parts
from stand_in.sentences import sentences_of
from stand_in.serve import arguments_for, puts_right, serve
from stand_in.situation import OpenQuestion, Situation, Tool
from stand_in.tidying import tidied
from stand_in.values import facts_in, parameter_of_shape, today_in

__all__ = ["Decision", "Manner", "decide"]

_AGREEING = {"consent", "confirmation"}
"""Arguments that answer an offer, and are not asked for otherwise."""
_INJURED = re.compile(r"\binjured\b|\bherid")
_FEW = 3
_NOES = frozenset("no nope nah nothing nada".split())
_ELSE = re.compile(r"\b(?:anything|something) else\b|\b(?:algo|alguna cosa) más\b")


def decide(situation: Situation, *, may_call: bool = True, manner: Manner = "usual") -> Decision:
    """Decide.

    Args:
        situation: what is known.
        may_call: false (tool_choice none) allows words only.
        manner: how clever it is.
    """
    if situation.fresh:
        decision = after_tools(situation, manner)
    elif situation.caller:
        decision = _after_caller(situation, manner)
    else:
        decision = Decision(sentences_of(situation).help)
    if decision.calls and not may_call:
        decision = Decision(decision.text or sentences_of(situation).goodbye)
    return Decision(f"{situation.told} {decision.text}".strip(), decision.calls) if situation.told else decision


def _after_caller(situation: Situation, manner: Manner) -> Decision:
    text = situation.caller
    question = situation.open_question
    if urgent := _urgent(situation, question):
        return urgent
    if question and not _changes_subject(situation, question.tool):
        return _to_the_question(situation, question, manner)
    if ending := _ending(situation):
        return ending
    if _more_is_wanted(situation):
        return Decision(sentences_of(situation).what_more)
    if asks(text) and not _can_be_answered(situation):
        return cannot_tell(situation, question.ask if question else "")
    if safety := _safety(situation):
        return Decision("", {safety.name: {}})
    if verify := _unverified(situation):
        parts = {} if manner == "dumb" else spoken_parts(verify, text)
        return Decision("", {verify.name: parts})
    return serve(situation, manner)


def _urgent(situation: Situation, question: OpenQuestion | None) -> Decision | None:
    """Help that is needed now, or the wish for a person: before everything else."""
    text = situation.caller
    about_injuries = bool(question and "injur" in question.field) or bool(_INJURED.search(situation.said.lower()))
    emergency = _of_kind(situation, "emergency")
    if emergency and is_emergency(text, asked_about_injuries=about_injuries):
        what = {"what": text} if "what" in emergency.properties else dict.fromkeys(emergency.required, text)
        return Decision("", {emergency.name: what})
    person = _of_kind(situation, "person")
    if person and wants_person(text):
        reason = {"reason": "the caller asked for a person"} if "reason" in person.properties else {}
        return Decision("", {person.name: reason})
    if (call_back := _of_kind(situation, "call_back")) and wants_call_back(text):
        return Decision("", {call_back.name: {}})
    return None


def _to_the_question(situation: Situation, question: OpenQuestion, manner: Manner) -> Decision:
    """The caller answers what the newest tool result asked."""
    tool = question.tool
    if question.asked_by.tool == tool.name and (again := repeated_arguments(situation, question)):
        return Decision("", {tool.name: again})
    answered = _answer_field(situation, question, manner)
    if manner == "dumb" or answered.text:
        return answered
    return Decision("", {**answered.calls, **_hand_off_at_once(situation, tool, answered)})


def _answer_field(situation: Situation, question: OpenQuestion, manner: Manner) -> Decision:
    """The field that was asked for, in the caller's own words; what has no field goes where it seems to belong."""
    text, tool = situation.caller, question.tool
    name = question.field.partition(":")[0]
    if name in tool.properties:
        today = today_in(situation.prompt)
        also = {} if manner == "dumb" else facts_in(text, tool, name, today)
        answer = tidied(name, tool.properties[name], text, today) if manner == "tidy" else text
        return Decision("", {tool.name: {name: answer} | also})
    if not tool.properties:
        return Decision("", {tool.name: {}})
    if manner != "dumb" and (facts := facts_in(text, tool, name, today_in(situation.prompt))):
        return Decision("", {tool.name: facts})
    better = parameter_of_shape(text, tool, today_in(situation.prompt)) or best_parameter(text, tool)
    if better is None and len(tool.properties) > 1:  # nothing that it could be about: the tool asks again
        better = "confirmation" if "confirmation" in tool.properties else None
    if better is None and len(tool.properties) > 1:
        return Decision(sentences_of(situation).which_part)
    return Decision("", {tool.name: {better or next(iter(tool.properties)): text}})


def _hand_off_at_once(situation: Situation, verify: Tool, answered: Decision) -> Mapping[str, Mapping[str, Any]]:
    """The hand-off that the caller wants, together with the last detail of the verification that it waits for."""
    if not is_kind(verify, "verify"):
        return {}
    given = {name for one in situation.answers if one.tool == verify.name for name in one.arguments}
    parts = set(verify.required or verify.properties) - _AGREEING
    if parts - given - set(answered.calls.get(verify.name, {})):
        return {}
    tool, text = most_wanted(situation.heard, situation.tools, SURE)
    if tool is None or not tool.name.startswith("hand_off_to_"):
        return {}
    return {tool.name: arguments_for(tool, text, situation)}


def _changes_subject(situation: Situation, owner: Tool) -> bool:
    """The caller asks something of their own instead of answering."""
    if not asks(situation.caller):
        return False
    tool, score = best_tool(situation.caller, situation.tools)
    return tool is not None and tool.name != owner.name and score > 1.2


def _can_be_answered(situation: Situation) -> bool:
    """Is there a tool or an agent for this question, or one that looks things up?"""
    if any(tool.required == ("question",) for tool in situation.tools):
        return True
    return best_tool(situation.caller, situation.tools)[1] >= SURE or reports_loss(situation.caller)


def _ending(situation: Situation) -> Decision | None:
    """Nothing else is wanted: a goodbye, and the end of the call."""
    end = _of_kind(situation, "end")
    no = _only_no(situation.caller) or _pressed(situation) == "2"
    done = is_farewell(situation.caller) or (_asked_for_more(situation) and no)
    wanted, score = best_tool(situation.caller, situation.tools)
    if end is None or not done or (wanted and score > 2.5):
        return None
    reason = {"reason": "the caller is done"} if "reason" in end.properties else {}
    return Decision(sentences_of(situation).goodbye, {end.name: reason})


def _only_no(text: str) -> bool:
    """A no and little more: "it was wells street, not clark" puts something right."""
    said = words(text)
    return read_yes_no(text) is False and (len(said) <= _FEW or (said[0] in _NOES and not puts_right(text)))


def _more_is_wanted(situation: Situation) -> bool:
    """A bare yes to the question whether there is anything else."""
    yes = read_yes_no(situation.caller) is True or _pressed(situation) == "1"
    return yes and len(situation.caller.split()) <= 3 and _asked_for_more(situation)


def _pressed(situation: Situation) -> str:
    """The key with which the caller answers a question that offered keys."""
    return situation.caller.strip(" .") if re.search(r"\b(?:press|oprima|marque) 1\b", situation.said) else ""


def _asked_for_more(situation: Situation) -> bool:
    return bool(_ELSE.search(situation.said.lower()))


def _safety(situation: Situation) -> Tool | None:
    """A tool that looks after people, for a caller who reports a loss; once a call."""
    tool = _of_kind(situation, "safety")
    if tool is None or any(answered.tool == tool.name for answered in situation.answers):
        return None
    return tool if any(reports_loss(heard) for heard in situation.heard) else None


def _unverified(situation: Situation) -> Tool | None:
    """A verification tool that has not succeeded yet."""
    verify = _of_kind(situation, "verify")
    if verify is None:
        return None
    done = any(a.tool == verify.name and a.envelope.get("ok") and not a.text("ask") for a in situation.answers)
    return None if done else verify


def _of_kind(situation: Situation, kind: str) -> Tool | None:
    return next((tool for tool in situation.tools if is_kind(tool, kind)), None)
