"""Lookups that are begun while the caller may still go on: unheard and unremembered until it is sure, and made once."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.agents.files import StoreFiles
from backend.agents.store import build_store
from backend.domain.model import ModelRequest
from backend.domain.session import CallSession, ToolAnswered
from backend.domain.tool import Effect, ToolOutcome
from backend.engine.thinking.orchestrator import Orchestrator, Thinking
from backend.testing.books import MemoryBooks, MemoryCases
from backend.testing.model import Reply, ScriptedModel
from backend.testing.stage import Stage
from backend.testing.virtual_time import run_virtual
from backend.tool_store.context import ToolContext, ToolServices
from backend.tool_store.definition import ToolDefinition, tool
from backend.tool_store.runner import ToolRunner
from backend.tool_store.tools.call import end_call

TWO_FRAMES_S = 0.04
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FILES = StoreFiles(
    agents={
        "agent_store/agents/desk.yaml": b"name: desk\ndescription: Knows buses.\nprompt: desk.jinja\nquestions: tool\n"
        b"greeting: Buses.\ntools: [next_bus, end_call]\n"
    },
    lines={
        "agent_store/lines/main.yaml": b'name: main\nnumbers: ["+18005550100"]\nentry: desk\nagents: [desk]\n'
        b'company: Buses\nperson: {number: "+18005550199"}\ntimezone: UTC\n'
    },
    prompts={"desk.jinja": "desk"},
)


@dataclass
class Desk:
    """A stage whose agent looks up buses."""

    effect: Effect = "read"
    grants: tuple[str, ...] = ()
    takes_s: float = 0.2
    begun: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    stopped: int = 0
    audited: list[str] = field(default_factory=list[str])
    told: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        runner = ToolRunner([self._tool(), end_call], self._audit)
        store = build_store(FILES, runner.names)
        self.session = CallSession(call_id="c1", line="main", active_agent="desk")
        services = ToolServices(MemoryCases(), MemoryBooks([]), self._audit, clock=lambda _: NOON)
        self.model = ScriptedModel(self._reply, first_token_s=0.1)
        orchestrator = Orchestrator(
            self.session, store.lines["main"], store, Thinking(self.model, runner, services), now=lambda: NOON,
            on_tool=lambda name, ok: self.told.append(name),
        )  # fmt: skip
        self.stage = Stage(orchestrator)

    def _tool(self) -> ToolDefinition:
        desk = self

        @tool(effect=self.effect, grants=self.grants)
        async def next_bus(ctx: ToolContext, stop: str) -> ToolOutcome:
            """When the next bus leaves.

            Args:
                stop: The stop. From which stop?
            """
            desk.begun.append((asyncio.get_running_loop().time(), stop))
            try:
                await asyncio.sleep(desk.takes_s)
            except asyncio.CancelledError:
                desk.stopped += 1
                raise
            ctx.session.facts["stops"] = [*ctx.session.facts.get("stops", []), stop]
            return ToolOutcome(True, "Looked up.", say=f"From {stop} at nine.", ask="What day?", expects="day")

        return next_bus

    async def _audit(self, _call: str, action: str, _detail: Mapping[str, Any]) -> None:
        self.audited.append(action)

    @staticmethod
    def _reply(request: ModelRequest) -> Reply:
        said = next(message.content for message in reversed(request.messages) if message.role == "user")
        return Reply(calls={"next_bus": {"stop": said}})

    @property
    def certain_at(self) -> float:
        """When the first turn's end was sure, on the loop's clock."""
        turn = next(turn for turn in self.stage.turns if turn.caller_text)
        assert turn.latencies.final_ms is not None
        return self.ended_at + turn.latencies.final_ms / 1000 - TWO_FRAMES_S

    async def hears(self, *pieces: str, pauses_ms: tuple[int, ...] = ()) -> None:
        """The caller says this; an open thought of two words is let rest for 860 ms."""
        spoken = self.stage.caller.tells(pieces, pauses_ms, at=2)
        await self.stage.play(spoken[-1][1] + 6)
        self.heard = self.stage.heard
        self.ended_at = self.stage.began + spoken[-1][1]


def test_it_is_begun_before_the_end_is_sure_and_remembered_after() -> None:
    desk = Desk()
    seen: list[tuple[float, object, object]] = []

    async def look() -> None:
        while True:
            seen.append((asyncio.get_running_loop().time(), desk.session.facts.get("stops"), desk.session.expects))
            await asyncio.sleep(0.02)

    async def story() -> None:
        watching = asyncio.create_task(look())
        await desk.hears("mill lane")
        watching.cancel()

    run_virtual(story())
    assert [stop for _, stop in desk.begun] == ["mill lane"]
    assert desk.begun[0][0] + desk.takes_s < desk.certain_at
    before = [(stops, expects) for at, stops, expects in seen if at < desk.certain_at]
    assert [seen for seen in before if seen != (None, None)] == []
    assert (desk.session.facts["stops"], desk.session.expects) == (["mill lane"], "day")
    assert desk.heard == "Buses. From mill lane at nine. What day?"
    assert (desk.audited, desk.told) == (["tool:next_bus"], ["next_bus"])


@pytest.mark.parametrize("pause_ms", [450, 700])
def test_what_the_caller_goes_on_from_is_thrown_away_unheard(pause_ms: int) -> None:
    """Also where their end had been taken to be sure, and nothing was heard yet (after 700 ms)."""
    desk = Desk(takes_s=0.1)
    run_virtual(desk.hears("mill lane", "or oak street", pauses_ms=(pause_ms,)))
    assert [stop for _, stop in desk.begun] == ["mill lane", "mill lane or oak street"]
    assert desk.session.facts["stops"] == ["mill lane or oak street"]
    assert desk.heard == "Buses. From mill lane or oak street at nine. What day?"
    answered = [item.content for item in desk.session.history if isinstance(item, ToolAnswered)]
    assert len(answered) == 1
    assert "oak street" in answered[0]
    assert len(desk.told) == (1 if pause_ms < 500 else 2)
    assert [turn.tools for turn in desk.stage.turns if turn.caller_text] == [["next_bus"]]


def test_one_that_runs_when_the_caller_goes_on_is_stopped() -> None:
    desk = Desk(takes_s=0.9)
    run_virtual(desk.hears("mill lane", "or oak street", pauses_ms=(450,)))
    assert desk.begun[-1][1] == "mill lane or oak street"
    assert desk.session.facts["stops"] == ["mill lane or oak street"]
    assert desk.stopped == len(desk.begun) - 1
    assert desk.audited == ["tool:next_bus"]


@pytest.mark.parametrize(("effect", "grants"), [("read", ("member",)), ("draft", ()), ("write", ())])
def test_what_shows_who_calls_and_what_has_an_effect_waits_for_the_end(effect: Effect, grants: tuple[str, ...]) -> None:
    desk = Desk(effect, grants)
    run_virtual(desk.hears("mill lane"))
    assert len(desk.begun) == 1
    assert desk.begun[0][0] >= desk.certain_at
