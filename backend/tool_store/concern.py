"""What a caller calls about, as far as others must know of it: what comes before everything else, and what waits."""

from typing import Protocol

from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext

__all__ = ["Concern"]


class Concern(Protocol):
    """What the forms of a store tell of a call to whoever asks other things of the caller."""

    async def comes_first(self, ctx: ToolContext) -> ToolOutcome | None:
        """What is asked before who is calling, such as whether anybody is hurt; ``None`` for nothing."""
        ...

    def is_reported(self, ctx: ToolContext) -> bool:
        """Has the caller something to report, that may be taken down whoever they are?"""
        ...

    def to_be_said(self, ctx: ToolContext) -> str | None:
        """What the caller has still to be told, once."""
        ...

    async def goes_on(self, ctx: ToolContext, answer: ToolOutcome) -> ToolOutcome:
        """What answers a question in the middle, followed by what waits for the caller."""
        ...
