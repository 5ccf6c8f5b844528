"""What to say or do when tools have answered."""

import re

from stand_in.decision import SURE, Decision, Manner
from stand_in.intent import is_kind, most_wanted, reports_loss
from stand_in.reading import from_passages
from stand_in.sentences import sentences_of
from stand_in.serve import arguments_for
from stand_in.situation import Answered, Situation, Tool

__all__ = ["after_tools"]


def after_tools(situation: Situation, manner: Manner) -> Decision:
    """Follow what the tools answered: their question first, then what they name, then what the caller waits for."""
    own = sentences_of(situation)
    told = any(a.text("said") for a in situation.fresh)
    ask = next((a.text("ask") for a in reversed(situation.fresh) if a.text("ask")), "")
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
    if is_kind(Tool(last.tool, "", {}, ()), "end"):
        return Decision(own.goodbye)
    if read := from_passages(last, own.unknown):
        return Decision(f"{read} {own.else_}")
    if _knows_the_caller(last):
        name = (last.envelope.get("data") or {}).get("first_name", "")
        return Decision(f"{own.thanks}{', ' + name if name else ''}. {own.help}")
    return Decision(f"{_one_sentence(last.text('message'))} {own.else_}".strip())


def _named_tool(situation: Situation, answered: Answered) -> Tool | None:
    """A result that names another tool and asks nothing: that tool comes next."""
    if not answered.envelope.get("ok", True):
        return None
    named = set(re.findall(r"\w+", answered.text("message")))
    for tool in situation.tools:
        if tool.name == answered.tool or tool.required:
            continue
        if answered.text("tool") == tool.name or tool.name in named:
            return tool
    return None


def _pending(situation: Situation, last: Answered) -> Decision | None:
    """Something that the caller wanted earlier and that can be done now: after a verification, after a hand-off."""
    wishes = bool((last.envelope.get("data") or {}).get("wish"))
    if not (wishes or _knows_the_caller(last) or last.tool.startswith("hand_off_to_")):
        return None
    tool, text = _wished(situation, last)
    if tool is None:
        tool, text = most_wanted(situation.heard[-1:], situation.tools, SURE)
    if tool is None:
        tool, text = most_wanted(situation.heard, situation.tools, SURE)
    if tool is None:
        return None
    arguments = arguments_for(tool, text, situation)
    lacking = [name for name in tool.required if name not in arguments]
    return Decision(tool.question(lacking[0])) if lacking else Decision("", {tool.name: arguments})


def _knows_the_caller(last: Answered) -> bool:
    """Was it a tool that verifies, or did another one find that all is known already?"""
    return is_kind(Tool(last.tool, "", {}, ()), "verify") or bool((last.envelope.get("data") or {}).get("verified"))


def _wished(situation: Situation, last: Answered) -> tuple[Tool | None, str]:
    """What a result says that the caller wants, in its ``data``; the caller's own words go with it."""
    wish = str((last.envelope.get("data") or {}).get("wish", ""))
    tool, _ = most_wanted([wish], situation.tools, SURE)
    said = next((text for text in situation.heard if reports_loss(text)), next(iter(situation.heard), ""))
    return tool, said or wish


def _after_failure(situation: Situation, last: Answered) -> Decision:
    own = sentences_of(situation)
    verify = next((tool for tool in situation.tools if is_kind(tool, "verify")), None)
    if verify and "verif" in last.text("message").lower():
        return Decision("", {verify.name: {}})
    problems = last.envelope.get("problems") or ()
    tool = situation.tool(last.tool)
    for problem in problems:
        name = str(problem.get("field", "")).split(".")[0]
        if tool and name in tool.properties:
            return Decision(f"{own.not_understood} {tool.question(name)}")
    before = situation.question_before
    return Decision(f"{own.cannot_now} {before}" if before else f"{own.did_not_work} {own.else_}")


def _sympathy(situation: Situation) -> str:
    """A kind word to the first report of something bad, before the questions begin."""
    first = len(situation.exchanges) == 1 and reports_loss(situation.heard[-1])
    asked = next((a.text("ask").lower() for a in situation.fresh if a.text("ask")), "")
    return sentences_of(situation).sympathy if first and not re.search("sorry|siento", asked) else ""


def _one_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0] if text else ""
