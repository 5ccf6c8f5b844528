"""A caller who would like to begin anew in the middle of a form hears how what is wrong is changed, and goes on.

Nothing is thrown away: most of it is right, and all of it is read back before it counts.
"""

from dataclasses import replace

from backend.domain.tool import ToolOutcome
from backend.forms.answers import ANSWERS
from backend.forms.filling import Filling
from backend.forms.next_step import NextStep
from backend.language.named import language_named

__all__ = ["what_can_be_changed"]

_MOST = 2
"""So often it is said; then such words are no answer, like any others."""


async def what_can_be_changed(filling: Filling, then: NextStep) -> ToolOutcome | None:
    """That everything can be changed, and the open question; ``None`` where nobody wants to begin anew."""
    ctx, facts = filling.ctx, filling.facts
    if not ctx.phrases.start_over or not language_named(ctx.language).talk.starts_over(ctx.caller_text):
        return None
    times = int(facts.get(facts.STARTED_OVER, 0))
    if times >= _MOST:
        return None
    facts.put(facts.STARTED_OVER, times + 1)
    if filling.open_name in ANSWERS:
        return filling.put(filling.form.correction, "They would like to begin anew.")
    waiting = await then.open_question()
    if waiting is None or not waiting.ask:
        return None
    say = " ".join(filter(None, (ctx.phrases.start_over, waiting.say)))
    return replace(waiting, say=say)
