"""The memory that a call begins with."""

from backend.agents.store import AgentStore
from backend.domain.call import CallRecord
from backend.domain.line import LineSpec
from backend.domain.session import CallSession
from backend.domain.session_plan import SessionPlan

__all__ = ["new_session"]

_ANY = SessionPlan()


def new_session(record: CallRecord, line: LineSpec, store: AgentStore, plan: SessionPlan | None = None) -> CallSession:
    """A memory with nothing in it but what is known from the start; an agent that the line lacks is not begun with."""
    caller = record.called if record.direction == "outbound" else record.caller
    plan = plan or _ANY
    return CallSession(
        call_id=record.call_id,
        line=line.name,
        active_agent=plan.agent if plan.agent in line.agents else line.entry,
        store_version=store.version,
        caller_number=caller.reveal(),
        voice=plan.voice,
        variables=dict(plan.variables),
    )
