"""Text messages to the caller: with his consent, once, and told plainly when they fail."""

import re

from backend.domain.question import Question
from backend.domain.tool import ToolOutcome
from backend.errors import ProviderError, TimedOut
from backend.ports import TextMessages
from backend.tool_store.confirmation import Part, ask_for_yes, forget
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool

__all__ = ["can_text", "send_claim_sms"]

_TEXTED = "_texted"
"""Fact: the claim whose number was texted, or may have been."""
_PHONE = re.compile(r"^\+[1-9]\d{6,14}$")
_CONSENT = Question(
    "consent",
    "yes_no",
    "Shall I send your claim number as a text message to the phone you are calling from?",
    "Would you like your claim number as a text message on this phone? Please say yes or no.",
    why="I only send a message where you want one.",
)
_ANYTHING_ELSE = "Is there anything else I can help you with?"


def can_text(ctx: ToolContext) -> bool:
    """Can this caller be sent a text message?"""
    return ctx.messages is not None and bool(_PHONE.match(ctx.session.caller_number))


@tool(effect="write", requires="verified_caller", timeout_ms=12_000, filler="I'm sending that now.")
async def send_claim_sms(ctx: ToolContext, consent: str | None = None) -> ToolOutcome:
    """Send the claim number as a text message, an SMS, to the phone that the caller is calling from. Call it when he
    wants the message; it asks for his consent itself, and sends one message for a claim.

    Args:
        consent: The caller's answer, as said. Shall I send it to the phone you are calling from?
    """
    claim_id = ctx.session.claim_id
    if claim_id is None:
        return ToolOutcome(False, "No claim has been filed in this call.", code="tool.denied")
    if ctx.session.facts.get(_TEXTED) == claim_id:
        return ToolOutcome(True, "It was sent already.", say="I have sent it to you already.", ask=_ANYTHING_ELSE)
    if ctx.messages is None or not can_text(ctx):
        return _not_sent("I'm sorry, I can't send text messages to the phone you are calling from.")
    part = Part("consent", claim_id, "")
    question = ask_for_yes(ctx, "send_claim_sms", [part], question=_CONSENT, correction=None)
    if question and question.code == "tool.denied":
        forget(ctx)
        return ToolOutcome(True, "The caller wants no message.", say="All right, I won't.", ask=_ANYTHING_ELSE)
    if question:
        return question
    forget(ctx)
    return await _send(ctx, ctx.messages, claim_id)


async def _send(ctx: ToolContext, messages: TextMessages, claim_id: str) -> ToolOutcome:
    # Noted before it is sent: a message that went out unnoticed must not be sent twice.
    ctx.session.facts[_TEXTED] = claim_id
    try:
        await messages.send(
            ctx.session.caller_number, f"{ctx.line.company}: your claim number is {claim_id}. Please keep it."
        )
    except TimedOut:
        return _not_sent("I'm not sure that the message went out. Please write your claim number down.")
    except ProviderError:
        del ctx.session.facts[_TEXTED]
        return _not_sent("I'm sorry, I couldn't send the message. Please write your claim number down.")
    return ToolOutcome(True, "Sent.", say="I have sent it to your phone.", ask=_ANYTHING_ELSE)


def _not_sent(say: str) -> ToolOutcome:
    return ToolOutcome(False, "Not sent. Tell the caller plainly.", say=say, ask=_ANYTHING_ELSE, code="tool.failed")
