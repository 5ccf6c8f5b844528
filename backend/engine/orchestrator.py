"""The orchestrator: lets the active agent answer, runs its tools, and hands the caller over."""

import copy
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from backend.agents.handoffs import handoff_schemas, handoff_target
from backend.agents.prompts import PromptVariables
from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec, HandoffSpec, LineSpec
from backend.domain.model import ChatMessage, ModelDone, ModelRequest, ModelToolCall, StopReason, TextDelta
from backend.domain.recital import Recital, Withheld
from backend.domain.session import CallerSaid, CallSession, HandedOver, ToolAnswered, ToolCallsMade, ToolRequest
from backend.domain.tool import Directive, EndCall, HandOff, ToolOutcome, TransferToPerson
from backend.engine.agent_words import AgentWords
from backend.engine.asides import answer_aside, slower_by, unhurried
from backend.engine.loop_guard import ToolLoop, question_in_vain, same_words
from backend.engine.pen import Pen
from backend.engine.prompting import conversation_messages
from backend.engine.tool_order import run_in_order
from backend.engine.turn import Turn
from backend.errors import ProviderError, Unavailable
from backend.ports import ChatModel
from backend.tool_store.context import ToolServices
from backend.tool_store.policy import CALL_BACK, NOBODY
from backend.tool_store.runner import ToolRunner

__all__ = ["Orchestrator", "Thinking"]

log = logging.getLogger(__name__)

_RECITED = "I'm sorry, I can't help with that. Is there something else I can do for you?"
_REFUSED = "I'm sorry, I couldn't take that in. Could you tell me in other words?"
_IN_CIRCLES = "I'm sorry, I keep asking you the same thing."
_GOODBYE = "Goodbye."
_WORDS_PLEASE = (
    "Your last answer held nothing that can be said to the caller. Answer in plain words, without thoughts, code or "
    "marks; call tools only by the tool interface."
)
_MAX_HANDOFFS = 6


