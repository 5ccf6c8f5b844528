"""After a question in the middle, or a goodbye: back to the form that is open, and to what it waits for."""

from dataclasses import replace

from backend.domain.tool import EndCall, ToolOutcome
from backend.forms.after_filing import changes_to, note_changes
from backend.forms.filed import while_it_waits
from backend.forms.filling import Filling, fillings
from backend.forms.intake import Intake
from backend.forms.leaving import ask_before_leaving, is_begun, was_asked
from backend.language.consent import consent_in
from backend.language.named import language_named
from backend.tool_store.context import ToolContext
from backend.tool_store.repair import failures, repair, understood

__all__ = ["back_to_form", "before_leaving"]


async def _open_one(ctx: ToolContext) -> Filling | None:
    """The form of this call that is begun and not filed."""
    for filling in fillings(ctx):
        if is_begun(filling, await filling.cases.draft()):
            return filling
    return None


async def back_to_form(ctx: ToolContext, answer: ToolOutcome) -> ToolOutcome:
    """What answers a question, followed by the open question of the form; as it is where no form is open.

    An agent who does not take that form asks whether to go on, so that the caller is handed back.
    """
    filling = await _open_one(ctx)
    if filling is None:
        return answer
    if not any(use.name == filling.spec.record_tool for use in ctx.agent.uses()):
        return replace(answer, ask=filling.form.texts.unfinished)
    waiting = await Intake(filling).open_question()
    if waiting is None or not waiting.ask:
        return answer
    say = " ".join(part for part in (answer.say, filling.form.texts.back, waiting.say) if part)
    return replace(
        answer, say=say, ask=waiting.ask, expects=waiting.expects, tool=filling.spec.record_tool, lasting=True
    )


async def before_leaving(ctx: ToolContext) -> ToolOutcome | None:
    """Asked once, before a call ends in the middle of a form: leave it as it is? ``None`` when the call may end.

    Half a yes is asked about once more; of two of them the form is kept as it is, and the caller hears so.
    """
    filling = await _open_one(ctx)
    if filling is None:
        return await _put_right_at_last(ctx)
    asked = was_asked(filling)
    if asked is None:
        return ask_before_leaving(filling)
    if asked == ctx.session.turn:
        return ToolOutcome(False, "The caller is being asked. Wait for the answer.", lasting=False)
    talk = language_named(ctx.language).talk
    leaves = talk.has_goodbye(ctx.caller_text) or talk.withdraws(ctx.caller_text)
    consent = "yes" if leaves else consent_in(ctx.language, ctx.caller_text)
    if consent in ("hedged", "unclear"):
        return _in_doubt(filling)
    understood(ctx, "confirmation")
    waiting = await Intake(filling).open_question() if consent != "yes" else None
    if waiting is None or not waiting.ask:
        return None
    return replace(waiting, tool=filling.spec.record_tool)


def _in_doubt(filling: Filling) -> ToolOutcome | None:
    """Ask once more; then let go, with a word on what becomes of it."""
    ctx, question = filling.ctx, filling.form.turn(filling.form.texts.leave)
    if not failures(ctx, question.name):
        return repair(ctx, question, "Neither a yes nor a no.", tool="end_call")
    understood(ctx, question.name)
    ends = EndCall("the caller left the report unfinished")
    say = " ".join(filter(None, (filling.form.texts.kept, ctx.phrases.thanks_goodbye)))
    return ToolOutcome(True, "The report is kept unfinished; they have heard a goodbye.", say=say, directive=ends)


async def _put_right_at_last(ctx: ToolContext) -> ToolOutcome | None:
    """Nobody is let go with words that put right what was filed in this call, whatever a model took them for."""
    for filling in fillings(ctx):
        waits = bool(filling.facts.get(filling.facts.WAITS))
        case = await filling.cases.draft() if waits or ctx.session.cases else None
        if case is not None and (waits or case.status == "filed"):
            about = await filling.about()
            if changes := changes_to(filling, case, about):
                filed = case.status == "filed"
                return (
                    await note_changes(filling, case, changes, about) if filed else while_it_waits(filling, more=True)
                )
    return None
