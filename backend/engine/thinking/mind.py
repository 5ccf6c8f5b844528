"""The mind: the active agent's model, asked for one answer after another."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Literal

from backend.agents.handoffs import handoff_schemas
from backend.domain.agent import AgentSpec
from backend.domain.model import ChatMessage, ModelDone, ModelRequest, ModelToolCall, StopReason, TextDelta, ToolSchema
from backend.domain.model_request import request_of
from backend.domain.prompt_leak import LeakFilters, PromptLeak
from backend.engine.thinking.agent_words import AgentWords
from backend.engine.thinking.cast import Cast
from backend.engine.thinking.counted import Counted
from backend.engine.thinking.prompting import ShownHistory, conversation_messages
from backend.engine.thinking.thinking import Thinking
from backend.engine.thinking.whispers import Whispers
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.errors import Unavailable
from backend.tool_store.policy import NOBODY
from backend.tool_store.runner import ToolRunner

__all__ = ["Mind", "Spoken"]

log = logging.getLogger(__name__)

_WORDS_PLEASE = (
    "Your last answer held nothing that can be said to the caller. Answer in plain words, without thoughts, code or "
    "marks; call tools only by the tool interface."
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one model answer came to."""

    calls: tuple[ModelToolCall, ...]
    reason: StopReason | Literal["recited", "in_circles"]
    empty: bool
    """Neither words for the caller nor a tool call."""


class Mind:
    """Thinks for whoever is active, and writes down what they say.

    Args:
        tools: what may be called.
    """

    def __init__(self, cast: Cast, tools: ToolRunner, thinking: Thinking) -> None:
        self._cast = cast
        self._tools = tools
        self._thinking = thinking
        self._prompt = ""
        self.prompt_leak = PromptLeak(self._prompt)
        """Tells what would be the agent's instructions, recited."""
        self._whispers = Whispers(cast.session)
        self._shown = ShownHistory()
        self._offered: tuple[AgentSpec, bool, Sequence[ToolSchema]] | None = None
        self.in_vain = ""
        """A question that has been asked often enough; empty where there is none."""

    async def think(self, turn: Turn, answer: AnswerSink, *, forbid_tools: bool) -> Spoken:
        """One answer of the model. An empty one is no answer: it is asked again, then the next deployment is.

        Raises:
            Unavailable: all were empty, and the caller has heard nothing in this turn.
        """
        spoken = Spoken((), "stop", empty=True)
        for request in _attempts(self._request(turn, self._cast.agent, forbid_tools)):
            spoken = await self._ask(turn, answer, request)
            if not spoken.empty:
                return spoken
            log.warning(
                "the model's answer was empty",
                extra={"event": "model.empty", "agent": self._cast.agent.name, "reason": spoken.reason},
            )
        if not answer.has_words:
            raise Unavailable("model", f"the answers were empty ({spoken.reason})")
        return spoken

    async def _ask(self, turn: Turn, answer: AnswerSink, request: ModelRequest) -> Spoken:
        agent, calls, reason = self._cast.agent, list[ModelToolCall](), "stop"
        withheld = LeakFilters(self.prompt_leak, *self._whispers.leaks(turn))
        words = AgentWords(turn, answer, agent.name, withheld, in_vain=self.in_vain)
        counted = Counted(self._cast.session.use, request.deployment or self._thinking.deployment)
        async with counted, aclosing(self._thinking.model.answer(request)) as events:
            async for event in events:
                counted.begun = True
                match event:
                    case TextDelta(text=text):
                        words.write(text)
                    case ModelToolCall():
                        calls.append(event)
                    case ModelDone():
                        reason, counted.done = event.reason, event
                if withheld.recites:
                    log.warning(
                        "an agent began to read its prompt aloud and was stopped",
                        extra={"event": "agent.recited", "agent": agent.name, "turn": turn.index},
                    )
                    calls, reason = [], "recited"
                    break
        if request.forbid_tools:
            calls = []  # the model calls one all the same: it goes round in circles
        words.finish(more_follows=bool(calls))
        turn.spoke = turn.spoke or not words.empty
        if words.in_circles:
            reason = "in_circles"
        answer.end_passage()
        empty = not calls and words.empty and reason not in ("content_filter", "recited", "in_circles")
        return Spoken(tuple(calls), reason, empty)

    def _request(self, turn: Turn, agent: AgentSpec, forbid_tools: bool) -> ModelRequest:
        prompt = self._cast.prompt()
        if prompt != self._prompt:
            self._prompt, self.prompt_leak = prompt, PromptLeak(prompt)
        messages = [
            *conversation_messages(prompt, self._shown.of(self._cast.session.history), turn),
            *self._whispers.for_model(turn),
        ]
        tools = self._offer(agent, nobody=NOBODY in self._cast.session.facts)
        deadline_ms = int((agent.model.deadline_seconds or 0) * 1000) or self._thinking.deadline_ms
        return request_of(agent.model, messages, tools, deadline_ms=deadline_ms, forbid_tools=forbid_tools)

    def _offer(self, agent: AgentSpec, *, nobody: bool) -> Sequence[ToolSchema]:
        """What it may call: the same for as long as the agent is the same, and it is asked in every turn."""
        if self._offered is None or self._offered[0] is not agent or self._offered[1] != nobody:
            tools = self._tools.schemas(agent, nobody=nobody)
            self._offered = agent, nobody, (*tools, *handoff_schemas(agent, self._cast.store, self._tools.brought))
        return self._offered[2]


def _attempts(request: ModelRequest) -> Iterator[ModelRequest]:
    """The request, and what is asked where the answer to the one before was empty."""
    yield request
    plain = replace(request, messages=[*request.messages, ChatMessage("system", _WORDS_PLEASE)])
    yield plain
    if request.fallback:
        yield replace(plain, deployment=request.fallback[0], fallback=request.fallback[1:])