@dataclass(frozen=True, slots=True)
class Thinking:
    """What agents think with; one for all calls of a worker."""

    model: ChatModel
    tools: ToolRunner
    services: ToolServices
    deadline_ms: int = 12_000
    max_rounds: int = 5


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What one model answer came to."""

    calls: tuple[ModelToolCall, ...]
    reason: StopReason | Literal["recited", "in_circles"]
    empty: bool
    """Neither words for the caller nor a tool call."""


class Orchestrator:
    """One call's agents.

    Args:
        session: the call's memory; the active agent is kept in it.
        line: the phone line the call came in on.
        store: the version of the agents that this call began with.
        thinking: model and tools.
        on_agent: told when another agent takes over, before it speaks.
        on_tool: told of each tool that has answered, and whether it succeeded; hand-offs are no tools here.
        channel: ``voice`` or ``text``, for the prompts.
    """

    def __init__(
        self,
        session: CallSession,
        line: LineSpec,
        store: AgentStore,
        thinking: Thinking,
        *,
        now: Callable[[], datetime],
        on_agent: Callable[[AgentSpec], None] = lambda _: None,
        on_tool: Callable[[str, bool], None] = lambda _name, _ok: None,
        channel: str = "voice",
    ) -> None:
        self.session = session
        self.line = line
        self._store = store
        self._thinking = thinking
        self._tools = thinking.tools.beside(store.servers)
        self._now = now
        self._on_agent = on_agent
        self._on_tool = on_tool
        self._channel = channel
        self._handed: list[tuple[str, str]] = []
        self._recital = Recital("")
        self._in_vain = ""

    @property
    def agent(self) -> AgentSpec:
        """Who speaks with the caller now."""
        return unhurried(self._store.agents[self.session.active_agent], slower_by(self.session))

    def greeting(self) -> str:
        """What the active agent says when the caller reaches it; empty when it lets the model open."""
        agent = self.agent
        again = agent.name in self.session.visited
        if not again:
            self.session.visited.append(agent.name)
        template = agent.return_greeting if again else agent.greeting
        return self._store.render_line(template, self._variables()) if template else ""

    async def respond(self, turn: Turn, answer: Pen) -> Directive | None:
        """Answer the caller's words; gives what is to happen once that has been heard.

        Raises:
            ProviderError: the model is not to be had; what was said until then stands.
        """
        if await answer_aside(self.session, self.agent, turn, answer):
            return None
        self._handed, loop = [], ToolLoop()
        self._in_vain = question_in_vain(self.session.history)
        rounds, forbid_tools = self._thinking.max_rounds, False
        for number in range(rounds + 1):
            spoken = await self._think(turn, answer, forbid_tools=forbid_tools or number == rounds)
            if not spoken.calls:
                return self._unanswered(turn, answer, spoken)
            outcomes = await self._act(turn, spoken.calls)
            forbid_tools = loop.goes_on(spoken.calls, [outcome.message for outcome in outcomes])
            directive = _first_directive(outcomes)
            if turn.interrupted:
                return directive
            if directive is None and same_words(self._next_question(outcomes), self._in_vain):
                return self._change_way(turn, answer)
            asked = self._pass_on(turn, answer, outcomes)
            if isinstance(directive, HandOff):
                greeted = self._hand_over(turn, answer, directive)
                directive, asked = await self._open(turn, answer) if self.agent.opening_tool else (None, greeted)
                if turn.interrupted or directive is not None or asked:
                    return directive
            elif directive is not None:
                await self._last_words(turn, answer, directive)
                return directive
            elif asked:
                return None
        return None

    def _unanswered(self, turn: Turn, answer: Pen, spoken: _Spoken) -> Directive | None:
        """What follows a model answer without tool calls: nothing, where it was an answer."""
        if spoken.reason == "in_circles":
            return self._change_way(turn, answer)
        if spoken.reason == "recited":
            answer.line(turn.passage(self.agent.name), _RECITED)
        elif spoken.reason == "content_filter":
            return self._leave_out(turn, answer)
        return None

    def _change_way(self, turn: Turn, answer: Pen) -> Directive:
        """The caller has been asked this three times running: a fourth time would bring no more."""
        log.warning("the same question three times", extra={"agent": self.agent.name, "turn": turn.index})
        answer.line(turn.passage(self.agent.name), _IN_CIRCLES)
        return TransferToPerson("the same question was asked three times and led to nothing")

    def _leave_out(self, turn: Turn, answer: Pen) -> Directive | None:
        """The content filter refused: the model is not shown this turn's words again. The second in a row, a person."""
        log.warning("content filter", extra={"agent": self.agent.name, "turn": turn.index})
        before = next((item for item in reversed(self.session.history) if isinstance(item, CallerSaid)), None)
        turn.withheld = True
        if before is not None and before.withheld:
            return TransferToPerson("the content filter refused twice in a row")
        answer.line(turn.passage(self.agent.name), _REFUSED)
        return None

    # -- thinking -------------------------------------------------------------------------

    async def _think(self, turn: Turn, answer: Pen, *, forbid_tools: bool) -> _Spoken:
        """One answer of the model. An empty one is no answer: it is asked again, then the next deployment is.

        Raises:
            Unavailable: all were empty, and the caller has heard nothing in this turn.
        """
        spoken = _Spoken((), "stop", empty=True)
        for request in _attempts(self._request(turn, self.agent, forbid_tools)):
            spoken = await self._ask(turn, answer, request)
            if not spoken.empty:
                return spoken
            log.warning("the model's answer was empty", extra={"agent": self.agent.name, "reason": spoken.reason})
        if not answer.has_words:
            raise Unavailable("model", f"the answers were empty ({spoken.reason})")
        return spoken

    async def _ask(self, turn: Turn, answer: Pen, request: ModelRequest) -> _Spoken:
        agent, calls, reason = self.agent, list[ModelToolCall](), "stop"
        words = AgentWords(turn, answer, agent.name, Withheld(self._recital), in_vain=self._in_vain)
        async with aclosing(self._thinking.model.answer(request)) as events:
            async for event in events:
                match event:
                    case TextDelta(text=text):
                        words.write(text)
                    case ModelToolCall():
                        calls.append(event)
                    case ModelDone():
                        reason = event.reason
                if words.recites:
                    log.warning("agent recited its prompt", extra={"agent": agent.name, "turn": turn.index})
                    calls, reason = [], "recited"
                    break
        if request.forbid_tools:
            calls = []  # the model calls one all the same: it goes round in circles
        words.finish(more_follows=bool(calls))
        if words.in_circles:
            reason = "in_circles"
        answer.end_passage()
        empty = not calls and words.empty and reason not in ("content_filter", "recited", "in_circles")
        return _Spoken(tuple(calls), reason, empty)

    def _request(self, turn: Turn, agent: AgentSpec, forbid_tools: bool) -> ModelRequest:
        prompt = self._store.render_prompt(agent, self._variables())
        self._recital = Recital(prompt)
        model = agent.model
        return ModelRequest(
            messages=conversation_messages(prompt, self.session.history, turn),
            tools=[
                *self._tools.schemas(agent, nobody=NOBODY in self.session.facts),
                *handoff_schemas(agent, self._store),
            ],
            deployment=model.deployment,
            fallback=model.fallback,
            temperature=model.temperature,
            top_p=model.top_p,
            max_tokens=model.max_tokens,
            reasoning_effort=model.reasoning_effort,
            verbosity=model.verbosity,
            deadline_ms=int((model.deadline_seconds or 0) * 1000) or self._thinking.deadline_ms,
            forbid_tools=forbid_tools,
        )

    def _variables(self) -> PromptVariables:
        return PromptVariables.of(
            session=self.session, line=self.line, agent=self.agent, now=self._now(), channel=self._channel
        )

    # -- acting ---------------------------------------------------------------------------

    async def _act(self, turn: Turn, calls: Sequence[ModelToolCall]) -> Sequence[ToolOutcome]:
        """Run the tools of one model answer; their results enter the turn together."""
        await turn.certain.wait()
        if any(self._writes(call) for call in calls):
            await turn.wait_final()
        turn.committed = True
        turn.busy = any(self._has_effect(call) for call in calls)
        turn.filler = next(filter(None, (self._tools.filler(call.name) for call in calls)), None)
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
        """A caller who only took a breath gets his question back with everything that went with it."""
        if any(isinstance(item, ToolCallsMade) for item in turn.items):
            return
        session, expects, facts = self.session, self.session.expects, copy.deepcopy(self.session.facts)

        def undo() -> None:
            session.expects, session.facts = expects, facts

        turn.undo = undo

    def _pass_on(self, turn: Turn, answer: Pen, outcomes: Sequence[ToolOutcome]) -> bool:
        """Say what tools want said as it stands: a number or a legal notice is no model's to word.

        True when the caller has been asked something, so that he is next: the agent leaves questions to its tools.
        """
        says = " ".join(outcome.say for outcome in outcomes if outcome.say)
        if says:
            passage = turn.passage(self.agent.name)
            answer.begin(passage)
            answer.write(says)
            answer.end_passage()
        question = self._next_question(outcomes)
        if not question or any(outcome.directive for outcome in outcomes):
            return False
        answer.line(turn.passage(self.agent.name), question)
        return True

    def _next_question(self, outcomes: Sequence[ToolOutcome]) -> str:
        exact = self.agent.questions == "tool" or any(outcome.verbatim for outcome in outcomes)
        return _question(outcomes) if exact else ""

    def _has_effect(self, call: ModelToolCall) -> bool:
        return handoff_target(call.name) is not None or self._tools.effect(call.name) in ("draft", "write")

    def _writes(self, call: ModelToolCall) -> bool:
        return handoff_target(call.name) is None and self._tools.effect(call.name) == "write"

    async def _run_all(self, turn: Turn, calls: Sequence[ModelToolCall]) -> Sequence[ToolOutcome]:
        works = [call for call in calls if not handoff_target(call.name)]
        outcomes = iter(await run_in_order(works, self._has_effect, lambda call: self._run(call, turn)))
        done = {id(call): next(outcomes) for call in works}
        # A model may verify a caller and hand him over in one answer; where the first fails, the second is not made.
        held_up = any(map(_holds_up, done.values()))
        return [done[id(call)] if id(call) in done else self._hand_off(call, held_up=held_up) for call in calls]

    async def _run(self, call: ModelToolCall, turn: Turn) -> ToolOutcome:
        services = self._thinking.services
        context = services.context(
            self.session, self.line, self.agent, turn.caller_text, self._recital, self._store.knowledge
        )
        return await self._tools.run(call.name, call.arguments, context)

    def _expect(self, outcomes: Sequence[ToolOutcome]) -> None:
        self.session.expects = next((o.expects for o in outcomes if o.expects), None)

    async def _last_words(self, turn: Turn, answer: Pen, directive: Directive) -> None:
        """Nobody is hung up on without a word: a silent end of call lets the model say goodbye."""
        if isinstance(directive, EndCall) and not answer.has_words:
            try:
                await self._think(turn, answer, forbid_tools=True)
            except ProviderError as error:
                log.warning("no goodbye of the model's", extra={"code": error.code, "turn": turn.index})
            if not answer.has_words:
                answer.line(turn.passage(self.agent.name), _GOODBYE)

    async def nobody_came(self, turn: Turn, answer: Pen, reason: str) -> None:
        """Offer to have the caller called back; what that tool asks is written into ``answer``."""
        self.session.facts[NOBODY] = reason
        if self._tools.effect(CALL_BACK) != "none" and self._thinking.services.callbacks is not None:
            outcomes = await self._act(turn, [ModelToolCall(f"call_back_{turn.index}", CALL_BACK, "{}")])
            question = _question(outcomes)
            if question:
                answer.line(turn.passage(self.agent.name), question)

    async def _open(self, turn: Turn, answer: Pen) -> tuple[Directive | None, bool]:
        """The tool that an agent begins with: what is to happen, and whether the caller has been asked something."""
        call = ModelToolCall(f"opening_{len(self._handed)}_{turn.index}", self.agent.opening_tool or "", "{}")
        outcomes = await self._act(turn, [call])
        asked = not turn.interrupted and self._pass_on(turn, answer, outcomes)
        return _first_directive(outcomes), asked

    # -- handing over ---------------------------------------------------------------------

    def _hand_off(self, call: ModelToolCall, *, held_up: bool) -> ToolOutcome:
        if held_up:
            return _not_done("Not handed over: what was called with it is not done. That comes first.")
        return self._offer_handoff(handoff_target(call.name) or "", call.arguments)

    def _offer_handoff(self, target: str, arguments: str) -> ToolOutcome:
        agent = self.agent
        if target not in {handoff.to for handoff in agent.handoffs}:
            return _not_done(f"{agent.name} cannot hand over to {target}.")
        if self._tools.must_verify_first(agent, self._store.agents[target], self.session):
            return _not_done("Not handed over: the caller is not verified yet. Verify who is calling first.")
        if (agent.name, target) in self._handed or len(self._handed) >= _MAX_HANDOFFS:
            message = f"{target} has had the caller already and gave him back. Answer the caller yourself."
            return _not_done(message)
        try:
            summary = str(json.loads(arguments or "{}").get("reason", ""))
        except (ValueError, AttributeError):
            summary = ""
        return ToolOutcome(True, f"Handed over to {target}.", directive=HandOff(target, summary))

    def _hand_over(self, turn: Turn, answer: Pen, handoff: HandOff) -> bool:
        """Make another agent the active one. True when it has greeted, so that the caller is next."""
        source = self.agent
        spec = next((h for h in source.handoffs if h.to == handoff.to), HandoffSpec(to=handoff.to, when="announced"))
        answer.end_passage()
        if spec.announcement:
            answer.line(turn.passage(source.name), self._store.render_line(spec.announcement, self._variables()))
        self._handed.append((source.name, handoff.to))
        self.session.active_agent = handoff.to
        self.session.facts["handoff"] = {"source": source.name, "summary": handoff.summary}
        turn.items.append(HandedOver(source.name, handoff.to, handoff.summary, turn.index))
        agent = self.agent
        answer.voice = agent.voice.voice()
        self._on_agent(agent)
        if spec.style == "silent":
            if agent.name not in self.session.visited:
                self.session.visited.append(agent.name)
            return False
        greeting = self.greeting()
        if greeting:
            answer.line(turn.passage(agent.name), greeting)
        return bool(greeting)


