"""What the report keeps in the session: one place for the names of its facts."""

from typing import Any

from backend.domain.claim import Circumstances
from backend.domain.session import CallSession
from backend.tool_store.context import ToolContext

__all__ = ["Facts", "circumstances"]


class Facts:
    """The report's own facts of one call. Names with an underscore are not shown to prompts."""

    HALF_PLACE = "_half_a_place"
    HALF_TIME = "_half_a_time"
    EARLIER = "_earlier_draft"
    """The draft of an earlier call that the caller was asked about, and what they said until then."""
    SAME_LOSS = "_same_loss"
    """Claims that were asked about: the one that waits for an answer, and those that are another loss."""
    ADDING_TO = "_adding_to"
    """Number of the filed claim that everything more is a note to."""
    READ = "_read_parts"
    """The values of each part as they were last read."""
    KIND_WORD = "_sorry_said"
    NUMBER = "_callback_number"
    HARM = "_harm_taken"
    """Is it in the report what was said before it of people who are hurt?"""

    def __init__(self, session: CallSession) -> None:
        self._facts = session.facts

    def get(self, name: str, default: Any = None) -> Any:
        """A fact, or ``default``."""
        return self._facts.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Keep a fact; JSON values only."""
        self._facts[name] = value

    def pop(self, name: str, default: Any = None) -> Any:
        """Take a fact away."""
        return self._facts.pop(name, default)


async def circumstances(ctx: ToolContext) -> Circumstances:
    """What helps to read the answers of this caller. Nothing of any policy is known for one who is not verified."""
    subject = ctx.session.subject
    policy = await ctx.policies.get(subject.id) if subject else None
    draft = await ctx.claims.draft(ctx.session.call_id)
    return Circumstances(ctx.now().date(), policy, caller=str(draft.fields.get("full_name", "")) if draft else "")
