"""After a question in the middle, or a goodbye: back to the report that is open, and to what it waits for."""

from dataclasses import replace

from backend.domain.spoken.consent import read_consent
from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import understood
from backend.tool_store.report.leaving import LEAVE, ask_before_leaving, is_begun, was_asked
from backend.tool_store.report.report import Report

__all__ = ["back_to_report", "before_leaving"]

_TOOL = "record_fnol"
_FAREWELL = frozenset({"bye", "goodbye", "good-bye"})
_BACK = "Now back to your report."


async def back_to_report(ctx: ToolContext, answer: ToolOutcome) -> ToolOutcome:
    """What answers a question, followed by the open question of the report; as it is where no report is open.

    An agent who takes no reports asks whether to go on, so that the caller is handed back.
    """
    if not is_begun(await ctx.claims.draft(ctx.session.call_id)):
        return answer
    if not any(use.name == _TOOL for use in ctx.agent.uses()):
        return replace(answer, ask="Your report is not finished yet. Shall we go on with it?")
    waiting = await Report(ctx).open_question()
    if waiting is None or not waiting.ask:
        return answer
    say = " ".join(part for part in (answer.say, _BACK, waiting.say) if part)
    return replace(answer, say=say, ask=waiting.ask, expects=waiting.expects, tool=_TOOL, lasting=True)


async def before_leaving(ctx: ToolContext) -> ToolOutcome | None:
    """Asked once, before a call ends in the middle of a report: leave it as it is? ``None`` when the call may end."""
    if not is_begun(await ctx.claims.draft(ctx.session.call_id)):
        return None
    asked = was_asked(ctx)
    if asked is None:
        return ask_before_leaving(ctx)
    if asked == ctx.session.turn:
        return ToolOutcome(False, "The caller is being asked. Wait for the answer.", lasting=False)
    understood(ctx, LEAVE.name)
    waiting = await Report(ctx).open_question() if read_consent(ctx.caller_text) in ("no", "correction") else None
    if waiting is None or not waiting.ask or set(ctx.caller_text.lower().split()) & _FAREWELL:
        return None
    return replace(waiting, tool=_TOOL)
