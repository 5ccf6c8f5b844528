"""The orchestrator: lets the active agent answer, runs its tools, and hands the caller over."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from backend.agents.store import AgentStore
from backend.domain.agent import AgentSpec, SpeechSpec
from backend.domain.call_context import at_turn
from backend.domain.line import LineSpec
from backend.domain.model import ModelToolCall
from backend.domain.phrases import Phrases
from backend.domain.session import CallerSaid, CallSession
from backend.domain.tool import Directive, EndCall, HandOff, ToolOutcome, TransferToPerson
from backend.engine.thinking.asides import BesideRead, answer_aside
from backend.engine.thinking.asked_language import AskedLanguage
from backend.engine.thinking.calling_back import BackOnTrack
from backend.engine.thinking.cast import Cast
from backend.engine.thinking.danger_first import DangerFirst
from backend.engine.thinking.deeds import Deeds, first_directive
from backend.engine.thinking.hand_offs import HandOffs
from backend.engine.thinking.loop_guard import ToolLoop, question_in_vain, same_words
from backend.engine.thinking.mind import Mind, Spoken
from backend.engine.thinking.need import need_in
from backend.engine.thinking.owed import Owed
from backend.engine.thinking.spoken_language import SpokenLanguage
from backend.engine.thinking.store_tools import tools_of_store
from backend.engine.thinking.thinking import Thinking
from backend.engine.turn.answer_sink import AnswerSink
from backend.engine.turn.turn import Turn
from backend.errors import ProviderError
from backend.language.consent import consent_in
from backend.language.turn_memory import turn_memory
from backend.tool_store.policy import CALL_BACK, NOBODY

__all__ = ["Orchestrator", "Thinking"]

log = logging.getLogger(__name__)


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
        person_key: the key that leads to a person, on the telephone; empty where none does.
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
        person_key: str = "0",
    ) -> None:
        self.session = session
        self.line = line
        self._thinking = thinking
        self._tools = tools = tools_of_store(thinking.tools, store)
        self._cast = Cast(session, line, store, now, channel, person_key)
        self._hand_offs = HandOffs(self._cast, tools, on_agent)
        self._mind = Mind(self._cast, tools, thinking)
        self._language = SpokenLanguage(self._cast)
        self._owed = Owed(session)
        self._beside = BesideRead()
        self._back = BackOnTrack(self._cast, tools)
        self._deeds = Deeds(self._cast, tools, thinking, self._mind, self._hand_offs, on_tool)
        self._danger = DangerFirst(self._cast, self._deeds)
        self._asked_language = AskedLanguage(self._cast, self._language, self._deeds)

    @property
    def agent(self) -> AgentSpec:
        """Who speaks with the caller now."""
        return self._cast.agent

    @property
    def speech(self) -> SpeechSpec:
        """How the caller is to be understood now."""
        return self._cast.speech

    @property
    def phrases(self) -> Phrases:
        """What that agent says in fixed words."""
        return self._cast.phrases

    def greeting(self) -> str:
        """What the active agent says when the caller reaches it; empty when it lets the model open."""
        return self._cast.greeting()

    def hear_language(self, detected: str, text: str) -> None:
        """The recognizer heard the caller speak this; the next turn is in it, unless they have asked for another."""
        if not self._asked_language.wished(text):
            self._cast.hear_language(detected, text)

    def need(self, words: str) -> str:
        """Why somebody needs help this very moment, in whatever language they say it; empty where nobody does."""
        return need_in(words, self.agent.voice.language, self._language.other(words))

    async def respond(self, turn: Turn, answer: AnswerSink) -> Directive | None:
        """Answer the caller's words; gives what is to happen once that has been heard.

        Raises:
            ProviderError: the model is not to be had; what was said until then stands.
        """
        at_turn(turn.index)
        with turn_memory():  # here, and not around it: each word of a model goes through every coroutine
            other = self._language.other(turn.caller_text)
            if need := need_in(turn.caller_text, self.agent.voice.language, other):
                return None if await self._danger.doubts(turn, need, answer) else await self._danger.help(turn, need)
            if anew := await self._asked_language.answer(turn, answer, self._pass_on):
                return None if anew is True else anew
            if other is not None and (directive := await self._language.follow(other, turn, answer)):
                return directive
            if weighed := await self._danger.answered(turn, answer):
                return None if weighed is True else weighed
            if not turn.taken_up and await self._danger.asks(turn, answer):
                return None
            directive = await self._back.declined(turn, answer) or await self._answer(turn, answer)
            await self._deeds.stand(turn)
            return directive

    async def _answer(self, turn: Turn, answer: AnswerSink) -> Directive | None:
        agent = self.agent
        aside = await answer_aside(self.session, agent, self.phrases, turn, answer, self._beside)
        if aside or self._settles(turn, answer):
            return None
        loop = ToolLoop()
        self._hand_offs.new_turn()
        self._mind.in_vain = question_in_vain(self.session.history, agent.voice.language, self._beside)
        rounds, forbid_tools = self._thinking.max_rounds, False
        for number in range(rounds + 1):
            spoken = await self._next(turn, answer, forbid_tools=forbid_tools or number == rounds)
            if not spoken.calls:
                return self._unanswered(turn, answer, spoken)
            outcomes = await self._deeds.act(turn, spoken.calls)
            self._owed.note(turn, outcomes, self._next_question(outcomes))
            forbid_tools = loop.goes_on(spoken.calls, [outcome.message for outcome in outcomes])
            directive = first_directive(outcomes)
            if turn.interrupted:
                return _told_first(directive, outcomes)
            if directive is None and same_words(self._next_question(outcomes), self._mind.in_vain):
                return self._change_way(turn, answer)
            asked = self._pass_on(turn, answer, outcomes)
            if isinstance(directive, HandOff):
                greeted = self._hand_offs.make(turn, answer, directive)
                opens = self._hand_offs.opens(directive)
                directive, asked = await self._open(turn, answer, directive) if opens else (None, greeted)
                if turn.interrupted or directive is not None or asked:
                    return directive
            elif directive is not None:
                await self._last_words(turn, answer, directive)
                return directive
            elif asked:
                return None
        return None

    async def _next(self, turn: Turn, answer: AnswerSink, *, forbid_tools: bool) -> Spoken:
        """What is to be done or said next: what leads back to where a call stopped, or what the model wants."""
        if not forbid_tools and (calls := self._back.next_calls(turn)):
            return Spoken(calls, "tool_calls", empty=False)
        return await self._mind.think(turn, answer, forbid_tools=forbid_tools)

    def _settles(self, turn: Turn, answer: AnswerSink) -> bool:
        """Say what was not heard of something that was done; true where the caller only agrees to it once more."""
        owed = self._owed.words(turn)
        if owed:
            answer.phrase(turn.passage(self.agent.name), owed)
        return bool(owed) and consent_in(self.agent.voice.language, turn.to_answer) == "yes"

    def _unanswered(self, turn: Turn, answer: AnswerSink, spoken: Spoken) -> Directive | None:
        """What follows a model answer without tool calls: nothing, where it was an answer."""
        if spoken.reason == "in_circles":
            return self._change_way(turn, answer)
        if spoken.reason == "recited":
            answer.phrase(turn.passage(self.agent.name), self.phrases.cannot_help)
        elif spoken.reason == "content_filter":
            return self._leave_out(turn, answer)
        return None

    def _change_way(self, turn: Turn, answer: AnswerSink) -> Directive:
        """The caller has been asked this three times running: a fourth time would bring no more."""
        log.warning(
            "the same question was asked three times; a person takes over",
            extra={"event": "agent.loops", "agent": self.agent.name, "turn": turn.index},
        )
        answer.phrase(turn.passage(self.agent.name), self.phrases.in_circles)
        return TransferToPerson("the same question was asked three times and led to nothing")

    def _leave_out(self, turn: Turn, answer: AnswerSink) -> Directive | None:
        """The content filter refused: the model is not shown this turn's words again. The second in a row, a person."""
        log.warning(
            "content filter refused the words of this turn",
            extra={"event": "model.filtered", "agent": self.agent.name, "turn": turn.index},
        )
        before = next((item for item in reversed(self.session.history) if isinstance(item, CallerSaid)), None)
        turn.withheld = True
        if before is not None and before.withheld:
            return TransferToPerson("the content filter refused twice in a row")
        answer.phrase(turn.passage(self.agent.name), self.phrases.other_words)
        return None

    # -- what tools want ------------------------------------------------------------------

    def _pass_on(self, turn: Turn, answer: AnswerSink, outcomes: Sequence[ToolOutcome]) -> bool:
        """Say what tools want said as it stands: a number or a legal notice is no model's to word.

        True when the caller has been asked something, so that they are next: the agent leaves questions to its tools.
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
        answer.phrase(turn.passage(self.agent.name), question)
        return True

    def _next_question(self, outcomes: Sequence[ToolOutcome]) -> str:
        exact = self.agent.questions == "tool" or any(outcome.verbatim for outcome in outcomes)
        return _question(outcomes) if exact else ""

    async def _last_words(self, turn: Turn, answer: AnswerSink, directive: Directive) -> None:
        """Nobody is hung up on without a word: a silent end of call lets the model say goodbye."""
        if isinstance(directive, EndCall) and not answer.has_words:
            try:
                await self._mind.think(turn, answer, forbid_tools=True)
            except ProviderError as error:
                log.warning(
                    "the model gave no goodbye; a fixed one is said",
                    extra={"event": "model.no_goodbye", "code": error.code, "turn": turn.index},
                )
            if not answer.has_words:
                answer.phrase(turn.passage(self.agent.name), self.phrases.goodbye)

    async def nobody_came(self, turn: Turn, answer: AnswerSink, reason: str) -> None:
        """Offer to have the caller called back; what that tool asks is written into ``answer``."""
        self.session.facts[NOBODY] = reason
        if self._tools.effect(CALL_BACK) != "none" and self._thinking.services.callbacks is not None:
            outcomes = await self._deeds.act(turn, [ModelToolCall(f"call_back_{turn.index}", CALL_BACK, "{}")])
            question = _question(outcomes)
            if question:
                answer.phrase(turn.passage(self.agent.name), question)

    async def call_back(self, turn: Turn, answer: AnswerSink, reason: str) -> bool:
        """Go on with the caller's wish to be called back: write what is to be said and asked into ``answer``.

        Args:
            turn: whose words answer what was asked before.
            answer: where it is written.
            reason: why nobody speaks with the caller, for the colleague.

        Returns:
            Has the caller been asked something? If not, the wish is kept, or given up, or none can be kept here.
        """
        self.session.facts.setdefault(NOBODY, reason)
        if self._tools.effect(CALL_BACK) == "none" or self._thinking.services.callbacks is None:
            answer.phrase(turn.passage(self.agent.name), self.phrases.call_back_none)
            return False
        outcomes = await self._deeds.act(turn, [ModelToolCall(f"call_back_{turn.index}", CALL_BACK, "{}")])
        asked = _question(outcomes)
        if asked == self.phrases.anything_else:
            asked = ""
        said = " ".join([*(outcome.say for outcome in outcomes if outcome.say), asked]).strip()
        if said:
            answer.phrase(turn.passage(self.agent.name), said)
        return bool(asked)

    async def _open(self, turn: Turn, answer: AnswerSink, handoff: HandOff) -> tuple[Directive | None, bool]:
        """The tool that an agent begins with: what is to happen, and whether the caller has been asked something."""
        number, given = f"opening_{self._hand_offs.count}_{turn.index}", json.dumps(handoff.brings, ensure_ascii=False)
        call = ModelToolCall(number, self.agent.opening_tool or "", given)
        outcomes = await self._deeds.act(turn, [call])
        asked = not turn.interrupted and self._pass_on(turn, answer, outcomes)
        return first_directive(outcomes), asked


def _told_first(directive: Directive | None, outcomes: Sequence[ToolOutcome]) -> Directive | None:
    """The caller spoke over a tool at work and is connected: there is no next turn to tell them in what was done."""
    if not isinstance(directive, TransferToPerson):
        return directive
    done = " ".join(outcome.say for outcome in outcomes if outcome.ok and outcome.lasting and outcome.say)
    return replace(directive, say=done) if done else directive


def _question(outcomes: Sequence[ToolOutcome]) -> str:
    """What to ask next; a question about a field goes before one that is only polite."""
    asking = sorted((outcome for outcome in outcomes if outcome.ask), key=lambda outcome: outcome.expects is None)
    return asking[0].ask or "" if asking else ""
