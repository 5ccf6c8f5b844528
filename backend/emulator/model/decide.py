"""What to say or do next, from the situation alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.domain.spoken.tokens import words
from backend.domain.spoken.yes_no import read_yes_no
from backend.emulator.model.intent import (
    best_parameter,
    best_tool,
    is_emergency,
    is_farewell,
    is_kind,
    most_wanted,
    wants_person,
)
from backend.emulator.model.reading import from_passages
from backend.emulator.model.repeating import earlier_arguments, is_free, repeated_arguments, spoken_parts
from backend.emulator.model.situation import Answered, Situation, Tool, last_question
from backend.emulator.model.values import parameter_of_shape, read_value, today_in

__all__ = ["Decision", "decide"]

_ELSE = "Is there anything else I can help you with?"
_HELP = "How can I help you today?"
_GOODBYE = "Thank you for calling. Goodbye."
_SURE = 0.9
"""Score below which words call for no tool."""
_QUESTION = re.compile(
    r"^(?:and |but |so |um |uh |actually |wait |sorry |first |never mind )*"
    r"(what|how|is|are|do|does|can|could|will|am|when|where|who)\b"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer: words, tool calls, or both."""

    text: str = ""
    calls: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])


def decide(situation: Situation, *, may_call: bool = True) -> Decision:
    """Decide. ``may_call=False`` (tool_choice none) allows words only."""
    if situation.fresh:
        decision = _after_tools(situation)
    elif situation.caller:
        decision = _after_caller(situation)
    else:
        decision = Decision(_HELP)
    if decision.calls and not may_call:
        return Decision(decision.text or _GOODBYE)
    return decision


# -- when tools have answered -----------------------------------------------------------------


def _after_tools(situation: Situation) -> Decision:
    told = any(a.text("said") for a in situation.fresh)
    ask = next((a.text("ask") for a in situation.fresh if a.text("ask")), "")
    if ask:
        return Decision(f"{'' if told else _sympathy(situation)}{ask}".strip())
    last = situation.fresh[-1]
    if follow := _named_tool(situation, last):
        return Decision("", {follow.name: {}})
    if last.envelope.get("ok", True) and (pending := _pending(situation, last)):
        return pending if not told else Decision("", pending.calls)
    if told:
        return Decision("")
    if not last.envelope.get("ok", True):
        return _after_failure(situation, last)
    if read := from_passages(last):
        return Decision(f"{read} {_ELSE}")
    if is_kind(Tool(last.tool, "", {}, ()), "verify"):
        name = (last.envelope.get("data") or {}).get("first_name", "")
        return Decision(f"Thank you{', ' + name if name else ''}. {_HELP}")
    return Decision(f"{_one_sentence(last.text('message'))} {_ELSE}".strip())


def _named_tool(situation: Situation, answered: Answered) -> Tool | None:
    """A result that names another tool to call now ("file it with file_claim")."""
    if not answered.envelope.get("ok", True):
        return None
    message = answered.text("message")
    for tool in situation.tools:
        if (
            tool.name != answered.tool
            and not tool.required
            and re.search(rf"\bnow with {re.escape(tool.name)}\b", message)
        ):
            return tool
    return None


def _pending(situation: Situation, last: Answered) -> Decision | None:
    """Something that the caller wanted earlier and that can be done now: after a verification, after a hand-off."""
    if not (is_kind(Tool(last.tool, "", {}, ()), "verify") or last.tool.startswith("hand_off_to_")):
        return None
    tool, text = most_wanted(situation.heard[-1:], situation.tools, _SURE)
    if tool is None:
        tool, text = most_wanted(situation.heard, situation.tools, _SURE)
    if tool is None:
        return None
    arguments = _arguments(tool, text, situation)
    lacking = [name for name in tool.required if name not in arguments]
    return Decision(tool.question(lacking[0])) if lacking else Decision("", {tool.name: arguments})


def _after_failure(situation: Situation, last: Answered) -> Decision:
    verify = next((tool for tool in situation.tools if is_kind(tool, "verify")), None)
    if verify and "verif" in last.text("message").lower():
        return Decision("", {verify.name: {}})
    problems = last.envelope.get("problems") or ()
    tool = situation.tool(last.tool)
    for problem in problems:
        name = str(problem.get("field", "")).split(".")[0]
        if tool and name in tool.properties:
            return Decision(f"I'm sorry, I didn't get that. {tool.question(name)}")
    return Decision(f"I'm sorry, that didn't work. {_ELSE}")


