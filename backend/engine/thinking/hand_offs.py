"""Hand-offs: an agent gives the caller to another one."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from backend.domain.agent import AgentSpec, HandoffSpec
from backend.domain.session import HandedOver
from backend.domain.tool import HandOff, ToolOutcome
from backend.engine.thinking.asked import HandOffAsked
from backend.engine.thinking.cast import Cast
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.call_log import call_handed_over
from backend.engine.turn.turn import Turn
from backend.tool_store.runner import ToolRunner

__all__ = ["HandOffs", "not_done"]

_MOST = 6
"""In one turn."""


class HandOffs:
    """Those of one turn: nobody is given back to who had them already.

    Args:
        tools: tell whether the caller has to be verified before.
        on_agent: told when another agent takes over, before it speaks.
    """

    def __init__(self, cast: Cast, tools: ToolRunner, on_agent: Callable[[AgentSpec], None]) -> None:
        self._cast = cast
        self._tools = tools
        self._on_agent = on_agent
        self._made: list[tuple[str, str]] = []

    def new_turn(self) -> None:
        """The caller has spoken; what was handed over before counts no more."""
        self._made = []

    @property
    def count(self) -> int:
        """How many there were in this turn."""
        return len(self._made)

    def offer(self, asked: HandOffAsked, *, held_up: bool) -> ToolOutcome:
        """Is the hand-off that a model asks for to be made?

        Args:
            held_up: what was called with it is not done.
        """
        agent, target = self._cast.agent, asked.target
        if held_up:
            return not_done("Not handed over: what was called with it is not done. That comes first.")
        if target not in {handoff.to for handoff in agent.handoffs}:
            return not_done(f"{agent.name} cannot hand over to {target}.")
        if self._tools.must_verify_first(agent, self._cast.store.agents[target], self._cast.session):
            return not_done("Not handed over: the caller is not verified yet. Verify who is calling first.")
        if (agent.name, target) in self._made or len(self._made) >= _MOST:
            return not_done(f"{target} has had the caller already and gave them back. Answer the caller yourself.")
        told = _told(asked.call.arguments)
        brings = self._brought(target, told)
        summary = str(told.get("reason") or " ".join(map(str, brings.values())))
        return ToolOutcome(True, f"Handed over to {target}.", directive=HandOff(target, summary, brings))

    def opens(self, handoff: HandOff) -> bool:
        """Is the new agent's opening tool to be called: has it one, and what that cannot do without?"""
        agent = self._cast.agent
        return bool(agent.opening_tool) and self._tools.brought(agent).keys() <= handoff.brings.keys()

    def _brought(self, target: str, told: Mapping[str, Any]) -> dict[str, Any]:
        """What the other agent's opening tool is given; blank words are none."""
        wanted = self._tools.brought(self._cast.store.agents[target])
        return {name: told[name] for name in wanted if str(told.get(name) or "").strip()}

    def make(self, turn: Turn, answer: AnswerSink, handoff: HandOff) -> bool:
        """Make another agent the active one. True when it has greeted, so that the caller is next."""
        cast, source = self._cast, self._cast.agent
        spec = next((h for h in source.handoffs if h.to == handoff.to), HandoffSpec(to=handoff.to, when="announced"))
        answer.end_passage()
        if announcement := cast.said(spec.announcement):
            answer.phrase(turn.passage(source.name), announcement)
        self._made.append((source.name, handoff.to))
        cast.session.active_agent = handoff.to
        cast.session.facts["handoff"] = {"source": source.name, "summary": handoff.summary}
        turn.items.append(HandedOver(source.name, handoff.to, handoff.summary, turn.index))
        agent = cast.agent
        answer.voice = agent.voice.voice()
        self._on_agent(agent)
        call_handed_over(source.name, agent.name)
        if spec.style == "silent":
            cast.visit()
            return False
        greeting = cast.greeting()
        if greeting:
            answer.phrase(turn.passage(agent.name), greeting)
        return bool(greeting)


def _told(arguments: str) -> Mapping[str, Any]:
    """What a model wrote into a hand-off."""
    try:
        told = json.loads(arguments or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def not_done(message: str) -> ToolOutcome:
    """A hand-off that was not made; asking for it has changed nothing."""
    return ToolOutcome(False, message, code="tool.denied", lasting=False)
