"""A responder for scenarios: answers from a list, through the real speaking, without a model's rules."""

import asyncio
from collections.abc import Callable
from functools import cached_property

from backend.agents.phrases import PhraseBook
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec
from backend.domain.phrases import Phrases
from backend.domain.session import CallSession
from backend.domain.tool import Directive
from backend.engine.speaking.speaking import Answer
from backend.engine.turn.turn import Turn
from backend.errors import RingmasterError
from backend.testing.stage import agent_spec, line_spec

Say = str | RingmasterError | tuple[str, Directive]


class Answers:
    """Gives its answers turn by turn; "Understood." when there are none left."""

    def __init__(
        self,
        *answers: Say,
        agent: AgentSpec | None = None,
        line: LineSpec | None = None,
        first_token_s: float = 0.0,
        token_s: float = 0.0,
        tool_s: float = 0.0,
        tool_lasts: bool = True,
        every_ask: bool = False,
        on_respond: Callable[[Turn], None] = lambda _: None,
    ) -> None:
        self.agent = agent or agent_spec(greeting="Hello there.")
        self.line = line or line_spec(self.agent.name)
        self.session = CallSession(call_id="c1", line=self.line.name, active_agent=self.agent.name)
        self.answers = list(answers)
        self.asked: list[str] = []
        self.first_token_s = first_token_s
        self.token_s = token_s
        self.tool_s = tool_s
        self.tool_lasts = tool_lasts
        self.tools_run = 0
        self.running = self.most_running = 0
        self._every_ask = every_ask
        self._by_turn: dict[int, Say] = {}
        self._on_respond = on_respond

    @cached_property
    def phrases(self) -> Phrases:
        return PhraseBook({}).of(self.line, self.agent, key="0")

    def greeting(self) -> str:
        return self.agent.greeting

    async def respond(self, turn: Turn, answer: Answer) -> Directive | None:
        self.asked.append(turn.caller_text)
        self._on_respond(turn)
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            return await self._respond(turn, answer)
        finally:
            self.running -= 1

    def _next(self, turn: Turn) -> Say:
        """A turn that was thrown away and asked again has the same answer, unless every asking counts."""
        if not self._every_ask and turn.index in self._by_turn:
            return self._by_turn[turn.index]
        say = self.answers.pop(0) if self.answers else "Understood."
        self._by_turn[turn.index] = say
        return say

    async def _respond(self, turn: Turn, answer: Answer) -> Directive | None:
        await asyncio.sleep(self.first_token_s)
        say = self._next(turn)
        if isinstance(say, RingmasterError):
            raise say
        text, directive = say if isinstance(say, tuple) else (say, None)
        if self.tool_s:
            await turn.certain.wait()
            if self.tool_lasts:
                await turn.wait_final()
            turn.committed = turn.busy = True
            await asyncio.sleep(self.tool_s)
            turn.busy = False
            self.tools_run += 1
            turn.record.tools.append("tool")
            turn.kept |= self.tool_lasts
            if turn.interrupted:
                return directive
        answer.begin(turn.passage(self.agent.name))
        for index, word in enumerate(text.split(" ")):
            answer.write(word if index == 0 else " " + word)
            if self.token_s:
                await asyncio.sleep(self.token_s)
        answer.end_passage()
        return directive
