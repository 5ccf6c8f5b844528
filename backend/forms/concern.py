"""What the forms of a store tell of a call: people come first, and what is open waits."""

from backend.domain.tool import ToolOutcome
from backend.forms.going_back import back_to_form
from backend.forms.people_first import is_reported, people_first
from backend.tool_store.context import ToolContext

__all__ = ["FormConcern"]


class FormConcern:
    """``Concern`` of the forms that the call began with."""

    async def comes_first(self, ctx: ToolContext) -> ToolOutcome | None:
        """Is anybody hurt?"""
        first = people_first(ctx)
        return await first.ask() if first else None

    def is_reported(self, ctx: ToolContext) -> bool:
        """Is there something that a form is there for?"""
        return is_reported(ctx)

    def to_be_said(self, ctx: ToolContext) -> str | None:
        """A kind word, or to get to a safe place."""
        first = people_first(ctx)
        return first.words() if first else None

    async def goes_on(self, ctx: ToolContext, answer: ToolOutcome) -> ToolOutcome:
        """Back to the form that is open."""
        return await back_to_form(ctx, answer)
