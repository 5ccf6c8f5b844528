"""A stage with the shipped agent that takes cases, thinking with a scripted model; its caller is verified."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shipped_store import shipped_store

from backend.domain.session import CallSession
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.ports import ChatModel
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.stage import Stage
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

__all__ = ["intake_stage"]

_ROOT = Path(__file__).resolve().parents[2]
_NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


async def _no_audit(*_: Any) -> None: ...


def intake_stage(
    model: ChatModel, *, fallback: tuple[str, ...] = (), cases: MemoryCases | None = None, **parts: Any
) -> Stage:
    """The stage; ``parts`` are a ``Stage``'s own."""
    runner = ToolRunner([*BUILT_IN_TOOLS], _no_audit)
    store = shipped_store(runner.names)
    intake = store.agents["fnol_intake"]
    thinks = intake.model.model_copy(update={"deployment": "", "fallback": fallback})
    store = replace(store, agents={**store.agents, intake.name: intake.model_copy(update={"model": thinks})})
    policies = MemoryBooks.from_yaml(_ROOT / "agent_store/policyholders.yaml")
    services = ToolServices(cases or MemoryCases(), policies, _no_audit, clock=lambda zone: _NOON)
    session = CallSession(call_id="c1", line="insurance", active_agent=intake.name)
    session.subject = policies.subject("POL-A10001")
    thinking = Thinking(model, runner, services)
    return Stage(Orchestrator(session, store.lines["insurance"], store, thinking, now=lambda: _NOON), **parts)
