"""The conversation: who has the floor.

There is one turn at a time. Everything that happens (a frame, a transcript, a key, the end of
an answer) comes in here as a plain function call on the event loop; nothing waits. The states:

``listening``  the caller is next; what they say is collected until it is a turn
``thinking``   a turn is certain, nothing of its answer has been heard yet
``speaking``   the answer is being heard; the caller may interrupt
``leaving``    a transfer or the end of the call is under way; words are kept, not answered

An interruption first *holds* the voice (local voice activity), then either a transcript
confirms it and the turn ends there, or the voice goes on from where it was heard.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from backend.domain.agent import AgentSpec
from backend.domain.call import CallOutcome
from backend.domain.ending import Ending
from backend.domain.floor_moment import FloorMoment
from backend.domain.speech import Final, Partial, RecognitionEvent
from backend.domain.tool import Directive, EndCall, TransferToPerson
from backend.engine.conversation.answering import Answering
from backend.engine.conversation.apologies import Apologies
from backend.engine.conversation.barge_in import BargeIn
from backend.engine.conversation.departure import Departure
from backend.engine.conversation.floor import Floor, FloorState
from backend.engine.conversation.initiative import Initiative
from backend.engine.conversation.interruption import confirms
from backend.engine.conversation.keypad import Keypad
from backend.engine.conversation.limits import ConversationLimits
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.notice import Notice
from backend.engine.conversation.opening import FirstWords, Opening
from backend.engine.conversation.responder import HearsLanguages, Responder
from backend.engine.conversation.silence import Silence
from backend.engine.conversation.tasks import Tasks
from backend.engine.conversation.waiting import IdleWatch
from backend.engine.listening.end_of_turn import EndOfTurn, Said
from backend.engine.listening.endpointing import expected_now
from backend.engine.listening.listening import Ear
from backend.engine.listening.unheard import Unheard
from backend.engine.speaking.speaking import SpeechOutput
from backend.engine.turn.turn import Aside, Turn
from backend.engine.turn.words import CallerWords
from backend.errors import RingmasterError

__all__ = ["Conversation", "ConversationLimits"]


class Conversation:
    """One caller and the agents of one line.

    Args:
        responder: answers.
        box: speaks.
        open_ear: makes the ear, given the functions that it reports to.
        transfer: connects the caller to a person; true when that person has taken the call.
        on_turn: told of each turn once it is settled.
        on_answered: told of each turn once its answer is complete, before it has all been heard.
        on_moment: told who takes the floor, and what was begun in vain.
    """

    def __init__(
        self,
        responder: Responder,
        box: SpeechOutput,
        open_ear: Callable[[Callable[[RecognitionEvent], None], Callable[[RingmasterError], None]], Ear],
        *,
        limits: ConversationLimits,
        transfer: Callable[[TransferToPerson], Awaitable[bool]],
        on_turn: Callable[[Turn], None],
        on_answered: Callable[[Turn], None] = lambda _: None,
        on_moment: Callable[[FloorMoment], None] = lambda _: None,
    ) -> None:
        self._responder, self._session, self._playout = responder, responder.session, box.playout
        self._on_turn, self._on_moment = on_turn, on_moment
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[Ending] = self._loop.create_future()
        self._tasks = tasks = Tasks()
        self._words = words = CallerWords()
        self.ear = ear = open_ear(self._on_recognition, self._on_deaf)
        self._held = held = BargeIn(box.playout, ear.activity, limits.confirm_s, on_moment)
        self._idle = idle = IdleWatch(self._on_idle, lambda: ear.speaking, on_hold=self._on_hold)
        self._unheard = unheard = Unheard(ear.activity, self._on_late, self._on_unheard)
        self._end_of_turn = end_of_turn = EndOfTurn(ear.activity, self.consider_end)
        self._floor = floor = Floor(self._session, box.playout, words, on_turn=self._on_settled, on_moment=on_moment)
        self._keypad = keypad = Keypad(
            self._session, floor, words, limits, self._on_person_key, lambda: self._begin(certain=True)
        )
        self._mouth = mouth = Mouth(responder, box, floor)
        apologies = Apologies(mouth, floor, tasks, self)
        self._initiative = initiative = Initiative(responder, mouth, floor, apologies, self)
        self._notice = notice = Notice(initiative, floor, tasks, lambda: self.quiet)
        self._departure = departure = Departure(
            responder, mouth, floor, words, ear, unheard, idle, tasks, transfer, self
        )
        self._silence = Silence(responder, ear, unheard, initiative, departure, apologies)
        self._opening = Opening(responder, ear, box.audio, floor, words, initiative, departure, self)
        self._answering = Answering(
            responder, ear, mouth, floor, held, words, keypad, idle, end_of_turn, notice, apologies, limits.wait,
            on_answered, on_moment, self,
        )  # fmt: skip

    # -- life -----------------------------------------------------------------------------

    async def run(self, *, notice: str = "", resumed: str = "", placed: bool = False) -> Ending:
        """Greet, converse, and return when it is over.

        Args:
            notice: said first; it cannot be interrupted.
            resumed: said in the place of a greeting where a call goes on.
            placed: the call is ours: whoever picks up says hello first, and may be a machine.
        """
        self._playout.start()
        self.ear.tune(self._agent.speech)
        interruptible = bool(resumed) or self._agent.greeting_interruptible
        first = FirstWords(notice, resumed or self._responder.greeting(), interruptible)
        if placed:
            self._tasks.spawn(self._opening.begin_placed(first))
        else:
            self._opening.begin(first)
        try:
            return await asyncio.shield(self._ended)
        finally:
            await self._close()

    async def say_and_end(self, text: str, ending: Ending) -> Ending:
        """Say one phrase to its end and be done: the line is closed, the house is full."""
        self._floor.leaving = True
        self._playout.start()
        try:
            await self._mouth.say_protected(text)
        finally:
            await self._close()
        return ending

    def take_leave(self, text: str, ending: Ending) -> None:
        """End it from outside when a last phrase has been heard. A goodbye or a transfer under way goes on instead."""
        if not self._floor.leaving:
            self._departure.say_goodbye(text, ending)

    def note(self, text: str) -> None:
        """Say this in front of the next answer, or at a quiet moment when none comes soon."""
        self._notice.give(text)

    @property
    def quiet(self) -> bool:
        """Does nobody speak, and waits nothing for an answer?"""
        return self._floor.turn is None and not self._words.text and not self.ear.speaking and not self._opening.hushed

    @property
    def leaving(self) -> bool:
        """Is a goodbye or a transfer under way?"""
        return self._floor.leaving

    def to_person(self, directive: TransferToPerson) -> None:
        """Connect the caller with a person, from outside."""
        if not self._floor.leaving:
            self._leave(directive)

    async def wait_for_clause(self) -> None:
        """Return when the clause that the agent is saying has been heard: nobody is cut off inside a word."""
        await self._mouth.wait_for_clause()

    def end(self, outcome: CallOutcome, detail: str = "") -> None:
        """End it from outside, at once: the caller hung up, the call broke, there is no more time."""
        if not self._ended.done():
            self._ended.set_result(Ending(outcome, detail))

    def cut_off(self, why: str) -> None:
        """It breaks off, and may go on over another link."""
        if not self._ended.done():
            self._ended.set_result(Ending("failed", why, cut_off=True))

    async def _close(self) -> None:
        self._idle.stop()
        self._keypad.close()
        self._end_of_turn.close()
        self._held.decided()
        turn, answer = self._floor.turn, self._floor.answer
        if turn and turn.task:
            turn.task.cancel()
            await asyncio.gather(turn.task, return_exceptions=True)
        if turn and self._floor.turn is turn:
            if turn.certain.is_set():
                self._floor.settle(interrupted=True)
            else:
                self._answering.take_back(turn)
        if answer:
            await answer.cancel()
        left = self._words.take()
        if left.text:
            turn = Turn(self._session.turn + 1, self._agent.name, left, certain=True, at=datetime.now(UTC))
            self._floor.keep_unanswered(turn)
        await self._tasks.end()
        await self.ear.close()
        await self._playout.close()

    @property
    def floor(self) -> FloorState:
        """Who has the floor."""
        return self._floor.state

    @property
    def _agent(self) -> AgentSpec:
        return self._responder.agent

    # -- what the caller does -------------------------------------------------------------

    def on_audio(self, pcm: bytes) -> None:
        """One frame of the caller's voice."""
        begins = self.ear.hear(pcm)
        self._opening.hear(pcm)
        if begins:
            self._on_onset()
        elif self._end_of_turn.undecided:
            self.consider_end()
        self._unheard.frame()

    def on_tone(self, tone: str) -> None:
        """A key was pressed. It silences the agent, as speech does."""
        self._idle.heard()
        if self._floor.audible and self._floor.interruptible:
            self.interrupt()
        elif self._floor.turn is not None and not self._floor.answering:
            self._answering.take_back(self._floor.turn)
        self._keypad.press(tone)
        if not self._keypad.collecting:
            self._wait_for_words()

    def _on_onset(self) -> None:
        self._unheard.voice_began()
        turn, answer = self._floor.turn, self._floor.answer
        self._end_of_turn.voice_began(
            goes_on=bool(self._words.text) or (turn is not None and bool(turn.caller_text)),
            mistaken=answer is not None and answer.may_be_heard,
        )
        self._wait_for_words()
        if self._floor.own_voice.comes_back and self._floor.audible:
            return  # it may be the agent's own; words will tell
        if self._floor.answering and self._floor.may_be_taken:
            self._held.hold()

    def _on_recognition(self, event: RecognitionEvent) -> None:
        if isinstance(event, Partial):
            self._on_partial(event)
            self._wait_for_words()
        elif isinstance(event, Final):
            self._on_final(event.text.strip(), event.language or "")
            self._wait_for_words()

    def _wait_for_words(self) -> None:
        """The caller made a sound. If nothing comes of it, as of a cough or of words that were lost, they are asked."""
        if not self._floor.answering and not self._floor.leaving:
            self._idle.wait(self._agent.turns)

    def _on_partial(self, event: Partial) -> None:
        self._opening.recognized(event.text, final=False)
        heard = self._floor.own_voice.tell_apart(event.text, final=False)
        if event.text and (heard.undecided or not heard.own):
            self._held.go_on()
        if heard.own:
            self._idle.heard()
        self._unheard.moved()
        self._silence.deaf = False
        self._end_of_turn.recognized()
        goes_on, held = bool(self._words.text), self._floor.turn
        unanswered = goes_on or (held is not None and bool(held.caller_text))
        self._end_of_turn.reached(event.offset_ms, event.duration_ms, goes_on=unanswered)
        self._words.hear_partial(heard.own, event.offset_ms)
        if not self._words.in_flux:
            return
        turn = self._floor.turn
        if turn is None:
            self._end_of_turn.undecided = True
            if goes_on:
                self._end_of_turn.went_on()
        elif not turn.certain.is_set():
            self._answering.take_back(turn)
        elif not heard.undecided and self._confirms(self._words.text, partial=True):
            self.interrupt()

    def _on_final(self, text: str, language: str) -> None:
        self._opening.recognized(text, final=True)
        began_ms = self._floor.own_voice.heard_ms
        own = self._floor.own_voice.tell_apart(text, final=True).own
        self._floor.own_voice.utterance_over()
        self._unheard.answered(understood=bool(own))
        if text and not own:
            self._pass_over_echo()
            return
        text, turn = own, self._floor.turn
        if not text:
            if not self._words.text:
                self._held.go_on_unless_spoken_to()
            return
        if language and isinstance(self._responder, HearsLanguages):
            self._responder.hear_language(language, text)
        self._idle.heard()
        self._silence.deaf = False
        self._end_of_turn.recognized()
        if turn and self._words.awaiting_final and self._answering.may_correct(turn):
            self._answering.correct(turn, text)
            return
        awaited = self._words.awaiting_final
        new = self._words.hear_final(text)
        if turn and awaited:
            turn.reread("" if new else text)
        if not new:
            self._held.go_on_unless_spoken_to()
            return
        if turn and turn.certain.is_set():
            self._on_words_during(turn, new, began_ms)
        else:
            self.consider_end()

    def _pass_over_echo(self) -> None:
        """The agent's own words came back; what was begun on them is forgotten."""
        turn = self._floor.turn
        if turn is not None and not turn.certain.is_set():
            self._answering.take_back(turn)
        self._words.forget_utterance()
        self._held.go_on()

    def _on_words_during(self, turn: Turn, new: str, began_ms: float) -> None:
        """A final while a turn is under way: it takes the floor, or is a listening noise, or waits."""
        if self._confirms(new):
            self.interrupt()
        elif self._floor.may_be_taken:
            turn.asides.append(Aside(self._loop.time(), began_ms, self._words.take().text))
            self._held.go_on()

    def _on_person_key(self) -> None:
        self._leave(TransferToPerson("the caller pressed the key for a person"))

    # -- the end of the caller's turn -----------------------------------------------------

    def consider_end(self) -> None:
        """Has the caller finished? Asked on every frame while words wait, and on every final."""
        turn = self._floor.turn
        if self._floor.leaving or (turn is not None and turn.certain.is_set()):
            self._end_of_turn.undecided = False
            return
        if self._keypad.collecting or self._opening.hushed:
            return  # a number is being pressed; it comes behind what was said
        text = turn.caller_text if turn else self._words.text
        self._end_of_turn.undecided = bool(text)
        if not text:
            return
        said = Said(text, self._answering.is_final, expected_now(self._session))
        turns = self._agent.turns
        if self._end_of_turn.has_come(said, turns):
            if turn:
                self._answering.confirm(turn)
            else:
                self._begin(certain=True)
        elif turn is None and turns.early_thinking and not self._opening.reason and self._end_of_turn.may_be_near(said):
            self._begin(certain=False)

    def _begin(self, *, certain: bool) -> None:
        """The caller's words become a turn, unless there is something that they have to hear before."""
        if self._opening.reason:
            self._end_of_turn.undecided = False
            self._opening.give_reason_again()
        else:
            self._answering.begin(certain=certain)

    def _on_settled(self, turn: Turn) -> None:
        """A turn is over, and what was heard of it is in the history."""
        self._held.decided()
        self._on_turn(turn)
        if turn.caller_text:
            self._end_of_turn.pace.new_turn()
        self._notice.settled(turn)
        self._opening.settled(turn)

    def go_on(self, directive: Directive | None) -> None:
        """After an answer: do what it asked for, answer what was said meanwhile, or wait."""
        if self._floor.leaving:
            return
        if directive is not None and not (isinstance(directive, EndCall) and self._words.text):
            self._leave(directive)
        elif self._words.text:
            self.consider_end()
        elif self._silence.deaf:
            self._silence.tell_deaf()
        else:
            self._idle.wait(self._agent.turns)

    # -- interruption ---------------------------------------------------------------------

    def _confirms(self, text: str, *, partial: bool = False) -> bool:
        return self._floor.may_be_taken and confirms(text, self._agent.turns, partial=partial)

    def interrupt(self) -> None:
        """The caller takes the floor. What they heard is kept, the rest of the answer is dropped."""
        turn, answer = self._floor.turn, self._floor.answer
        self._held.decided()
        if turn is None or answer is None:
            return
        if self._floor.audible:
            self._on_moment("interrupted")
        heard_before = self._playout.heard_ms
        self._playout.stop()
        turn.interrupted = True
        answer.cancel_nowait()
        if turn.busy:
            turn.cut_ms = heard_before  # it settles when its tool is done; the caller's words wait
            return
        if turn.task:
            turn.task.cancel()
        if not turn.committed or self._floor.begun_too_early(turn, answer, heard_before):
            self._answering.take_back(turn)
        else:
            self._floor.settle(interrupted=True)
        self.consider_end()

    # -- the agent's own initiative -------------------------------------------------------

    def _on_idle(self, count: int) -> None:
        if self._may_take_floor():
            self._silence.idle(count)

    def _on_late(self) -> bool:
        return self._may_take_floor() and self._silence.late()

    def _on_unheard(self) -> None:
        if self._may_take_floor():
            self._silence.not_understood()

    def _may_take_floor(self) -> bool:
        """Is nobody about to say anything? Words of the caller whose final never came are answered now."""
        if self._floor.answering or self._floor.leaving or self._keypad.collecting or self._opening.hushed:
            return False
        if self._floor.turn is not None:
            self._answering.confirm(self._floor.turn)
            return False
        if self._words.text:
            self._begin(certain=True)
            return False
        return True

    def _on_hold(self, prompt: str) -> None:
        """A caller who had asked for a moment has been away for long."""
        if self._floor.turn is None and not self._floor.leaving and not self._words.text:
            self._initiative.say(prompt)
        else:
            self._wait_for_words()

    def _on_deaf(self, error: RingmasterError) -> None:
        self._silence.lost(error)
        if self._floor.turn is None and not self._floor.leaving and not self._opening.hushed:
            self.go_on(None)

    def _leave(self, directive: Directive) -> None:
        self._departure.leave(directive)
