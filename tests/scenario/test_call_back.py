"""Nobody takes the call: the caller is offered to be called back, on the telephone, in virtual time."""

from datetime import UTC, datetime
from typing import Any

import pytest
from shipped_store import shipped_store

from backend.domain.model import ModelRequest
from backend.domain.session import CallSession
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.testing.books import MemoryBooks, MemoryCallbacks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.tool_store.built_in_tools import BUILT_IN_TOOLS
from backend.tool_store.context import ToolServices
from backend.tool_store.runner import ToolRunner

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


async def no_audit(*_: Any) -> None: ...


def dumb(request: ModelRequest) -> Reply:
    """A model that transfers, then passes everything on to whatever asked last."""
    offered = {schema.name for schema in request.tools}
    said = request.messages[-1].content
    if "person" in said:
        return Reply(calls={"transfer_to_person": {}})
    if "emergency" in said:
        return Reply(calls={"report_emergency": {}})
    return Reply(calls={"request_callback": {"consent": said}} if "request_callback" in offered else {"end_call": {}})


def stage(book: MemoryCallbacks, number: str) -> Stage:
    runner = ToolRunner(BUILT_IN_TOOLS, no_audit)
    store = shipped_store(runner.names)
    services = ToolServices(MemoryCases(), MemoryBooks([]), no_audit, clock=lambda zone: NOON, callbacks=book)
    session = CallSession(call_id="c1", line="insurance", active_agent="auth", visited=["auth"], caller_number=number)
    line = store.lines["insurance"]
    agents = Orchestrator(session, line, store, Thinking(ScriptedModel(dumb), runner, services), now=lambda: NOON)
    return Stage(agents, transfer=False)


def test_a_caller_whom_nobody_takes_is_called_back() -> None:
    async def story() -> None:
        book = MemoryCallbacks()
        made = stage(book, "+13125550142")
        end = made.caller.says("a person please", at=1)
        made.caller.says("yes please", at=end + 16)
        await made.play(end + 24)
        (wish,) = await book.list()
        assert (wish.number, wish.reason) == ("+13125550142", "the caller asked for a person")
        assert "Shall a colleague call you back" in made.heard
        assert "A colleague will call you back at the number you are calling from." in made.heard

    run_virtual(story())


@pytest.mark.parametrize("cut", [0.5, 2.0])
def test_it_is_kept_before_the_caller_is_told_so(cut: float) -> None:
    async def story() -> None:
        book = MemoryCallbacks()
        made = stage(book, "+13125550142")
        end = made.caller.says("a person please", at=1)
        end = made.caller.says("yes please", at=end + 16)
        await made.play(end + cut + 1)
        assert len(await book.list()) == 1

    run_virtual(story())


def test_in_an_emergency_nothing_stands_beside_the_instruction() -> None:
    async def story() -> None:
        made = stage(MemoryCallbacks(), "+13125550142")
        end = made.caller.says("emergency", at=1)
        await made.play(end + 20)
        assert "call you back" not in made.heard

    run_virtual(story())
