"""Tools of every line: a person, an emergency, the end of the call."""

from backend.domain.tool import EndCall, ToolOutcome, TransferToPerson
from backend.forms.going_back import before_leaving
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import tool
from backend.tool_store.emergency import emergency

__all__ = ["end_call", "report_emergency", "transfer_to_person"]


@tool(effect="write", timeout_ms=2000)
async def report_emergency(ctx: ToolContext, what: str | None = None, location: str | None = None) -> ToolOutcome:
    """Somebody is injured, bleeding, trapped or in danger right now, or there is a fire. Call this at once, at any
    time, verified or not; nothing has to be known first.

    Args:
        what: What the emergency is, if it was said.
        location: Where it is, if it was said.
    """
    return emergency(ctx, what, location)


@tool(effect="write", timeout_ms=2000)
async def transfer_to_person(ctx: ToolContext, reason: str = "the caller asked for a person") -> ToolOutcome:
    """Connect the caller to a person: a human, a representative, an agent of flesh and blood. Whenever they ask for
    one, verified or not, or when you cannot help.

    Args:
        reason: Why, in a few words for the colleague.
    """
    return ToolOutcome(True, "The caller is being connected.", directive=TransferToPerson(ctx.hidden(reason)[:200]))


@tool(effect="write", timeout_ms=2000)
async def end_call(
    ctx: ToolContext, reason: str = "the caller is done", confirmation: str | None = None
) -> ToolOutcome:
    """End the call, when the caller needs nothing else or says goodbye. Say goodbye in the same answer.

    Args:
        reason: Why the call ends, in a few words for the record.
        confirmation: The caller's answer, as said, when this tool asked whether to leave a report unfinished.
    """
    if (unfinished := await before_leaving(ctx)) is not None:
        return unfinished
    return ToolOutcome(True, "The call ends once your goodbye was heard.", directive=EndCall(ctx.hidden(reason)[:200]))
