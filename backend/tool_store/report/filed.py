"""What a caller hears when the report is filed: the number, slowly and twice, and what happens next."""

from backend.domain.records import ClaimRecord
from backend.tool_store.context import ToolContext
from backend.tool_store.report.number import spoken_number
from backend.tool_store.tools.messages import can_text

__all__ = ["told_when_filed"]


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
