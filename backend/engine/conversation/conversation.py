"""The conversation: one caller and the agents of one line.

There is one turn at a time. Everything that happens (a frame, a transcript, a key, the end of
an answer) comes in as a plain function call on the event loop; nothing waits. ``hearing`` says what
comes of the caller, ``turn_taking`` who has the floor, ``quiet_watch`` who breaks a silence; the states
of the floor stand in ``floor_states``.

An interruption first *holds* the voice (local voice activity), then either a transcript
confirms it and the turn ends there, or the voice goes on from where it was heard.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from backend.domain.call import CallOutcome
from backend.domain.ending import Ending
from backend.domain.floor_moment import FloorMoment
from backend.domain.speech import RecognitionEvent
from backend.domain.tool import TransferToPerson
from backend.engine.conversation.answering import Answering
from backend.engine.conversation.apologies import Apologies
from backend.engine.conversation.barge_in import BargeIn
from backend.engine.conversation.departure import Departure
from backend.engine.conversation.floor import Floor, FloorView
from backend.engine.conversation.hearing import Hearing
from backend.engine.conversation.initiative import Initiative
from backend.engine.conversation.keypad import Keypad
from backend.engine.conversation.limits import ConversationLimits
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.notice import Notice
from backend.engine.conversation.opening import FirstWords, Opening
from backend.engine.conversation.parts import ConversationParts
from backend.engine.conversation.quiet_watch import QuietWatch
from backend.engine.conversation.responder import Responder
from backend.engine.conversation.scene import Scene, scene_of
from backend.engine.conversation.silence import Silence
from backend.engine.conversation.stepping_aside import SteppingAside
from backend.engine.conversation.tasks import Tasks
from backend.engine.conversation.turn_taking import TurnTaking
from backend.engine.conversation.visit import Visit
from backend.engine.conversation.waiting import IdleWatch
from backend.engine.listening.end_of_turn import EndOfTurn
from backend.engine.listening.listening import Listener
from backend.engine.listening.unheard import Unheard
from backend.engine.speaking.speaking import SpeechOutput
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import CallerWords
from backend.errors import CallRefused, RingmasterError

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
        open_ear: Callable[[Callable[[RecognitionEvent], None], Callable[[RingmasterError], None]], Listener],
        *,
        limits: ConversationLimits,
        transfer: Callable[[TransferToPerson], Awaitable[bool]],
        on_turn: Callable[[Turn], None],
        on_answered: Callable[[Turn], None] = lambda _: None,
        on_moment: Callable[[FloorMoment], None] = lambda _: None,
    ) -> None:
        self._ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        session, playout = responder.session, box.playout
        turns = TurnTaking(on_turn, partial(_settle, self._ended))
        hearing = Hearing(turns)
        quiet = QuietWatch(turns, hearing)
        tasks, words = Tasks(), CallerWords(lambda: responder.agent.voice.language)
        ear = open_ear(hearing.on_recognition, quiet.on_deaf)
        held = BargeIn(playout, ear.activity, limits.confirm_s, on_moment)
        idle = IdleWatch(quiet.on_idle, lambda: ear.speaking, on_hold=quiet.on_hold)
        unheard = Unheard(ear.activity, quiet.on_late, quiet.on_unheard)
        end_of_turn = EndOfTurn(ear.activity, turns.consider_end)
        floor = Floor(session, playout, words, on_turn=turns.on_settled, on_moment=on_moment)
        keypad = Keypad(
            session, floor, words, limits, lambda: responder.agent.voice.language, turns.to_person,
            on_words=lambda: turns.begin(certain=True),
        )  # fmt: skip
        mouth = Mouth(responder, box, floor)
        apologies = Apologies(mouth, floor, tasks, turns)
        initiative = Initiative(responder, mouth, floor, apologies, turns)
        notice = Notice(initiative, floor, tasks, lambda: turns.quiet)
        departure = Departure(responder, mouth, floor, words, ear, unheard, idle, tasks, transfer, turns)
        self._turns, self._hearing, self._quiet = turns, hearing, quiet
        self._parts = turns.parts = hearing.parts = quiet.parts = ConversationParts(
            responder=responder, session=session, playout=playout, ear=ear, words=words, floor=floor, held=held,
            idle=idle, unheard=unheard, end_of_turn=end_of_turn, keypad=keypad, mouth=mouth, initiative=initiative,
            notice=notice, departure=departure, tasks=tasks, on_moment=on_moment,
            stepping_aside=SteppingAside(responder, mouth, floor, words, ear, tasks, departure, initiative, turns),
            silence=Silence(responder, ear, unheard, initiative, departure, apologies),
            opening=Opening(responder, ear, box.audio, floor, words, initiative, departure, turns),
            answering=Answering(
                responder, ear, mouth, floor, held, words, idle, end_of_turn, notice, apologies, limits.wait,
                on_answered, on_moment, turns,
            ),
        )  # fmt: skip
        self.ear = ear
        self._hear_audio: Callable[[bytes], None] = hearing.on_audio
        self._hear_tone: Callable[[str], None] = hearing.on_tone
        self.hear_text: Callable[[str], None] = hearing.on_text
        self.on_heard: Callable[[bytes], None] | None = None
        """Given every frame of the caller, while somebody listens in."""

    def on_audio(self, pcm: bytes) -> None:
        """One frame of the caller's voice."""
        self._hear_audio(pcm)
        if self.on_heard is not None:
            self.on_heard(pcm)

    def on_tone(self, tone: str) -> None:
        """The caller pressed a key."""
        self._hear_tone(tone)

    async def run(
        self,
        *,
        notice: str = "",
        on_told: Callable[[], None] | None = None,
        resumed: str = "",
        placed: bool = False,
    ) -> Ending:
        """Greet, converse, and return when it is over.

        Args:
            notice: said first; it cannot be interrupted.
            on_told: called when the notice has been heard to its end.
            resumed: said in the place of a greeting where a call goes on.
            placed: the call is ours: whoever picks up says hello first, and may be a machine.
        """
        parts = self._parts
        parts.playout.start()
        parts.ear.tune(parts.agent.speech)
        interruptible = bool(resumed) or parts.agent.greeting_interruptible
        first = FirstWords(notice, resumed or parts.responder.greeting(), interruptible, on_told)
        if placed:
            parts.tasks.spawn(parts.opening.begin_placed(first))
        else:
            parts.opening.begin(first)
        try:
            return await asyncio.shield(self._ended)
        finally:
            await self._close()

    async def say_and_end(self, text: str, ending: Ending) -> Ending:
        """Say one phrase to its end and be done: the line is closed, the house is full."""
        self._parts.floor.leave()
        self._parts.playout.start()
        try:
            await self._parts.mouth.say_protected(text)
        finally:
            await self._close()
        return ending

    def take_leave(self, text: str, ending: Ending) -> None:
        """End it from outside when a last phrase has been heard. A goodbye or a transfer under way goes on instead."""
        if not self._parts.floor.leaving:
            self._parts.departure.say_goodbye(text, ending)

    def note(self, text: str) -> None:
        """Say this in front of the next answer, or at a quiet moment when none comes soon."""
        self._parts.notice.give(text)

    @property
    def quiet(self) -> bool:
        """Does nobody speak, and waits nothing for an answer?"""
        return self._turns.quiet

    @property
    def leaving(self) -> bool:
        """Is a goodbye or a transfer under way?"""
        return self._parts.floor.leaving

    def to_person(self, directive: TransferToPerson) -> None:
        """Connect the caller with a person, from outside."""
        if not self._parts.floor.leaving:
            self._parts.departure.leave(directive)

    def step_aside(self, visit: Visit) -> None:
        """Let a colleague speak with the caller instead.

        Raises:
            CallRefused: nobody has picked up yet, or the caller is being let go or connected with somebody.
        """
        if self._parts.floor.leaving:
            raise CallRefused("the call is ending, or the caller is being connected with somebody")
        if self._parts.opening.hushed:
            raise CallRefused("nobody has picked up yet")
        self._parts.stepping_aside.begin(visit)

    async def wait_for_clause(self) -> None:
        """Return when the clause that the agent is saying has been heard: nobody is cut off inside a word."""
        await self._parts.mouth.wait_for_clause()

    def end(self, outcome: CallOutcome, detail: str = "") -> None:
        """End it from outside, at once: the caller hung up, the call broke, there is no more time."""
        _settle(self._ended, Ending(outcome, detail))

    def cut_off(self, why: str) -> None:
        """It breaks off, and may go on over another link."""
        _settle(self._ended, Ending("failed", why, cut_off=True))

    def release(self) -> None:
        """Let go of each other's parts, once nothing comes in any more: then a call that is over takes no memory.

        They all know one another, and what knows itself in a circle waits for Python's collector, which stops every
        call of the worker while it looks. Nothing may be asked of the conversation afterwards.
        """
        self._hear_audio = self._hear_tone = self.hear_text = _over  # a frame may be on its way still
        del self._parts, self._turns.parts, self._hearing.parts, self._quiet.parts

    async def _close(self) -> None:
        parts = self._parts
        parts.floor.close()
        parts.idle.stop()
        parts.keypad.close()
        parts.end_of_turn.close()
        parts.held.decided()
        turn, answer = parts.floor.turn, parts.floor.answer
        if turn and turn.task:
            turn.task.cancel()
            await asyncio.gather(turn.task, return_exceptions=True)
        if turn and parts.floor.turn is turn:
            if turn.certain.is_set():
                parts.floor.settle(interrupted=True)
            else:
                parts.answering.take_back(turn)
        if answer:
            await answer.cancel()
        left = parts.words.take()
        if left.text:
            turn = Turn(parts.session.turn + 1, parts.agent.name, left, certain=True, at=datetime.now(UTC))
            parts.floor.keep_unanswered(turn)
        await parts.tasks.end()
        await parts.ear.close()
        await parts.playout.close()

    @property
    def floor(self) -> FloorView:
        """Who has the floor."""
        return self._parts.floor.view

    @property
    def at_work(self) -> tuple[str, ...]:
        """Tools that run now."""
        turn = self._parts.floor.turn
        return turn.at_work if turn is not None else ()

    @property
    def scene(self) -> Scene:
        """How it stands, to be shown."""
        return scene_of(self._parts)


def _over(_: object) -> None: ...


def _settle(ended: asyncio.Future[Ending], ending: Ending) -> None:
    if not ended.done():
        ended.set_result(ending)
