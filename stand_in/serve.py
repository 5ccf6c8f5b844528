"""Which tool the caller's words call for, and what it is called with; its required arguments are asked for in turn."""

import re
from typing import Any

from stand_in.decision import SURE, Decision, Manner
from stand_in.hearing.plain import words
from stand_in.intent import asks, best_parameter, best_tool
from stand_in.lost import not_understood
from stand_in.repeating import earlier_arguments, is_free
from stand_in.situation import Situation, Tool, last_question
from stand_in.tidying import tidied
from stand_in.values import facts_in, read_value, today_in

__all__ = ["arguments_for", "puts_right", "serve"]

_PUTS_RIGHT = re.compile(
    r"\b(?:actually|wait|instead|i meant|i said|mistake|should be|should have been|correct|correction|change|wrong"
    r"|not right|en realidad|espere|perdón|me equivoqué|corregir|cambiar|no fue|no era|equivocad[oa])\b"
)
"""Words behind something that was done, by which a part of it is to be another."""


def serve(situation: Situation, manner: Manner) -> Decision:
    """Go on with what was being asked, or begin what the words call for."""
    if continued := _continue_slots(situation, manner):
        return continued
    text = situation.caller
    asked = last_question(situation.said)
    for tool in situation.tools:
        if tool.required or not tool.properties or _is_about_another(situation, tool):
            continue
        if name := _asked_parameter(tool, asked):
            today = today_in(situation.prompt)
            also = {} if manner == "dumb" else facts_in(text, tool, name, today)
            answer = tidied(name, tool.properties[name], text, today) if manner == "tidy" else text
            return Decision("", {tool.name: {name: answer} | also})
    tool, score = best_tool(text, situation.tools)
    if (tool is None or score < SURE) and asks(text):
        tool, score = next((one for one in situation.tools if one.required == ("question",)), None), SURE
    done = tool is not None and not tool.properties and any(one.tool == tool.name for one in situation.answers)
    if tool is None or score < SURE or done:
        return _put_right(situation, manner) or not_understood(situation, asked)
    arguments = arguments_for(tool, text, situation)
    lacking = [name for name in tool.required if name not in arguments]
    return Decision(tool.question(lacking[0])) if lacking else Decision("", {tool.name: arguments})


def arguments_for(tool: Tool, text: str, situation: Situation, *, certain_only: bool = False) -> dict[str, Any]:
    """What the words that called for a tool say about its arguments."""
    today = today_in(situation.prompt)
    found: dict[str, Any] = {} if certain_only else earlier_arguments(tool, situation)
    free = [n for n in tool.required if tool.properties[n].get("type") == "string" and is_free(n, tool.properties[n])]
    for name, schema in tool.properties.items():
        if name in free[:1] and not certain_only:
            found[name] = text
        elif name in tool.required and not is_free(name, schema) and not name.endswith("name"):
            value = read_value(name, schema, text, today)
            if value is not None and schema.get("type") not in {"boolean"}:
                found[name] = value
    if not tool.required and not certain_only and (name := best_parameter(text, tool)):
        found[name] = text
    return found


def _is_about_another(situation: Situation, owner: Tool) -> bool:
    """The caller asks something that another tool is for."""
    if not asks(situation.caller):
        return False
    tool, score = best_tool(situation.caller, situation.tools)
    return tool is not None and tool.name != owner.name and score > 1.2


def _asked_parameter(tool: Tool, asked: str) -> str | None:
    """The argument whose question was just asked."""
    plain = _plain(asked)
    return next((name for name in tool.properties if plain and _plain(tool.question(name)) == plain), None)


def _continue_slots(situation: Situation, manner: Manner) -> Decision | None:
    """The last question asked for a required argument: take the answer, then ask for the next or call."""
    asked = last_question(situation.said)
    for tool in situation.tools:
        if not tool.required or _asked_parameter(tool, asked) not in tool.required:
            continue
        known = _collected(tool, situation, manner)
        lacking = [name for name in tool.required if name not in known]
        if not lacking:
            return Decision("", {tool.name: known})
        if _asked_parameter(tool, asked) == lacking[0]:  # the tool knows better how to ask again
            return Decision("", {tool.name: known | {lacking[0]: situation.caller}})
        return Decision(tool.question(lacking[0]))
    return None


def _collected(tool: Tool, situation: Situation, manner: Manner) -> dict[str, Any]:
    """Arguments that the caller has given in answer to their questions, and in the words that began it."""
    today = today_in(situation.prompt)
    found = earlier_arguments(tool, situation)
    for said, heard in situation.exchanges:
        name = _asked_parameter(tool, last_question(said))
        if name is None:
            if manner != "dumb" and best_tool(heard, situation.tools)[0] is tool:
                found |= arguments_for(tool, heard, situation, certain_only=True)
            continue
        value = heard if manner == "dumb" else read_value(name, tool.properties[name], heard, today)
        if value is not None:
            found[name] = value
    return found


def _plain(text: str) -> str:
    return " ".join(words(text))


def puts_right(text: str) -> bool:
    """The caller says that something is to be otherwise."""
    return bool(_PUTS_RIGHT.search(text.lower()))


def _put_right(situation: Situation, manner: Manner) -> Decision | None:
    """Something that was taken down before is to be otherwise: the tool that took it hears of it."""
    text = situation.caller
    if not puts_right(text):
        return None
    used = {answered.tool for answered in situation.answers if answered.arguments}
    tool = next((one for one in situation.tools if one.name in used and "correction" in one.properties), None)
    if tool is None:
        return None
    facts = {} if manner == "dumb" else facts_in(text, tool, "", today_in(situation.prompt))
    return Decision("", {tool.name: facts or {"correction": text}})
