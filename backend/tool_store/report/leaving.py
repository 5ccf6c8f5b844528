"""Leaving in the middle of a report: the caller is asked once whether it is to stay unfinished."""

from backend.domain.question import Question
from backend.domain.records import ClaimRecord
from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import put

__all__ = ["LEAVE", "ask_before_leaving", "is_begun", "was_asked"]

LEAVE = Question(
    "confirmation", "yes_no", "Your report is not filed yet. Is it right to leave it unfinished?",
    "The report would stay open. Shall I end the call all the same? Please say yes or no.",
    why="What is not filed is worked on by nobody; you can call again and go on.",
)  # fmt: skip
_ASKED = "_leaving_asked"
"""Fact: in which turn the caller was asked whether to leave the report as it is."""
_SAFETY_FIRST = frozenset({"injuries"})
"""A caller who has told no more than this has not begun to report; nobody is made to."""


def is_begun(draft: ClaimRecord | None) -> bool:
    """Is there a report that is neither filed nor empty?"""
    return draft is not None and draft.status == "draft" and bool(set(draft.fields) - _SAFETY_FIRST)


def was_asked(ctx: ToolContext) -> int | None:
    """The turn in which the caller was asked; ``None`` when that is still to be done."""
    return ctx.session.facts.get(_ASKED)


def ask_before_leaving(ctx: ToolContext) -> ToolOutcome:
    """Ask; the answer goes to the tool that ends the call."""
    ctx.session.facts[_ASKED] = ctx.session.turn
    return put(ctx, LEAVE, "A report is open.", ok=False, tool="end_call")
