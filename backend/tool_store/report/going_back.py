"""After a question in the middle: back to the report that is open, and to what it waits for."""

from dataclasses import replace

from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.report.report import Report

__all__ = ["back_to_report"]

_TOOL = "record_fnol"
_SAFETY_FIRST = frozenset({"injuries"})
"""A caller who has told no more than this has not begun to report; nobody is made to."""
_BACK = "Now back to your report."


async def back_to_report(ctx: ToolContext, answer: ToolOutcome) -> ToolOutcome:
    """What answers a question, followed by the open question of the report; as it is where no report is open.

    An agent who takes no reports asks whether to go on, so that the caller is handed back.
    """
    draft = await ctx.claims.draft(ctx.session.call_id)
    if draft is None or draft.status == "filed" or not set(draft.fields) - _SAFETY_FIRST:
        return answer
    if not any(use.name == _TOOL for use in ctx.agent.uses()):
        return replace(answer, ask="Your report is not finished yet. Shall we go on with it?")
    waiting = await Report(ctx).open_question()
    if waiting is None or not waiting.ask:
        return answer
    say = " ".join(part for part in (answer.say, _BACK, waiting.say) if part)
    return replace(answer, say=say, ask=waiting.ask, expects=waiting.expects, tool=_TOOL, lasting=True)