def _attempts(request: ModelRequest) -> Iterator[ModelRequest]:
    """The request, and what is asked where the answer to the one before was empty."""
    yield request
    plain = replace(request, messages=[*request.messages, ChatMessage("system", _WORDS_PLEASE)])
    yield plain
    if request.fallback:
        yield replace(plain, deployment=request.fallback[0], fallback=request.fallback[1:])


def _question(outcomes: Sequence[ToolOutcome]) -> str:
    """What to ask next; a question about a field goes before one that is only polite."""
    asking = sorted((outcome for outcome in outcomes if outcome.ask), key=lambda outcome: outcome.expects is None)
    return asking[0].ask or "" if asking else ""


def _one_way_on(outcomes: Sequence[ToolOutcome]) -> Sequence[ToolOutcome]:
    """Of several hand-offs at once the first is made; the history must not say that the others were."""
    first = _first_directive(outcomes)
    return [
        _not_done("The caller goes elsewhere; this was not done.")
        if isinstance(outcome.directive, HandOff) and outcome.directive is not first
        else outcome
        for outcome in outcomes
    ]


def _not_done(message: str) -> ToolOutcome:
    """A hand-off that was not made; asking for it has changed nothing."""
    return ToolOutcome(False, message, code="tool.denied", lasting=False)


def _holds_up(outcome: ToolOutcome) -> bool:
    """Must the caller stay where he is: something failed, waits for his answer, or sends him elsewhere?"""
    return not outcome.ok or outcome.expects is not None or outcome.directive is not None


def _first_directive(outcomes: Sequence[ToolOutcome]) -> Directive | None:
    return next((outcome.directive for outcome in outcomes if outcome.directive is not None), None)
