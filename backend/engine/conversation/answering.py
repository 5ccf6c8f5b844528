"""Answering: from the caller's words to the end of the answer in their ear."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from backend.domain.floor_moment import FloorMoment
from backend.domain.let_go import let_go
from backend.domain.tool import Directive
from backend.engine.conversation.apologies import Apologies
from backend.engine.conversation.barge_in import BargeIn
from backend.engine.conversation.conversing import Conversing
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.notice import Notice
from backend.engine.conversation.responder import Responder
from backend.engine.conversation.waiting import Company, FillerTimer, IdleWatch, WaitLimits
from backend.engine.listening.end_of_turn import EndOfTurn, Said
from backend.engine.listening.endpointing import expected_now
from backend.engine.listening.listening import Listener
from backend.engine.speaking.speaking import Answer
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import CallerWords, same_meaning
from backend.errors import PoolExhausted, ProviderError
from backend.language.named import language_named

__all__ = ["Answering"]


@dataclass(frozen=True, slots=True)
class Answering:
    """Makes turns of the caller's words. Whether and when is decided elsewhere: by whoever gives the floor.

    Args:
        notice: said in front of an answer.
        apologies: said in the place of an answer.
        limits: silences of ours.
        on_answered: told of each turn once its answer is complete, before it has all been heard.
        conversing: goes on when an answer has been heard.
    """

    responder: Responder
    ear: Listener
    mouth: Mouth
    floor: Floor
    held: BargeIn
    words: CallerWords
    idle: IdleWatch
    end_of_turn: EndOfTurn
    notice: Notice
    apologies: Apologies
    limits: WaitLimits
    on_answered: Callable[[Turn], None]
    on_moment: Callable[[FloorMoment], None]
    conversing: Conversing

    def begin(self, *, certain: bool) -> None:
        """The caller's words become a turn; it may still be thrown away while it is not certain."""
        self.end_of_turn.undecided = not certain
        loop, agent, session = asyncio.get_running_loop(), self.responder.agent, self.responder.session
        turn = Turn(session.turn + 1, agent.name, self.words.take(), certain=False, at=datetime.now(UTC))
        if not self.words.awaiting_final:
            turn.final.set()
        activity = self.ear.activity
        turn.zero = max(self.words.written_at, loop.time() - (activity.silence_ms / 1000 if activity else 0.0))
        turn.record.early = not certain

        def heard() -> None:
            turn.committed = True

        answer = self.mouth.answer(turn, on_heard=heard)
        self.floor.take(turn, answer, interruptible=agent.turns.interruptible)
        if certain:
            self.confirm(turn)
        turn.task = loop.create_task(self._take(turn, answer), name="turn")
        turn.task.add_done_callback(let_go)
        answer.on_failed(lambda error: self.apologies.on_voice_failed(turn, error))

    def confirm(self, turn: Turn) -> None:
        """The caller has finished: the answer may be heard."""
        answer, loop, session = self.floor.answer, asyncio.get_running_loop(), self.responder.session
        assert answer is not None
        self.idle.stop()
        session.turn = turn.index
        if turn.record.early:
            self.on_moment("early_used")
        turn.record.latencies.final_ms = turn.since(loop.time())
        self.floor.confirm(turn)
        said = Said(turn.caller_text, self.is_final, expected_now(session), self.responder.agent.voice.language)
        answer.due()
        wait_s = self.end_of_turn.heard_in_s(said, self.responder.agent.turns)
        if wait_s > 0:
            loop.call_later(wait_s, answer.open)
        else:
            answer.open()

    def take_back(self, turn: Turn) -> None:
        """The caller goes on: their words wait for an answer again, with those that follow."""
        self.end_of_turn.went_on()
        if turn.certain.is_set():
            self.on_moment("taken_back")
        self.floor.throw_away()
        self.words.give_back(turn.taken)
        self.end_of_turn.undecided = True

    def may_correct(self, turn: Turn) -> bool:
        """Can it be answered anew?

        It can while nothing of it shows, and where a tool noted what may be other words but little was heard since. An
        answer that asks again, because nothing was understood, is better never heard to its end.
        """
        if not turn.committed:
            return True
        answer = self.floor.answer
        if answer is None or not turn.record.tools or turn.busy or turn.interrupted:
            return False
        if turn.baffled and not turn.kept:
            return True
        return self.floor.begun_too_early(turn, answer, self.mouth.playout.heard_ms)

    def correct(self, turn: Turn, text: str) -> None:
        """The final of words that the turn has taken as a partial: the same, or a better reading, answered anew."""
        self.words.give_back(turn.taken)
        self.words.hear_final(text)
        if same_meaning(self.words.text, turn.caller_text, self.responder.agent.voice.language):
            turn.retake(self.words.take())
        else:
            self.held.decided()
            self.mouth.playout.stop()
            self.floor.throw_away()
        self.conversing.consider_end()

    @property
    def is_final(self) -> bool:
        """Has the recognizer said its last word on what is being answered, or waits for an answer?"""
        return not (self.words.awaiting_final if self.floor.turn else self.words.in_flux)

    async def _take(self, turn: Turn, answer: Answer) -> None:
        if self.notice.text:
            answer.phrase(turn.passage(self.responder.agent.name), self.notice.text, filler=True)
        directive: Directive | None = None
        company = Company(partial(self._keep_company, turn, answer), at_once=not turn.certain.is_set())
        try:
            directive = await self.responder.respond(turn, answer)
            answer.end()
            await turn.certain.wait()
            self.on_answered(turn)
            await answer.wait_heard()
            self.apologies.recovered()
        except (ProviderError, PoolExhausted) as error:
            directive = await self.apologies.apologize(turn, error)
        finally:
            company.leave()
        if self.floor.turn is turn:
            self._end(turn, answer, directive)

    def _end(self, turn: Turn, answer: Answer, directive: Directive | None) -> None:
        """All of it has been heard, or a tool is done during which the caller went on."""
        if turn.cut_ms is not None and self.floor.begun_too_early(turn, answer, turn.cut_ms):
            turn.task = None
            self.take_back(turn)
            self.conversing.consider_end()
            return
        self.floor.settle(interrupted=turn.interrupted)
        self._mind_patience(turn.caller_text)
        self.conversing.go_on(directive)

    async def _keep_company(self, turn: Turn, answer: Answer, began: float) -> None:
        if not turn.certain.is_set():
            await turn.certain.wait()
            began = asyncio.get_running_loop().time()
        phrases = self.responder.phrases

        def say(filler: str) -> None:
            answer.phrase(turn.passage(self.responder.agent.name), filler, filler=True)

        await FillerTimer(
            self.mouth.playout, self.limits, answer, fillers=phrases.fillers, of_tool=lambda: turn.filler, say=say
        ).keep(began)
        if answer.sounded:
            answer.cancel_nowait()  # all of it was heard; only the voice's own end is missing
        elif self.floor.turn is turn and turn.task and not turn.busy:
            self.apologies.give_up(turn, self.responder.phrases.slow)

    def _mind_patience(self, text: str) -> None:
        """Somebody who has asked for a moment gets one, until they say something again."""
        talk = language_named(self.responder.agent.voice.language).talk
        if talk.asks_for_time(text):
            self.idle.be_patient(self.responder.phrases.still_here)
        elif text and not talk.is_hesitation(text):
            self.idle.end_patience()
