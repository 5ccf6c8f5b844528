"""The conversation: who has the floor.

There is one turn at a time. Everything that happens (a frame, a transcript, a key, the end of
an answer) comes in here as a plain function call on the event loop; nothing waits. The states:

``listening``  the caller is next; what he says is collected until it is a turn
``thinking``   a turn is certain, nothing of its answer has been heard yet
``speaking``   the answer is being heard; the caller may interrupt
``leaving``    a transfer or the end of the call is under way; words are kept, not answered

An interruption first *holds* the voice (local voice activity), then either a transcript
confirms it and the turn ends there, or the voice goes on from where it was heard.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.domain.agent import AgentSpec
from backend.domain.call import CallOutcome
from backend.domain.ending import Ending
from backend.domain.floor_moment import FloorMoment
from backend.domain.session import CallerSaid
from backend.domain.speech import Final, Partial, RecognitionEvent
from backend.domain.spoken.answering import is_greeting
from backend.domain.spoken.digits import read_digits
from backend.domain.spoken.waiting_room import asks_for_time, is_hesitation
from backend.domain.tool import Directive, EndCall, TransferToPerson
from backend.engine.apologies import Apologies
from backend.engine.departure import Departure
from backend.engine.end_of_turn import EndOfTurn, Said
from backend.engine.endpointing import expected_now
from backend.engine.floor import Floor, FloorState
from backend.engine.held_voice import HeldVoice
from backend.engine.initiative import Initiative
from backend.engine.interruption import confirms
from backend.engine.listening import Ear
from backend.engine.mouth import Mouth
from backend.engine.notice import Notice
from backend.engine.pickup import Pickup
from backend.engine.playout import Playout
from backend.engine.responder import Responder
from backend.engine.silence import Silence
from backend.engine.speaking import Answer, Voicebox
from backend.engine.tasks import Tasks
from backend.engine.tones import Tones
from backend.engine.turn import Aside, Passage, Turn
from backend.engine.unheard import Unheard
from backend.engine.waiting import Company, IdleWatch, WaitLimits
from backend.engine.words import CallerWords, Taken, same_meaning
from backend.errors import PoolExhausted, ProviderError, RingmasterError

__all__ = ["Conversation", "ConversationLimits"]

_CLAUSE_S = 8.0
"""No clause lasts longer."""

_NOTHING = Taken()


@dataclass(frozen=True, slots=True)
class ConversationLimits:
    """Limits in seconds; the values come from the settings."""

    confirm_s: float = 0.7
    wait: WaitLimits = WaitLimits()
    inter_digit_s: float = 2.0
    terminator: str = "#"
    person_key: str = "0"
    slow_digit_s: float = 6.0
    """Pause after which a number that was asked for and is too short is given up."""


class Conversation:
    """One caller and the agents of one line.

    Args:
        responder: answers.
        box: speaks.
        open_ear: makes the ear, given the functions that it reports to.
        transfer: connects the caller to a person; true when that person has him.
        on_turn: told of each turn once it is settled.
        on_answered: told of each turn once its answer is complete, before it has all been heard.
        on_moment: told who takes the floor, and what was begun in vain.
    """

    def __init__(
        self,
        responder: Responder,
        box: Voicebox,
        open_ear: Callable[[Callable[[RecognitionEvent], None], Callable[[RingmasterError], None]], Ear],
        *,
        limits: ConversationLimits,
        transfer: Callable[[TransferToPerson], Awaitable[bool]],
        on_turn: Callable[[Turn], None],
        on_answered: Callable[[Turn], None] = lambda _: None,
        on_moment: Callable[[FloorMoment], None] = lambda _: None,
    ) -> None:
        self._responder = responder
        self._session = responder.session
        self._box = box
        self._on_turn = on_turn
        self._playout: Playout = box.playout
        self._limits = limits
        self._on_answered = on_answered
        self._on_moment = on_moment
        self._loop = asyncio.get_running_loop()
        self.ear = open_ear(self._on_recognition, self._on_deaf)
        self._tones = Tones(
            limits.inter_digit_s,
            limits.terminator,
            self._on_keys,
            missing=self._missing_digits,
            slow_s=limits.slow_digit_s,
        )
        self._keys_at = float("-inf")
        self._held = HeldVoice(self._playout, self.ear.activity, limits.confirm_s, on_moment)
        self._idle = IdleWatch(self._on_idle, lambda: self.ear.speaking, on_hold=self._on_hold)
        self._words = CallerWords()
        self._floor = Floor(self._session, self._playout, self._words, on_turn=self._on_settled, on_moment=on_moment)
        self._tasks = Tasks()
        self._mouth = Mouth(responder, box, self._floor)
        self._apologies = Apologies(self._mouth, self._floor, self._tasks, self)
        self._end_of_turn = EndOfTurn(self.ear.activity, self._consider_end)
        self._undecided = False
        self._pause_ms = 0
        self._misjudged = False
        self._pickup: Pickup | None = None
        self._hushed = False
        """Somebody has picked up a placed call and is let say hello: words are kept, not answered."""
        self._reason = ""
        """What the call is about, while its callee has not heard it: said before anything else."""
        self._unheard = Unheard(self.ear.activity, self._on_unheard)
        self._initiative = Initiative(responder, self._mouth, self._floor, self._apologies, self)
        self._notice = Notice(self._initiative, self._floor, self._tasks, lambda: self.quiet)
        self._departure = Departure(
            responder=responder,
            mouth=self._mouth,
            floor=self._floor,
            words=self._words,
            ear=self.ear,
            unheard=self._unheard,
            idle=self._idle,
            tasks=self._tasks,
            transfer=transfer,
            conversing=self,
        )
        self._silence = Silence(responder, self.ear, self._unheard, self._initiative, self._departure, self._apologies)
        self._ended: asyncio.Future[Ending] = self._loop.create_future()

    # -- life -----------------------------------------------------------------------------

    async def run(self, *, notice: str = "", resume_line: str = "", placed: bool = False) -> Ending:
        """Greet, converse, and return when it is over.

        Args:
            notice: said first; it cannot be interrupted.
            resume_line: said in the place of a greeting where a call goes on.
            placed: the call is ours: whoever picks up says hello first, and may be a machine.
        """
        self._playout.start()
        self.ear.tune(self._agent.speech)
        greeting = resume_line or self._responder.greeting()
        interruptible = bool(resume_line) or self._agent.greeting_interruptible
        if placed:
            self._tasks.spawn(self._open_placed(notice, greeting, interruptible=interruptible))
        else:
            self._open(notice, greeting, interruptible=interruptible)
        try:
            return await asyncio.shield(self._ended)
        finally:
            await self._close()

    def _open(self, notice: str, greeting: str, *, interruptible: bool, after: Taken = _NOTHING) -> None:
        if notice:
            self._initiative.say(
                notice, interruptible=False, then=greeting, then_interruptible=interruptible, after=after
            )
        elif greeting:
            self._initiative.say(greeting, interruptible=interruptible, after=after)
        else:
            self._idle.wait(self._agent.turns)

    async def _open_placed(self, notice: str, greeting: str, *, interruptible: bool) -> None:
        """Let whoever picked up say hello, then say why we call. A machine is not spoken to."""
        self._hushed = True
        self._pickup = Pickup(self._box.audio, self.ear.activity, self._on_machine)
        if await self._pickup.wait() == "machine":
            return
        self._hushed = False
        self._reason = greeting
        hello = self._words.take() if greeting or notice else Taken()
        self._open(notice, greeting, interruptible=interruptible, after=hello)

    def _on_machine(self) -> None:
        if not self._floor.leaving and self._pickup is not None:
            self._departure.leave_message(self._responder.line.voicemail, self._pickup)

    async def say_and_end(self, text: str, ending: Ending) -> Ending:
        """Say one line to its end and be done: the line is closed, the house is full."""
        self._floor.leaving = True
        self._playout.start()
        try:
            await self._mouth.say_protected(text)
        finally:
            await self._close()
        return ending

    def take_leave(self, text: str, ending: Ending) -> None:
        """End it from outside when a last line has been heard. A goodbye or a transfer under way goes on instead."""
        if not self._floor.leaving:
            self._departure.say_goodbye(text, ending)

    def note(self, text: str) -> None:
        """Say this in front of the next answer, or at a quiet moment when none comes soon."""
        self._notice.give(text)

    @property
    def quiet(self) -> bool:
        """Does nobody speak, and waits nothing for an answer?"""
        return self._floor.turn is None and not self._words.text and not self.ear.speaking and not self._hushed

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
        answer = self._floor.answer
        until = answer.pause_after(self._playout.heard_ms) if answer and self._playout.playing else None
        if until is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_CLAUSE_S):
                    await self._playout.wait_heard(until)

    def end(self, outcome: CallOutcome, detail: str = "") -> None:
        """End it from outside, at once: the caller hung up, the call broke, there is no more time."""
        if not self._ended.done():
            self._ended.set_result(Ending(outcome, detail))

    async def _close(self) -> None:
        self._idle.stop()
        self._tones.close()
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
                self._take_back(turn)
        if answer:
            await answer.cancel()
        left = self._words.take()
        if left.text:
            self._keep_last_words(left)
        await self._tasks.end()
        await self.ear.close()
        await self._playout.close()

    def _keep_last_words(self, left: Taken) -> None:
        """What the caller said just before the end is a turn that nobody answered."""
        turn = Turn(self._session.turn + 1, self._agent.name, left, certain=True, at=datetime.now(UTC))
        self._session.history.append(CallerSaid(left.text, turn.index))
        self._session.turn = turn.index
        self._on_turn(turn)

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
        if self._pickup is not None and self._pickup.watching:
            self._pickup.hear(pcm)
        if begins:
            self._on_onset()
        elif self._undecided:
            self._consider_end()
        self._unheard.frame()

    def on_tone(self, tone: str) -> None:
        """A key was pressed. It silences the agent, as speech does."""
        self._idle.heard()
        if self._floor.audible and self._floor.interruptible:
            self.interrupt()
        elif self._floor.turn is not None and not self._floor.answering:
            self._take_back(self._floor.turn)
        self._tones.press(tone)
        if not self._tones.collecting:
            self._wait_for_words()

    def _on_onset(self) -> None:
        self._unheard.voice_began()
        self._time_pause()
        self._wait_for_words()
        if self._floor.own_voice.comes_back and self._floor.audible:
            return  # it may be the agent's own; words will tell
        if self._floor.answering and self._floor.interruptible and not self._floor.leaving:
            self._held.hold()

    def _on_recognition(self, event: RecognitionEvent) -> None:
        if isinstance(event, Partial):
            self._on_partial(event)
            self._wait_for_words()
        elif isinstance(event, Final):
            self._on_final(event.text.strip())
            self._wait_for_words()

    def _wait_for_words(self) -> None:
        """The caller made a sound. If nothing comes of it, as of a cough or of words that were lost, he is asked."""
        if not self._floor.answering and not self._floor.leaving:
            self._idle.wait(self._agent.turns)

    def _on_partial(self, event: Partial) -> None:
        self._watch_pickup(event.text, final=False)
        heard = self._floor.own_voice.tell_apart(event.text, final=False)
        if event.text and (heard.undecided or not heard.own):
            self._held.go_on()
        if heard.own:
            self._idle.heard()
        self._unheard.moved()
        self._silence.deaf = False
        self._end_of_turn.recognised()
        goes_on = bool(self._words.text)
        self._words.hear_partial(heard.own, event.offset_ms)
        if not self._words.in_flux:
            return
        turn = self._floor.turn
        if turn is None:
            self._undecided = True
            if goes_on:
                self._note_pause()
        elif not turn.certain.is_set():
            self._take_back(turn)
        elif not heard.undecided and self._confirms(self._words.text, partial=True):
            self.interrupt()

    def _on_final(self, text: str) -> None:
        self._watch_pickup(text, final=True)
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
        self._idle.heard()
        self._silence.deaf = False
        self._end_of_turn.recognised()
        if turn and self._words.awaiting_final and (not turn.committed or self._may_draft_again(turn)):
            self._correct(turn, text)
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
            self._consider_end()

    def _watch_pickup(self, text: str, *, final: bool) -> None:
        if self._pickup is not None and self._pickup.watching and text:
            self._pickup.recognised(text, final=final)

    def _correct(self, turn: Turn, text: str) -> None:
        """The final of words that a turn has taken as a partial: the same, or a better reading."""
        self._words.give_back(turn.taken)
        self._words.hear_final(text)
        if same_meaning(self._words.text, turn.caller_text):
            turn.retake(self._words.take())
        else:
            self._held.decided()
            self._playout.stop()
            self._floor.throw_away()
        self._consider_end()

    def _may_draft_again(self, turn: Turn) -> bool:
        """Has a tool noted or looked up what may have been other words, and has little been heard since?"""
        answer = self._floor.answer
        if answer is None or not turn.record.tools or turn.busy or turn.interrupted:
            return False
        return self._floor.begun_too_early(turn, answer, self._playout.heard_ms)

    def _pass_over_echo(self) -> None:
        """The agent's own words came back; what was begun on them is forgotten."""
        turn = self._floor.turn
        if turn is not None and not turn.certain.is_set():
            self._take_back(turn)
        self._words.forget_utterance()
        self._held.go_on()

    def _on_words_during(self, turn: Turn, new: str, began_ms: float) -> None:
        """A final while a turn is under way: it takes the floor, or is a listening noise, or waits."""
        if self._confirms(new):
            self.interrupt()
        elif self._floor.interruptible and not self._floor.leaving:
            turn.asides.append(Aside(self._loop.time(), began_ms, self._words.take().text))
            self._held.go_on()

    def _on_keys(self, keys: str) -> None:
        before, self._keys_at = self._keys_at, self._loop.time()
        if self._asks_for_person(keys, since_keys=self._keys_at - before) and not self._floor.leaving:
            self._leave(TransferToPerson("the caller pressed the key for a person"))
            return
        self._words.press(keys)
        if self._floor.turn is None and not self._floor.leaving:
            self._begin(certain=True)

    def _asks_for_person(self, keys: str, *, since_keys: float) -> bool:
        """The key for a person, once or impatiently; inside a number, asked for or not, it is a digit like others."""
        alone = set(keys) == {self._limits.person_key} and not self._words.text
        expected = expected_now(self._session)
        in_number = expected.digits or expected.number or since_keys < self._limits.slow_digit_s
        return alone and not in_number

    def _missing_digits(self) -> int:
        """Digits of the number that was asked for, less those that were said already; never none where one was."""
        expected = expected_now(self._session)
        if not expected.digits:
            return expected.keys
        return max(1, expected.digits - len(read_digits(self._words.text)))

    # -- the end of the caller's turn -----------------------------------------------------

    def _consider_end(self) -> None:
        """Has the caller finished? Asked on every frame while words wait, and on every final."""
        turn = self._floor.turn
        if self._floor.leaving or (turn is not None and turn.certain.is_set()):
            self._undecided = False
            return
        if self._tones.collecting or self._hushed:
            return  # a number is being pressed; it comes behind what was said
        text = turn.caller_text if turn else self._words.text
        self._undecided = bool(text)
        if not text:
            return
        said = Said(text, self._final, expected_now(self._session))
        turns = self._agent.turns
        if self._end_of_turn.has_come(said, turns):
            if turn:
                self._confirm(turn)
            else:
                self._begin(certain=True)
        elif turn is None and turns.early_thinking and not self._reason and self._end_of_turn.may_be_near(said):
            self._begin(certain=False)

    @property
    def _final(self) -> bool:
        return not (self._words.awaiting_final if self._floor.turn else self._words.in_flux)

    # -- turns ----------------------------------------------------------------------------

    def _begin(self, *, certain: bool) -> None:
        """The caller's words become a turn; it may still be thrown away while it is not certain."""
        if self._reason:
            self._give_reason_again()
            return
        self._undecided = not certain
        turn = Turn(self._session.turn + 1, self._agent.name, self._words.take(), certain=False, at=datetime.now(UTC))
        if not self._words.awaiting_final:
            turn.final.set()
        activity = self.ear.activity
        turn.zero = max(self._keys_at, self._loop.time() - (activity.silence_ms / 1000 if activity else 0.0))
        turn.record.early = not certain
        answer = self._mouth.answer(turn, on_heard=lambda: self._on_first_audio(turn))
        self._floor.take(turn, answer, interruptible=self._agent.turns.interruptible)
        if certain:
            self._confirm(turn)
        turn.task = self._loop.create_task(self._take(turn, answer), name="turn")
        answer.on_failed(lambda error: self._apologies.on_voice_failed(turn, error))

    def _give_reason_again(self) -> None:
        """The callee cut the reason of the call off. They hear it before anything else, and then are answered."""
        reason, self._reason = self._reason, ""
        self._undecided = False
        only_greets = is_greeting(self._words.text)
        self._initiative.say(reason, interruptible=False, after=self._words.take() if only_greets else Taken())

    def _confirm(self, turn: Turn) -> None:
        """The caller has finished: the answer may be heard."""
        assert self._floor.answer is not None
        self._idle.stop()
        self._session.turn = turn.index
        if turn.record.early:
            self._on_moment("early_used")
        turn.record.latencies.final_ms = turn.since(self._loop.time())
        turn.certain.set()
        said = Said(turn.caller_text, self._final, expected_now(self._session))
        self._floor.answer.due()
        wait_s = self._end_of_turn.heard_in_s(said, self._agent.turns)
        if wait_s > 0:
            self._loop.call_later(wait_s, self._floor.answer.open)
        else:
            self._floor.answer.open()

    def _on_first_audio(self, turn: Turn) -> None:
        turn.committed = True

    async def _take(self, turn: Turn, answer: Answer) -> None:
        """One turn from the caller's words to the end of the answer in his ear."""
        if self._notice.text:
            answer.line(turn.passage(self._agent.name), self._notice.text, filler=True)
        directive: Directive | None = None
        company = self._loop.create_task(self._keep_company(turn, answer), name="company")
        try:
            directive = await self._responder.respond(turn, answer)
            answer.end()
            await turn.certain.wait()
            self._on_answered(turn)
            await answer.wait_heard()
            self._apologies.recovered()
        except (ProviderError, PoolExhausted) as error:
            directive = await self._apologies.apologize(turn, error)
        finally:
            company.cancel()
        if self._floor.turn is not turn:
            return
        if turn.cut_ms is not None and self._floor.begun_too_early(turn, answer, turn.cut_ms):
            turn.task = None
            self._take_back(turn)
            self._consider_end()
            return
        self._floor.settle(interrupted=turn.interrupted)
        self._mind_patience(turn.caller_text)
        self.go_on(directive)

    async def _keep_company(self, turn: Turn, answer: Answer) -> None:
        await turn.certain.wait()
        spec = self._agent.turns

        def say(filler: str) -> None:
            answer.line(turn.passage(self._agent.name), filler, filler=True)

        await Company(
            self._playout, self._limits.wait, answer, fillers=spec.fillers, of_tool=lambda: turn.filler, say=say
        ).keep()
        if answer.sounded:
            answer.cancel_nowait()  # all of it was heard; only the voice's own end is missing
        elif self._floor.turn is turn and turn.task and not turn.busy:
            self._apologies.give_up(turn, self._agent.turns.apology)

    def _on_settled(self, turn: Turn) -> None:
        """A turn is over, and what was heard of it is in the history."""
        self._held.decided()
        self._on_turn(turn)
        if turn.caller_text:
            self._end_of_turn.pace.new_turn()
        self._notice.settled(turn)
        if any(passage.text == self._reason and _nearly_all(passage) for passage in turn.passages()):
            self._reason = ""

    def _mind_patience(self, text: str) -> None:
        """Somebody who has asked for a moment gets one, until they say something again."""
        if asks_for_time(text):
            self._idle.be_patient(self._agent.turns)
        elif text and not is_hesitation(text):
            self._idle.end_patience()

    def go_on(self, directive: Directive | None) -> None:
        """After an answer: do what it asked for, answer what was said meanwhile, or wait."""
        if self._floor.leaving:
            return
        if directive is not None and not (isinstance(directive, EndCall) and self._words.text):
            self._leave(directive)
        elif self._words.text:
            self._consider_end()
        elif self._silence.deaf:
            self._silence.tell_deaf()
        else:
            self._idle.wait(self._agent.turns)

    # -- interruption ---------------------------------------------------------------------

    def _confirms(self, text: str, *, partial: bool = False) -> bool:
        floor = self._floor
        return floor.interruptible and not floor.leaving and confirms(text, self._agent.turns, partial=partial)

    def interrupt(self) -> None:
        """The caller takes the floor. What he heard is kept, the rest of the answer is dropped."""
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
            self._take_back(turn)
        else:
            self._floor.settle(interrupted=True)
        self._consider_end()

    def _take_back(self, turn: Turn) -> None:
        """The caller goes on: his words wait for an answer again, with those that follow."""
        self._note_pause()
        if turn.certain.is_set():
            self._on_moment("taken_back")
        self._floor.throw_away()
        self._words.give_back(turn.taken)
        self._undecided = True

    def _time_pause(self) -> None:
        """A voice begins again behind words that were not answered: how long was the pause, and was it misjudged?"""
        turn, answer, activity = self._floor.turn, self._floor.answer, self.ear.activity
        goes_on = bool(self._words.text) or (turn is not None and bool(turn.caller_text))
        self._pause_ms = activity.pause_ms if activity and goes_on else 0
        self._misjudged = answer is not None and answer.may_be_heard

    def _note_pause(self) -> None:
        """The caller went on after a pause; the next one of theirs is given as long."""
        self._end_of_turn.pace.went_on(self._pause_ms, mistaken=self._misjudged)
        self._pause_ms = 0

    # -- the agent's own initiative -------------------------------------------------------

    def _on_idle(self, count: int) -> None:
        if self._may_take_floor():
            self._silence.idle(count)

    def _on_unheard(self) -> None:
        if self._may_take_floor():
            self._silence.not_understood()

    def _may_take_floor(self) -> bool:
        """Is nobody about to say anything? Words of the caller whose final never came are answered now."""
        if self._floor.answering or self._floor.leaving or self._tones.collecting or self._hushed:
            return False
        if self._floor.turn is not None:
            self._confirm(self._floor.turn)
            return False
        if self._words.text:
            self._begin(certain=True)
            return False
        return True

    def _on_hold(self, prompt: str) -> None:
        """A caller who had asked for a moment has been away for long."""
        if not self._floor.answering and not self._floor.leaving and self._floor.turn is None and not self._words.text:
            self._initiative.say(prompt)
        else:
            self._wait_for_words()

    def _on_deaf(self, error: RingmasterError) -> None:
        self._silence.lost(error)
        if self._floor.turn is None and not self._floor.leaving and not self._hushed:
            self.go_on(None)

    def _leave(self, directive: Directive) -> None:
        self._departure.leave(directive)


def _nearly_all(passage: Passage) -> bool:
    """Has so much of it been heard that it need not be said again?"""
    return len(passage.heard) >= 0.85 * len(passage.text)
