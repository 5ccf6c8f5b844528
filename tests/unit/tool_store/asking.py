"""A call of which only the asking matters: what was said to the caller, and what they answered."""

from datetime import datetime
from zoneinfo import ZoneInfo

from shipped_store import shipped_store

from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.domain.tool import ToolOutcome
from backend.testing.books import MemoryBooks, MemoryCases
from backend.tool_store.built_in_tools import tool_names
from backend.tool_store.context import ToolContext, ToolServices

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
STORE = shipped_store(tool_names())


class Asking:
    """One call, turn by turn."""

    def __init__(self) -> None:
        self.session = CallSession(call_id="c1", line="insurance", active_agent="fnol_intake")
        self.services = ToolServices(MemoryCases(), MemoryBooks([]), self._audit, clock=lambda zone: NOON)

    async def _audit(self, *_: object) -> None: ...

    def caller(self, text: str) -> ToolContext:
        """The caller's next turn."""
        self.session.turn += 1
        self.session.history.append(CallerSaid(text, self.session.turn))
        return self.same_turn(text)

    def same_turn(self, text: str) -> ToolContext:
        """Another tool call in the caller's turn."""
        agent = STORE.agents[self.session.active_agent]
        return self.services.context(self.session, STORE.lines["insurance"], agent, text, forms=STORE.forms.values())

    def hears(self, outcome: ToolOutcome | None, *, only: int | None = None) -> str:
        """The caller hears what came out, or the first ``only`` words of it."""
        assert outcome is not None
        told = " ".join(part for part in (outcome.say, outcome.ask) if part)
        self.hears_words(" ".join(told.split()[:only]), interrupted=only is not None)
        return told

    def hears_words(self, text: str, *, interrupted: bool = False) -> None:
        """The caller hears words that are no tool's."""
        self.session.history.append(AgentSaid("fnol_intake", text, self.session.turn, interrupted))
