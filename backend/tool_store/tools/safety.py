"""Whether anybody is hurt, and whether the caller is in a safe place."""

from dataclasses import replace

from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool
from backend.tool_store.identity_flow import identify, listen, wish
from backend.tool_store.safety_first import answer_safety, may_use, safety_words

__all__ = ["check_safety"]


@tool(effect="write", timeout_ms=3000)
async def check_safety(ctx: ToolContext, injuries: str | None = None) -> ToolOutcome:
    """People come first: whether anyone is hurt, and whether the person on the phone is in a safe place. Call it
    with their answer, as said; it tells what comes next.

    Args:
        injuries: Who is hurt and how, and where they are, as said. Is anyone hurt, and are you in a safe place?
    """
    listen(ctx)
    if outcome := await answer_safety(ctx, injuries or ""):
        return outcome
    if ctx.session.subject or not may_use(ctx, "verify_caller"):
        noted = "Noted. Go on with what the caller wants; hand over if another agent does that."
        return ToolOutcome(True, noted, say=safety_words(ctx), data=wish(ctx))
    following = await identify(ctx, {})
    return following if following.tool or not following.ask else replace(following, tool="verify_caller")
