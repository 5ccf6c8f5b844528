"""Deeds: the tools that an agent calls are run, and what they answer enters the turn."""

import copy
import json
from collections.abc import Callable, Sequence

from backend.agents.handoffs import handoff_target
from backend.domain.model import ModelToolCall
from backend.domain.session import ToolAnswered, ToolCallsMade, ToolRequest
from backend.domain.tool import Directive, HandOff, ToolOutcome
from backend.engine.thinking.cast import Cast
from backend.engine.thinking.hand_offs import HandOffs, not_done
from backend.engine.thinking.mind import Mind
from backend.engine.thinking.thinking import Thinking
from backend.engine.thinking.tool_order import run_in_order
from backend.engine.turn.turn import Turn
from backend.tool_store.runner import ToolRunner

__all__ = ["Deeds", "first_directive"]


class Deeds:
    """Does what one model answer asks for, all of it or in order.

    Args:
        mind: knows what a tool must not give away.
        hand_offs: asked whether the caller is to be handed over.
        on_tool: told of each tool that has answered, and whether it succeeded; hand-offs are no tools here.
    """

    def __init__(
        self,
        cast: Cast,
        tools: ToolRunner,
        thinking: Thinking,
        mind: Mind,
        hand_offs: HandOffs,
        on_tool: Callable[[str, bool], None],
    ) -> None:
        self._cast = cast
        self._tools = tools
        self._thinking = thinking
        self._mind = mind
        self._hand_offs = hand_offs
        self._on_tool = on_tool

    async def act(self, turn: Turn, calls: Sequence[ModelToolCall]) -> Sequence[ToolOutcome]:
        """Run the tools of one model answer; their results enter the turn together."""
        await turn.certain.wait()
        if any(self._writes(call) for call in calls):
            await turn.wait_final()
        turn.committed = True
        turn.busy = any(self._has_effect(call) for call in calls)
        turn.filler = next(filter(None, (self._tools.filler(call.name, self._cast.phrases) for call in calls)), None)
        self._prepare_undo(turn)
        try:
            outcomes = await self._run_all(turn, calls)
        finally:
            turn.busy, turn.filler = False, None
        outcomes = _one_way_on(outcomes)
        turn.items.append(ToolCallsMade(tuple(ToolRequest(c.id, c.name, c.arguments) for c in calls), turn.index))
        for call, outcome in zip(calls, outcomes, strict=True):
            content = json.dumps(outcome.envelope(), ensure_ascii=False, default=str)
            turn.items.append(ToolAnswered(call.id, call.name, content, turn.index))
            turn.record.tools.append(call.name)
            if handoff_target(call.name) is None:
                self._on_tool(call.name, outcome.ok)
            turn.kept |= self._has_effect(call) and outcome.lasting
        self._expect(outcomes)
        return outcomes

    def _prepare_undo(self, turn: Turn) -> None:
        """A caller who only took a breath gets their question back with everything that went with it."""
        if any(isinstance(item, ToolCallsMade) for item in turn.items):
            return
        session = self._cast.session
        expects, facts = session.expects, copy.deepcopy(session.facts)

        def undo() -> None:
            session.expects, session.facts = expects, facts

        turn.undo = undo

    def _has_effect(self, call: ModelToolCall) -> bool:
        return handoff_target(call.name) is not None or self._tools.effect(call.name) in ("draft", "write")

    def _writes(self, call: ModelToolCall) -> bool:
        return handoff_target(call.name) is None and self._tools.effect(call.name) == "write"

    async def _run_all(self, turn: Turn, calls: Sequence[ModelToolCall]) -> Sequence[ToolOutcome]:
        works = [call for call in calls if not handoff_target(call.name)]
        outcomes = iter(await run_in_order(works, self._has_effect, lambda call: self._run(call, turn)))
        done = {id(call): next(outcomes) for call in works}
        # A model may verify a caller and hand them over in one answer; where the first fails, the second is not made.
        held_up = any(map(_holds_up, done.values()))
        return [done[id(call)] if id(call) in done else self._hand_offs.offer(call, held_up=held_up) for call in calls]

    async def _run(self, call: ModelToolCall, turn: Turn) -> ToolOutcome:
        cast, services = self._cast, self._thinking.services
        context = services.context(
            cast.session,
            cast.line,
            cast.agent,
            turn.caller_text,
            self._mind.prompt_leak,
            cast.store.knowledge,
            cast.store.forms.values(),
            cast.phrases,
        )
        return await self._tools.run(call.name, call.arguments, context)

    def _expect(self, outcomes: Sequence[ToolOutcome]) -> None:
        self._cast.session.expects = next((o.expects for o in outcomes if o.expects), None)


def _one_way_on(outcomes: Sequence[ToolOutcome]) -> Sequence[ToolOutcome]:
    """Of several hand-offs at once the first is made; the history must not say that the others were."""
    first = first_directive(outcomes)
    return [
        not_done("The caller goes elsewhere; this was not done.")
        if isinstance(outcome.directive, HandOff) and outcome.directive is not first
        else outcome
        for outcome in outcomes
    ]


def _holds_up(outcome: ToolOutcome) -> bool:
    """Must the caller stay where they are: something failed, waits for their answer, or sends them elsewhere?"""
    return not outcome.ok or outcome.expects is not None or outcome.directive is not None


def first_directive(outcomes: Sequence[ToolOutcome]) -> Directive | None:
    """What is to happen: the first of several things stands."""
    return next((outcome.directive for outcome in outcomes if outcome.directive is not None), None)
