"""A wish to be called back: at which number, confirmed, kept before the caller is told so."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from backend.domain.callback import CallbackWish
from backend.domain.phrases import fill
from backend.domain.question import Question
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.errors import RingmasterError
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.tool_store.confirmation import Part, ask_for_yes, forget
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool
from backend.tool_store.phone_numbers import own_phone, phone_in, spelled_phone
from backend.tool_store.policy import CALL_BACK, NOBODY
from backend.tool_store.repair import failures, put, repair, understood
from backend.tool_store.said_name import said_name

__all__ = ["request_callback"]

_NUMBER = "callback_number"
_STATE = "_callback"
"""Fact: what is known of the call-back so far."""


def _question(ctx: ToolContext, key: str, question: Question) -> Question:
    """A question in the phrases ``key`` and ``key_again``."""
    phrases = ctx.phrases
    ask, again = getattr(phrases, key), getattr(phrases, f"{key}_again")
    return replace(question, ask=ask, again=again, why=phrases.call_back_why)


def _at_this_number(ctx: ToolContext) -> Question:
    return _question(ctx, "call_back_here", Question("consent", "yes_no"))


def _which_number(ctx: ToolContext) -> Question:
    return _question(ctx, "call_back_number", Question(_NUMBER, "digits"))


def _right_number(ctx: ToolContext) -> Question:
    return _question(ctx, "call_back_right", Question("confirmation", "yes_no"))


@tool(effect="write", timeout_ms=5000)
async def request_callback(
    ctx: ToolContext,
    callback_number: str | None = None,
    consent: str | None = None,
    confirmation: str | None = None,
    reason: str = "",
) -> ToolOutcome:
    """Note that the caller wants to be called back by a colleague, later, or when no person could be reached. It asks
    for the number, or whether the calling number will do, and has it confirmed; nothing has to be known first.

    Args:
        callback_number: The number to call back, as said. At which number shall a colleague call you back?
        consent: The caller's answer, as said. Shall a colleague call back at the number you are calling from?
        confirmation: The caller's answer to the number that was read back, as said. Is that right?
        reason: Why, in a few words for the colleague.
    """
    says = ctx.phrases
    if ctx.callbacks is None:
        return ToolOutcome(False, "No call-backs are kept here.", say=says.call_back_none, ask=says.anything_else)
    state: dict[str, Any] = ctx.session.facts.setdefault(_STATE, {"number": "", "other": False, "kept": ""})
    if reason.strip():
        state["reason"] = reason.strip()[:200]
    said = phone_in(ctx.caller_text, ctx.language)
    if state["kept"] and not said:
        return ToolOutcome(True, "It is noted already.", say=says.call_back_noted_already, ask=says.anything_else)
    if said and said != own_phone(ctx.session):
        state["number"], state["other"] = said, True
    outcome = await (_another(ctx, state) if state["other"] or not own_phone(ctx.session) else _this_one(ctx, state))
    return _give_up(ctx) if isinstance(outcome.directive, TransferToPerson) else outcome


async def _this_one(ctx: ToolContext, state: dict[str, Any]) -> ToolOutcome:
    """The number that the caller is calling from, where they agree."""
    own = own_phone(ctx.session)
    outcome = ask_for_yes(
        ctx, CALL_BACK, [Part("number", own, "")], question=_at_this_number(ctx), correction=None, tool=CALL_BACK
    )
    if outcome is None:
        return await _keep(ctx, state, own, ctx.phrases.call_back_noted_here)
    if outcome.code != "tool.denied":
        return outcome
    state["other"] = state["asked"] = True
    message = "Not at this number. Ask for another; when the caller wants no call back at all, pass that on."
    return put(ctx, _which_number(ctx), message, ok=False, tool=CALL_BACK)


async def _another(ctx: ToolContext, state: dict[str, Any]) -> ToolOutcome:
    """A number that the caller has given, read back digit by digit."""
    if not state["number"]:
        asked = state.get("asked", False)
        state["asked"] = True
        if not asked:
            return put(ctx, _which_number(ctx), "The number is needed.", ok=False, tool=CALL_BACK)
        spoken = language_named(ctx.language)
        if consent_in(ctx.language, ctx.caller_text) == "no" and not spoken.turns.digits(ctx.caller_text):
            return _declined(ctx)
        if spoken.talk.does_not_know(ctx.caller_text) and failures(ctx, _NUMBER):
            return _give_up(ctx)
        return repair(ctx, _which_number(ctx), "A phone number was expected.", tool=CALL_BACK)
    understood(ctx, _NUMBER)
    number = state["number"]
    part = Part("number", number, fill(ctx.phrases.call_back_heard, {"number": spelled_phone(number)}))
    outcome = ask_for_yes(
        ctx, CALL_BACK, [part], question=_right_number(ctx), correction=_which_number(ctx), tool=CALL_BACK
    )
    if outcome is None:
        return await _keep(ctx, state, _with_country(ctx, number), ctx.phrases.call_back_noted)
    if outcome.code == "tool.denied":
        state["number"], state["asked"] = "", True
    return outcome


async def _keep(ctx: ToolContext, state: dict[str, Any], number: str, say: str) -> ToolOutcome:
    forget(ctx)
    assert ctx.callbacks is not None
    subject = ctx.session.subject
    reason = ctx.session.facts.get(NOBODY) or state.get("reason") or "the caller asked for it"
    wish = CallbackWish(
        ctx.session.call_id,
        ctx.line.name,
        number,
        subject.name if subject else said_name(ctx.session),
        ctx.hidden(reason),
        datetime.now(UTC),
        subject=subject.id if subject else "",
    )
    try:
        await ctx.callbacks.keep(wish)
    except RingmasterError:
        says = ctx.phrases
        return ToolOutcome(
            False,
            "It was not kept. Say so plainly.",
            say=says.call_back_not_kept,
            ask=says.anything_else,
            code="tool.failed",
        )
    ctx.session.facts[_STATE] = {"number": "", "other": False, "kept": number}
    return ToolOutcome(True, "The call back is noted.", say=say, ask=ctx.phrases.anything_else)


def _declined(ctx: ToolContext) -> ToolOutcome:
    ctx.session.facts.pop(_STATE)
    understood(ctx, _NUMBER)
    says = ctx.phrases
    return ToolOutcome(True, "The caller wants no call back.", say=says.call_back_declined, ask=says.anything_else)


def _give_up(ctx: ToolContext) -> ToolOutcome:
    """There is nobody to hand the caller to: that is why they are asked for a number at all."""
    ctx.session.facts.pop(_STATE)
    forget(ctx)
    says = ctx.phrases
    return ToolOutcome(
        False, "No number was understood.", say=says.call_back_no_number, ask=says.anything_else, code="tool.failed"
    )


def _with_country(ctx: ToolContext, number: str) -> str:
    """A national number of the line's own country gets its code; others stay as they were said."""
    if any(own.startswith("+1") for own in ctx.line.numbers) and len(number) in (10, 11):
        return f"+1{number}" if len(number) == 10 else f"+{number}" if number.startswith("1") else number
    return number
