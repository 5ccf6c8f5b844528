"""A call that reports a loss, with tools and no model."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shipped_store import shipped_store

from backend.domain.line import LineSpec
from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.domain.tool import ToolOutcome
from backend.engine.thinking.store_tools import tools_of_store
from backend.testing.books import MemoryBooks, MemoryCases
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS, tool_names
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("America/Chicago"))
STORE = shipped_store(tool_names())
NAMES = {"POL-A10001": "John Smith", "POL-L80526": "James Williams"}
STORY = "a truck hit me from behind at a stop sign"
COMPLETE: dict[str, Any] = {
    "incident_description": STORY, "loss_date": "yesterday", "loss_time": "noon",
    "loss_location": "main street in chicago illinois", "vehicle": "honda civic", "driver_name": "me",
    "vehicles_involved": 2, "vehicle_drivable": True, "injuries": False, "trip_purpose": "commuting", "passengers": [],
}  # fmt: skip


class Reporting:
    """One call: the caller's turns, and what they hear."""

    def __init__(
        self,
        verified: str | None = "POL-A10001",
        cases: MemoryCases | None = None,
        *,
        call_id: str = "c1",
        agent: str = "fnol_intake",
        facts: Mapping[str, Any] | None = None,
        caller_number: str = "",
    ) -> None:
        self.cases = cases or MemoryCases()
        policies = MemoryBooks.from_yaml(ROOT / "agent_store/policyholders.yaml")
        self.line: LineSpec = STORE.lines["insurance"]
        self.runner = tools_of_store(ToolRunner(BUILT_IN_TOOLS, self._audit), STORE)
        self.services = ToolServices(self.cases, policies, self._audit, clock=lambda zone: NOON)
        self.session = CallSession(call_id=call_id, line="insurance", active_agent=agent, caller_number=caller_number)
        self.session.facts |= dict(facts or {})
        if verified:
            self.session.subject = policies.subject(verified)

    async def _audit(self, *_: object) -> None: ...

    async def says(
        self, words: str, tool: str = "record_fnol", *, heard: int | None = None, **given: Any
    ) -> ToolOutcome:
        """The caller says it, the model passes ``given`` on, and the caller hears what comes of it: all of it, or only
        the first ``heard`` words."""
        self.session.turn += 1
        self.session.history.append(CallerSaid(words, self.session.turn))
        return await self.calls(words, tool, heard=heard, **given)

    async def calls(self, words: str, tool: str, *, heard: int | None = None, **given: Any) -> ToolOutcome:
        """Another tool call in the same turn."""
        context = self.services.context(
            self.session, self.line, STORE.agents[self.session.active_agent], words, forms=STORE.forms.values()
        )
        outcome = await self.runner.run(tool, json.dumps(given), context)
        told = " ".join(part for part in (outcome.say, outcome.ask) if part)
        if told:
            part = " ".join(told.split()[:heard])
            self.session.history.append(AgentSaid("fnol_intake", part, self.session.turn, heard is not None))
        self.session.expects = outcome.expects
        return outcome

    async def tells_everything(self, **other: Any) -> ToolOutcome:
        """Everything at once, as a quick model passes it on."""
        return await self.says("here is all of it", **(COMPLETE | other))

    async def agrees(self) -> ToolOutcome:
        """Says yes to every part and has it filed."""
        outcome = await self.says("yes that is correct", confirmation="yes that is correct")
        while outcome.expects == "confirmation":
            outcome = await self.says("yes that is correct", confirmation="yes that is correct")
        return await self.calls("yes that is correct", "file_claim")

    async def fields(self) -> dict[str, Any]:
        """What is recorded."""
        draft = await self.cases.draft(self.session.call_id, "fnol")
        return dict(draft.fields) if draft else {}
