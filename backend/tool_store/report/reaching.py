"""Where a caller who could not be verified is called back: a number, confirmed digit by digit."""

from typing import Any

from backend.domain.question import Question
from backend.domain.spoken.consent import read_consent
from backend.domain.spoken.digits import read_digits
from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import keys_offered, put, repair, understood
from backend.tool_store.report.facts import Facts

__all__ = ["FIELD", "ask_number", "take_number"]

FIELD = "callback_number"
_SHORTEST, _LONGEST = 7, 15

_ASK = Question(
    FIELD, "digits", "Which number can we call you back on?",
    "Please say the phone number digit by digit, with the area code, or key it in.",
    simple="Please key in your phone number with the area code, one digit after the other.",
    why="A colleague has to reach you about your report.",
)  # fmt: skip
_THIS_ONE = Question(
    FIELD, "yes_no", "Is it right to call you back on this phone?",
    "Shall a colleague call the number of this phone? Please say yes, or say another number.",
    why="A colleague has to reach you about your report.",
)  # fmt: skip
_RIGHT = Question(
    FIELD, "yes_no", "Is that number correct?", "Did I get that number right? Please say yes or no.",
    why="A wrong digit would reach somebody else.",
)  # fmt: skip


def ask_number(ctx: ToolContext) -> ToolOutcome:
    """Ask for it; where the line knows the caller's number, whether that one will do."""
    known = bool(ctx.session.caller_number)
    Facts(ctx.session).put(Facts.NUMBER, {"offered": known})
    return put(ctx, _THIS_ONE if known else _ASK, tool="record_fnol")


def take_number(ctx: ToolContext, said: str) -> ToolOutcome | dict[str, Any]:
    """The caller's answer: the field, or what is to be asked next."""
    facts = Facts(ctx.session)
    state = dict(facts.get(Facts.NUMBER, {}))
    read, offered = state.get("read", ""), bool(state.get("offered"))
    digits = read_digits(said)
    question = _RIGHT if read else _THIS_ONE
    answer = read_consent(ctx.caller_text, keys=keys_offered(ctx, question)) if read or offered else "unclear"
    if _SHORTEST <= len(digits) <= _LONGEST and digits != read:
        facts.put(Facts.NUMBER, {"read": digits})
        understood(ctx, FIELD)
        return put(ctx, _RIGHT, "Have it confirmed.", say=f"I have {_spoken(digits)}.", tool="record_fnol")
    if answer == "yes":
        facts.pop(Facts.NUMBER)
        understood(ctx, FIELD)
        return {FIELD: read or ctx.session.caller_number}
    if answer in ("no", "correction"):
        facts.put(Facts.NUMBER, {})
        return put(ctx, _ASK, "Another number.", ok=False, tool="record_fnol")
    return repair(ctx, question if read or offered else _ASK, "I need a phone number.", tool="record_fnol")


def _spoken(digits: str) -> str:
    """In groups: `3 1 2, 5 5 5, 0 1 4 2`."""
    head, tail = digits[:-4], digits[-4:]
    groups = [head[max(end - 3, 0) : end] for end in range(len(head), 0, -3)][::-1]
    return ", ".join(" ".join(group) for group in (*groups, tail))
