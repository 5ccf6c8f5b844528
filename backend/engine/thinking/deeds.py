"""Deeds: the tools that an agent calls are run, and what they answer enters the turn."""

import json
from collections.abc import Callable, Sequence

from backend.domain.copied import copied
from backend.domain.model import ModelToolCall
from backend.domain.session import CallSession, ToolAnswered, ToolCallsMade, ToolRequest
from backend.domain.tool import Directive, HandOff, ToolOutcome
from backend.engine.thinking.asked import Asked, HandOffAsked, ToolAsked, what_is_asked
from backend.engine.thinking.cast import Cast
from backend.engine.thinking.hand_offs import HandOffs, not_done
from backend.engine.thinking.lookups import Lookups
from backend.engine.thinking.mind import Mind
from backend.engine.thinking.thinking import Thinking
from backend.engine.thinking.tool_order import run_in_order
from backend.engine.turn.turn import Turn
from backend.tool_store.runner import ToolRunner

__all__ = ["ASKED_BY", "Deeds", "first_directive"]

ASKED_BY = "_asked_by"
"""Fact: the tool that takes the answer to what the caller was asked last."""
_NO_SUCH = "unknown"
"""What stands in records for a tool that is not there."""


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
        self._lookups = Lookups(cast.session)

    async def act(self, turn: Turn, calls: Sequence[ModelToolCall]) -> Sequence[ToolOutcome]:
        """Run the tools of one model answer; their results enter the turn together.

        What only looks something up need not wait until the caller has surely finished, and is thrown away with the
        turn if they have not. Everything else waits.
        """
        asked = [what_is_asked(call, self._tools) for call in calls]
        ahead = not turn.certain.is_set() and all(one.looks_up for one in asked)
        if not ahead:
            await self._commit(turn, asked)
        turn.filler = next(filter(None, (self._tools.filler(call.name, self._cast.phrases) for call in calls)), None)
        self._prepare_undo(turn)
        began = turn.begins_work([call.name for call in calls])
        try:
            outcomes = await (self._look_up(turn, asked) if ahead else self._run_all(turn, asked, self._cast.session))
        finally:
            turn.busy, turn.filler = False, None
            turn.ends_work(began, waited_for=not ahead)
        outcomes = _one_way_on(outcomes)
        self._enter(turn, asked, outcomes)
        if ahead:
            self._lookups.later(lambda: self._tell(asked, outcomes))
        else:
            self._tell(asked, outcomes)
        if first_directive(outcomes) is not None:
            await self.stand(turn)
        return outcomes

    async def stand(self, turn: Turn) -> None:
        """Return when the caller has surely finished; what was looked up before stands from then on."""
        await turn.certain.wait()
        self._lookups.stand(turn)

    async def _commit(self, turn: Turn, asked: Sequence[Asked]) -> None:
        """Wait for what these tools must wait for. From here on the turn cannot be thrown away without a trace."""
        await self.stand(turn)
        if any(one.writes for one in asked):
            await turn.wait_final()
        turn.committed = True
        turn.busy = any(one.has_effect for one in asked)

    async def _look_up(self, turn: Turn, asked: Sequence[Asked]) -> Sequence[ToolOutcome]:
        memory = self._lookups.memory(turn)
        calls = [one.call for one in asked]
        return await self._lookups.once(turn, calls, lambda: self._run_all(turn, asked, memory))

    def _enter(self, turn: Turn, asked: Sequence[Asked], outcomes: Sequence[ToolOutcome]) -> None:
        """Into the turn, as the model is shown it."""
        requests = tuple(ToolRequest(one.call.id, one.call.name, one.call.arguments) for one in asked)
        turn.items.append(ToolCallsMade(requests, turn.index))
        for one, outcome in zip(asked, outcomes, strict=True):
            content = json.dumps(outcome.envelope(), ensure_ascii=False, default=str)
            turn.items.append(ToolAnswered(one.call.id, one.call.name, content, turn.index))
            turn.record.tools.append(one.call.name if self._is_there(one) else _NO_SUCH)
            turn.kept |= one.has_effect and outcome.lasting
            turn.baffled |= not outcome.ok

    def _is_there(self, asked: Asked) -> bool:
        """Is it a tool, or an agent? Another name is the model's own text, and may hold what the caller said."""
        if isinstance(asked, HandOffAsked):
            return asked.target in self._cast.store.agents
        return self._tools.knows(asked.call.name)

    def _tell(self, asked: Sequence[Asked], outcomes: Sequence[ToolOutcome]) -> None:
        """The call has come further: what is expected of the caller now, and which tools have answered."""
        for one, outcome in zip(asked, outcomes, strict=True):
            if isinstance(one, ToolAsked):
                self._on_tool(one.call.name, outcome.ok)
        session = self._cast.session
        asking = next(((o, one) for one, o in zip(asked, outcomes, strict=True) if o.expects), None)
        session.expects = asking[0].expects if asking else None
        if asking:
            session.facts[ASKED_BY] = asking[0].tool or asking[1].call.name

    def _prepare_undo(self, turn: Turn) -> None:
        """A caller who only took a breath gets their question back with everything that went with it."""
        if any(isinstance(item, ToolCallsMade) for item in turn.items):
            return
        session = self._cast.session
        expects, facts, earlier = session.expects, copied(session.facts), turn.undo

        def undo() -> None:
            session.expects, session.facts = expects, facts
            earlier()  # what this turn changed before the tools

        turn.undo = undo

    async def _run_all(self, turn: Turn, asked: Sequence[Asked], memory: CallSession) -> Sequence[ToolOutcome]:
        works = [one for one in asked if isinstance(one, ToolAsked)]
        outcomes = await run_in_order(works, lambda work: self._run(work.call, turn, memory))
        done = iter(outcomes)
        # A model may verify a caller and hand them over in one answer; where the first fails, the second is not made.
        held_up = any(map(_holds_up, outcomes))
        return [
            next(done) if isinstance(one, ToolAsked) else self._hand_offs.offer(one, held_up=held_up) for one in asked
        ]

    async def _run(self, call: ModelToolCall, turn: Turn, memory: CallSession) -> ToolOutcome:
        cast, services = self._cast, self._thinking.services
        context = services.context(
            memory,
            cast.line,
            cast.agent,
            turn.to_answer,
            self._mind.prompt_leak,
            cast.store.knowledge,
            cast.store.forms.values(),
            cast.phrases,
        )
        with turn.runs(call.id):
            return await self._tools.run(call.name, call.arguments, context)


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
