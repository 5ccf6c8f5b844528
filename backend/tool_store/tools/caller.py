"""Verifying who calls."""

from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool
from backend.tool_store.identity_flow import identify

__all__ = ["verify_caller"]


@tool(effect="write", timeout_ms=3000, grants="verified_caller")
async def verify_caller(
    ctx: ToolContext,
    full_name: str | None = None,
    zip_code: str | None = None,
    last4: str | None = None,
    consent: str | None = None,
) -> ToolOutcome:
    """Verify who is calling, before anything about a policy or claim is discussed. Call it with whatever the
    caller has said, in their own words; it remembers the rest and tells what to ask next. Call it also when they
    cannot or will not say it: it knows what can be done for them.

    Args:
        full_name: The caller's first and last name. What is your full name?
        zip_code: The five digits of the caller's zip code, as said. What is your zip code?
        last4: Last four digits of the social security number, as said. What are the last four digits?
        consent: The caller's answer to an offer that this tool made, as said. Is that all right?
    """
    return await identify(ctx, {"full_name": full_name, "zip_code": zip_code, "last4": last4}, consent)
