"""Where a caller who could not be verified is called back: a number, heard by them and confirmed."""

from typing import Any

from backend.domain.question import Question
from backend.domain.tool import ToolOutcome
from backend.tool_store.confirmation import Part, ask_for_yes, forget
from backend.tool_store.context import ToolContext
from backend.tool_store.phone_numbers import own_phone, phone_in, spelled_phone
from backend.tool_store.repair import OPEN_QUESTION, put, repair, understood
from backend.tool_store.report.facts import Facts

__all__ = ["FIELD", "settle_number"]

FIELD = "callback_number"
_TOOL = "record_fnol"

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


def settle_number(ctx: ToolContext) -> ToolOutcome | str:
    """The number, once the caller has agreed to it; until then what they must hear or answer.

    Only the caller's own words are read, and a yes is one guard's to judge: a model can neither make a number up nor
    agree to one. Where the line knows the caller's number, that one is offered first.
    """
    state: dict[str, Any] = dict(Facts(ctx.session).get(Facts.NUMBER, {}))
    own, said = own_phone(ctx.session), phone_in(ctx.caller_text)
    if said and said == state.get("read") and not _is_being_asked(ctx):
        return repair(ctx, _RIGHT, "The number was said once more. Is it right?", tool=_TOOL)
    if said and said not in (own.removeprefix("+"), state.get("read")):
        state |= {"read": said, "other": True}
        understood(ctx, FIELD)
    outcome = _read_back(ctx, state) if state.get("read") else _offer(ctx, own, state)
    if isinstance(outcome, str):
        Facts(ctx.session).pop(Facts.NUMBER)
        forget(ctx)
    else:
        Facts(ctx.session).put(Facts.NUMBER, state)
    return outcome


def _is_being_asked(ctx: ToolContext) -> bool:
    noted = ctx.session.facts.get(OPEN_QUESTION, {})
    return noted.get("name") == FIELD and noted.get("turn") == ctx.session.turn


def _offer(ctx: ToolContext, own: str, state: dict[str, Any]) -> ToolOutcome | str:
    if not own or state.get("other"):
        return _ask(ctx, state)
    part = Part("number", own, "")
    outcome = ask_for_yes(ctx, FIELD, [part], question=_THIS_ONE, correction=None, tool=_TOOL)
    if outcome is not None and outcome.code == "tool.denied":
        state["other"] = True
        return _ask(ctx, state)
    return outcome or own


def _ask(ctx: ToolContext, state: dict[str, Any]) -> ToolOutcome:
    """Which number it is, in other words each time it was not understood."""
    before, state["asked"] = state.get("asked"), ctx.session.turn
    if before in (None, ctx.session.turn):
        return put(ctx, _ASK, "The number is needed.", ok=False, tool=_TOOL)
    return repair(ctx, _ASK, "I need a phone number.", tool=_TOOL)


def _read_back(ctx: ToolContext, state: dict[str, Any]) -> ToolOutcome | str:
    number = str(state["read"])
    part = Part("number", number, f"I have {spelled_phone(number)}.")
    outcome = ask_for_yes(ctx, FIELD, [part], question=_RIGHT, correction=_ASK, tool=_TOOL)
    if outcome is not None and outcome.code == "tool.denied":
        state |= {"read": "", "other": True, "asked": ctx.session.turn}
    return outcome or number