def _sympathy(situation: Situation) -> str:
    """A kind word to the first report of something bad, before the questions begin."""
    if len(situation.exchanges) == 1 and re.search(
        r"accident|crash|hit|damage|stolen|claim|pain", situation.heard[-1].lower()
    ):
        return "I'm sorry to hear that. I'll help you with it. "
    return ""


# -- when the caller has spoken ---------------------------------------------------------------


def _after_caller(situation: Situation) -> Decision:
    text, tools = situation.caller, situation.tools
    expects, owner = _open_question(situation)
    about_injuries = bool(expects and "injur" in expects) or "injured" in situation.said.lower()
    emergency = next((tool for tool in tools if is_kind(tool, "emergency")), None)
    if emergency and is_emergency(text, asked_about_injuries=about_injuries):
        return Decision("", {emergency.name: _some(emergency, text)})
    person = next((tool for tool in tools if is_kind(tool, "person")), None)
    if person and wants_person(text):
        return Decision(
            "", {person.name: {"reason": "the caller asked for a person"} if "reason" in person.properties else {}}
        )
    if owner and expects and not _changes_subject(situation, owner):
        return _to_the_question(situation, owner, expects)
    if ending := _ending(situation):
        return ending
    verify = _unverified(situation)
    if verify:
        return Decision("", {verify.name: spoken_parts(verify, situation)})
    return _serve(situation)


def _open_question(situation: Situation) -> tuple[str | None, Tool | None]:
    """The field, and its tool, that the newest tool answer waits for."""
    if not situation.answers:
        return None, None
    last = situation.answers[-1]
    return last.text("expects") or None, situation.tool(last.tool)


def _to_the_question(situation: Situation, owner: Tool, expects: str) -> Decision:
    """The caller answers what the newest tool result asked."""
    again = repeated_arguments(situation, owner, expects)
    if again:
        return Decision("", {owner.name: again})
    if follow := _on_yes(situation, expects):
        return Decision("", {follow.name: {}})
    answered = _answer_field(owner, expects, situation)
    handed = _hand_off_at_once(situation, owner, answered)
    return Decision(answered.text, {**answered.calls, **handed})


def _on_yes(situation: Situation, expects: str) -> Tool | None:
    """The tool that the prompt wants called when the caller confirms ("when he confirms it, ... with file_claim")."""
    if expects != "confirmation" or read_yes_no(situation.caller) is not True:
        return None
    named = re.search(r"\bconfirms\b[^.]*?\bwith (\w+)", situation.prompt)
    tool = situation.tool(named.group(1)) if named else None
    return tool if tool and not tool.required else None


def _hand_off_at_once(situation: Situation, verify: Tool, answered: Decision) -> Mapping[str, Mapping[str, Any]]:
    """The hand-off that the caller wants, together with the last detail of his verification, if the prompt says so."""
    if not is_kind(verify, "verify") or "hand-off in the same answer" not in situation.prompt:
        return {}
    given = {name for one in situation.answers if one.tool == verify.name for name in one.arguments}
    if set(verify.properties) - given - set(answered.calls.get(verify.name, {})):
        return {}
    tool, text = most_wanted(situation.heard, situation.tools, _SURE)
    if tool is None or not tool.name.startswith("hand_off_to_"):
        return {}
    return {tool.name: _arguments(tool, text, situation)}


def _answer_field(tool: Tool, expects: str, situation: Situation) -> Decision:
    text = situation.caller
    name = expects.partition(":")[0]
    if name in tool.properties:
        return Decision("", {tool.name: {name: text}})
    better = parameter_of_shape(text, tool, today_in(situation.prompt)) or best_parameter(text, tool)
    if better is None:
        return Decision("I'm sorry, which part should I change? For example the date, the place, or what happened.")
    return Decision("", {tool.name: {better: text}})


