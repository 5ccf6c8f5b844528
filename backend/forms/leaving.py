"""Leaving in the middle of a form: the caller is asked once whether it is to stay unfinished."""

from backend.domain.case import Case
from backend.domain.tool import EndCall, ToolOutcome
from backend.forms.filling import Filling
from backend.tool_store.repair import put, understood

__all__ = ["ask_before_leaving", "is_begun", "leave_unfinished", "was_asked"]


def is_begun(filling: Filling, draft: Case | None) -> bool:
    """Is there a draft that is neither filed nor empty? Who has only said whether anyone is hurt has not begun, and who
    was told that it is noted and will be filed has nothing left to do."""
    if filling.facts.get(filling.facts.WAITS):
        return False
    first = {filling.spec.first.field} if filling.spec.first else set[str]()
    return draft is not None and draft.status == "draft" and bool(set(draft.fields) - first)


def was_asked(filling: Filling) -> int | None:
    """The turn in which the caller was asked; ``None`` when that is still to be done."""
    return filling.facts.get(filling.facts.LEAVING)


def ask_before_leaving(filling: Filling) -> ToolOutcome:
    """Ask; the answer goes to the tool that ends the call."""
    filling.facts.put(filling.facts.LEAVING, filling.ctx.session.turn)
    question = filling.form.turn(filling.form.texts.leave)
    understood(filling.ctx, question.name)  # what was not understood of a read-back counts for nothing here
    return put(filling.ctx, question, "A report is open.", ok=False, tool="end_call")


def leave_unfinished(filling: Filling) -> ToolOutcome:
    """Let the caller go who was asked, went on, and now wants no more of it once again."""
    ends = EndCall("the caller left the report unfinished")
    message = "The caller leaves the report unfinished; they have heard a goodbye."
    return ToolOutcome(True, message, say=filling.ctx.phrases.thanks_goodbye, directive=ends)
