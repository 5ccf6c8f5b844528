"""Who is calling, for those who ask other things first."""

from typing import Protocol

from backend.domain.tool import ToolOutcome
from backend.tool_store.context import ToolContext

__all__ = ["WhoCalls"]


class WhoCalls(Protocol):
    """One way of knowing who is calling."""

    @property
    def tool_name(self) -> str:
        """The tool that asks it."""
        ...

    def is_known(self, ctx: ToolContext) -> bool:
        """Is it known already?"""
        ...

    def listen(self, ctx: ToolContext) -> None:
        """Keep what this turn's words say of it, while something else is asked."""
        ...

    def wish(self, ctx: ToolContext) -> dict[str, str]:
        """What the caller is here for, where that is known."""
        ...

    async def identify(self, ctx: ToolContext) -> ToolOutcome:
        """The next step toward knowing it."""
        ...
