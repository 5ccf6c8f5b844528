"""A call at the agent that asks who is calling: each answer goes to the tool that asked, word by word."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from shipped_store import shipped_store

from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.domain.tool import ToolOutcome
from backend.domain.tries import MemoryTries, VerificationLimits
from backend.engine.thinking.store_tools import tools_of_store
from backend.ports import TryLedger
from backend.testing.books import MemoryBooks, MemoryCases
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS, tool_names
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
STORE = shipped_store(tool_names())
POLICIES = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")


class FrontDesk:
    """One call.

    Args:
        tries: the ledger that calls share.
        number: the caller's, empty when withheld.
        limits: of failed tries.
    """

    def __init__(
        self, tries: TryLedger | None = None, number: str = "", limits: VerificationLimits | None = None
    ) -> None:
        self.session = CallSession(call_id="c1", line="insurance", active_agent="auth", caller_number=number)
        self.runner = tools_of_store(ToolRunner(BUILT_IN_TOOLS, self._audit), STORE)
        self.services = ToolServices(
            MemoryCases(),
            POLICIES,
            self._audit,
            clock=lambda zone: NOON,
            tries=tries or MemoryTries(),
            limits=limits or VerificationLimits(),
        )
        self.outcome = ToolOutcome(True, "")
        self.asked: list[str] = []
        self._tool = "verify_caller"

    async def _audit(self, *_: object) -> None: ...

    async def says(self, text: str, tool: str = "", **arguments: str) -> ToolOutcome:
        """The caller's next turn; without ``arguments`` the words go where they were asked for."""
        self.session.turn += 1
        tool = tool or self._tool
        given = arguments or ({self.outcome.expects: text} if self.outcome.expects else {})
        return await self.again(text, tool, **given)

    async def again(self, text: str, tool: str = "verify_caller", **given: str) -> ToolOutcome:
        """A call of a tool in the caller's turn, be it the second."""
        agent = STORE.agents[self.session.active_agent]
        context = self.services.context(self.session, STORE.lines["insurance"], agent, text, forms=STORE.forms.values())
        self.outcome = outcome = await self.runner.run(tool, json.dumps(given), context)
        self.session.history.append(CallerSaid(text, self.session.turn))
        told = " ".join(filter(None, (outcome.say, outcome.ask)))
        self.session.history.append(AgentSaid("auth", told, self.session.turn))
        self._tool = outcome.tool or tool
        if outcome.expects:
            self.asked.append(outcome.expects)
        return outcome

    async def all(self, *texts: str) -> ToolOutcome:
        """Several turns; gives what came of the last."""
        for text in texts:
            await self.says(text)
        return self.outcome

    @property
    def policy(self) -> str | None:
        """The policy that the caller was let in to."""
        return self.session.subject.id if self.session.subject else None
