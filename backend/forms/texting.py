"""The number of a case as a text message: with the caller's consent, once, and told plainly when it fails."""

import re

from backend.domain.tool import ToolOutcome
from backend.errors import ProviderError, TimedOut
from backend.forms.filling import Filling
from backend.ports import TextMessages
from backend.tool_store.confirmation import Part, ask_for_yes, forget
from backend.tool_store.context import ToolContext

__all__ = ["can_text", "text_number"]

_PHONE = re.compile(r"^\+[1-9]\d{6,14}$")


def can_text(ctx: ToolContext) -> bool:
    """Can this caller be sent a text message?"""
    return ctx.messages is not None and bool(_PHONE.match(ctx.session.caller_number))


async def text_number(filling: Filling) -> ToolOutcome:
    """Send the number of the case that was filed in this call, once the caller has agreed."""
    ctx, texts = filling.ctx, filling.form.texts
    number = ctx.session.number_of(filling.spec.name)
    if not number:
        return ToolOutcome(False, "Nothing has been filed in this call.", code="tool.denied")
    if filling.facts.get(filling.facts.TEXTED) == number:
        return ToolOutcome(True, "It was sent already.", say=texts.text_sent_before, ask=texts.else_)
    if ctx.messages is None or not can_text(ctx) or texts.text_ask is None:
        return _not_sent(filling, texts.text_impossible)
    part = Part("consent", number, "")
    asked = filling.form.turn(texts.text_ask, "consent")
    question = ask_for_yes(ctx, filling.spec.tools.text or "", [part], question=asked, correction=None)
    if question and question.code == "tool.denied":
        forget(ctx)
        return ToolOutcome(True, "The caller wants no message.", say=texts.text_unwanted, ask=texts.else_)
    if question:
        return question
    forget(ctx)
    return await _send(filling, ctx.messages, number)


async def _send(filling: Filling, messages: TextMessages, number: str) -> ToolOutcome:
    # Noted before it is sent: a message that went out unnoticed must not be sent twice.
    ctx, texts = filling.ctx, filling.form.texts
    filling.facts.put(filling.facts.TEXTED, number)
    try:
        await messages.send(ctx.session.caller_number, texts.text.format(company=ctx.line.company, plain_number=number))
    except TimedOut:
        return _not_sent(filling, texts.text_unsure)
    except ProviderError:
        filling.facts.pop(filling.facts.TEXTED)
        return _not_sent(filling, texts.text_failed)
    return ToolOutcome(True, "Sent.", say=texts.text_sent, ask=texts.else_)


def _not_sent(filling: Filling, say: str) -> ToolOutcome:
    return ToolOutcome(
        False, "Not sent. Tell the caller plainly.", say=say, ask=filling.form.texts.else_, code="tool.failed"
    )