def _changes_subject(situation: Situation, owner: Tool) -> bool:
    """The caller asks something of his own instead of answering."""
    if not _QUESTION.match(" ".join(words(situation.caller))):
        return False
    tool, score = best_tool(situation.caller, situation.tools)
    return tool is not None and tool.name != owner.name and score > 1.2


def _ending(situation: Situation) -> Decision | None:
    """Nothing else is wanted: a goodbye, and the end of the call."""
    end = next((tool for tool in situation.tools if is_kind(tool, "end")), None)
    asked = "anything else" in situation.said.lower()
    done = is_farewell(situation.caller) or (asked and read_yes_no(situation.caller) is False)
    wanted, score = best_tool(situation.caller, situation.tools)
    if end is None or not done or (wanted and score > 2.5):
        return None
    return Decision(_GOODBYE, {end.name: {"reason": "the caller is done"} if "reason" in end.properties else {}})


def _unverified(situation: Situation) -> Tool | None:
    """A verification tool that has not succeeded yet, unless the prompt says that the caller is known."""
    verify = next((tool for tool in situation.tools if is_kind(tool, "verify")), None)
    if verify is None or "caller is verified" in situation.prompt:
        return None
    done = any(a.tool == verify.name and a.envelope.get("ok") and not a.text("ask") for a in situation.answers)
    return None if done else verify


def _serve(situation: Situation) -> Decision:
    if continued := _continue_slots(situation):
        return continued
    text = situation.caller
    asked = last_question(situation.said)
    for tool in situation.tools:
        if tool.required or not tool.properties or _changes_subject(situation, tool):
            continue
        if name := _asked_parameter(tool, asked):
            return Decision("", {tool.name: {name: text}})
    tool, score = best_tool(text, situation.tools)
    if (tool is None or score < _SURE) and _QUESTION.match(_plain(text)):
        tool, score = next((one for one in situation.tools if one.required == ("question",)), None), _SURE
    if tool is None or score < _SURE:
        return Decision(f"I'm sorry, I didn't get that. {asked or _HELP}")
    arguments = _arguments(tool, text, situation)
    lacking = [name for name in tool.required if name not in arguments]
    return Decision(tool.question(lacking[0])) if lacking else Decision("", {tool.name: arguments})


def _asked_parameter(tool: Tool, asked: str) -> str | None:
    """The argument whose question was just asked."""
    plain = _plain(asked)
    return next((name for name in tool.properties if plain and _plain(tool.question(name)) == plain), None)


def _continue_slots(situation: Situation) -> Decision | None:
    """The last question asked for a required argument: take the answer, then ask for the next or call."""
    asked = last_question(situation.said)
    for tool in situation.tools:
        if not tool.required or _asked_parameter(tool, asked) not in tool.required:
            continue
        known = _collected(tool, situation)
        lacking = [name for name in tool.required if name not in known]
        if not lacking:
            return Decision("", {tool.name: known})
        repeated = _asked_parameter(tool, asked) == lacking[0]
        tries = sum(_asked_parameter(tool, last_question(said)) == lacking[0] for said, _ in situation.exchanges)
        if repeated and tries >= 3:
            return Decision("", {tool.name: known | {lacking[0]: situation.caller}})
        return Decision(("I'm sorry, I didn't get that. " if repeated else "") + tool.question(lacking[0]))
    return None


def _collected(tool: Tool, situation: Situation) -> dict[str, Any]:
    """Arguments that the caller has given in answer to their questions, and in the words that began it."""
    today = today_in(situation.prompt)
    found = earlier_arguments(tool, situation)
    for said, heard in situation.exchanges:
        name = _asked_parameter(tool, last_question(said))
        if name is None:
            if best_tool(heard, situation.tools)[0] is tool:
                found |= _arguments(tool, heard, situation, certain_only=True)
            continue
        value = read_value(name, tool.properties[name], heard, today)
        if value is not None:
            found[name] = value
    return found


def _arguments(tool: Tool, text: str, situation: Situation, *, certain_only: bool = False) -> dict[str, Any]:
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


def _some(tool: Tool, text: str) -> dict[str, Any]:
    return {"what": text} if "what" in tool.properties else dict.fromkeys(tool.required, text)


def _plain(text: str) -> str:
    return " ".join(words(text))


def _one_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0] if text else ""
