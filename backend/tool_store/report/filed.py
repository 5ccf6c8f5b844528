"""What a caller hears when the report is filed: the number, slowly and twice, and what happens next."""

from datetime import UTC, datetime

from backend.domain.callback import CallbackWish
from backend.domain.records import ClaimRecord
from backend.domain.tool import ToolOutcome, TransferToPerson
from backend.errors import RingmasterError
from backend.tool_store.confirmation import forget
from backend.tool_store.context import ToolContext
from backend.tool_store.identification import said_name
from backend.tool_store.phone_numbers import own_phone, spelled_phone
from backend.tool_store.report.number import spoken_number
from backend.tool_store.report.reaching import FIELD as NUMBER
from backend.tool_store.tools.messages import can_text

__all__ = ["told_that_it_waits", "told_when_filed"]

_ELSE = "Is there anything else I can help you with?"
_NO_NUMBER = "I have noted your report, but I can't give you a claim number right now because of a technical problem."
_WHY = "their report waits to be filed and they have no claim number"


def told_when_filed(ctx: ToolContext, claim: ClaimRecord) -> str:
    """The whole of it, in the order in which it is needed."""
    number = spoken_number(claim.claim_id or "")
    steps = ctx.line.next_steps
    parts = [
        "Thank you. Your claim is filed. Do you have something to write with?",
        f"Your claim number is {number}.",
        f"Once more: {number}.",
        steps.filed if claim.verified else steps.unverified,
        steps.cannot_be_driven if claim.fields.get("vehicle_drivable") is False else "",
        "I can send it to your phone as a text message if you like." if can_text(ctx) else "",
    ]
    return " ".join(part.strip() for part in parts if part.strip())


async def told_that_it_waits(ctx: ToolContext, draft: ClaimRecord) -> ToolOutcome:
    """The report is taken down and will be filed, but not so safely yet that a number may be promised: a colleague
    calls with it, at the number that the caller has given or calls from, or takes over now where there is none."""
    forget(ctx)
    number = str(draft.fields.get(NUMBER) or own_phone(ctx.session))
    if number and ctx.callbacks is not None:
        subject = ctx.session.subject
        name = subject.name if subject else said_name(ctx.session)
        wish = CallbackWish(ctx.session.call_id, ctx.line.name, number, name, _WHY, datetime.now(UTC))
        try:
            await ctx.callbacks.keep(wish)
        except RingmasterError:
            pass  # a person, then
        else:
            say = f"{_NO_NUMBER} A colleague will call you with it, at {spelled_phone(number)}."
            return ToolOutcome(True, "It is noted, not filed yet. Promise no number.", say=say, ask=_ELSE)
    say = f"{_NO_NUMBER} I'll put you through to a colleague."
    return ToolOutcome(True, "It is noted, not filed yet.", say=say, directive=TransferToPerson(_WHY))
