"""The floor: the one turn under way, its answer, and what becomes of both."""

import asyncio
from collections.abc import Callable
from typing import Literal

from backend.domain.floor_moment import FloorMoment
from backend.domain.session import AgentSaid, CallerSaid, CallSession
from backend.engine.conversation.floor_states import FloorStates
from backend.engine.conversation.own_voice import OwnVoice
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import Answer, Moments
from backend.engine.turn.questions import closing_question, yes_or_no
from backend.engine.turn.turn import Aside, Turn
from backend.engine.turn.words import CallerWords, Taken

__all__ = ["Floor", "FloorView"]

FloorView = Literal["listening", "thinking", "speaking", "leaving"]
"""Who has the floor, as somebody outside sees it."""

_YIELD_MS = 1200
"""An answer heard for less than this when the caller goes on was begun too early: both halves are one turn."""

_LATE_ASIDE_S = 1.2


class Floor:
    """Holds at most one turn.

    A turn leaves it in one of two ways. It is *settled*: it counts, and what was heard of its
    answer enters the history. Or it is *thrown away*: it never was, but for words of it that
    were heard already.

    Args:
        words: where what the caller said meanwhile goes back to.
        on_turn: told of each turn once it is settled.
    """

    def __init__(
        self,
        session: CallSession,
        playout: Playout,
        words: CallerWords,
        *,
        on_turn: Callable[[Turn], None],
        on_moment: Callable[[FloorMoment], None],
    ) -> None:
        self._session = session
        self._playout = playout
        self._words = words
        self._on_turn = on_turn
        self._on_moment = on_moment
        self._loop = asyncio.get_running_loop()
        self._states = FloorStates(lambda: on_moment("out_of_order"))
        self.own_voice = OwnVoice(playout)
        """Tells what the caller says from what they hear."""
        self.turn: Turn | None = None
        self.answer: Answer | None = None
        self.interruptible = True
        """May the caller take the floor from this turn?"""

    @property
    def leaving(self) -> bool:
        """Is a goodbye or a transfer under way, or is it over? Words are kept then, not answered."""
        return self._states.now in ("leaving", "parting", "over")

    @property
    def view(self) -> FloorView:
        """Who has the floor."""
        if self.leaving:
            return "leaving"
        if not self.answering:
            return "listening"
        return "speaking" if self.audible else "thinking"

    @property
    def answering(self) -> bool:
        """Is there a turn, and is it certain?"""
        return self.turn is not None and self.turn.certain.is_set()

    @property
    def may_be_taken(self) -> bool:
        """May words of the caller take it?"""
        return self.interruptible and not self.leaving

    @property
    def audible(self) -> bool:
        """Is the agent's voice being heard, or held back?"""
        return self._playout.playing or self._playout.held

    def take(self, turn: Turn, answer: Answer, *, interruptible: bool) -> None:
        """A turn begins."""
        self._states.move("speak" if turn.certain.is_set() else "consider")
        self.turn, self.answer, self.interruptible = turn, answer, interruptible
        self.own_voice.says(answer)

    def confirm(self, turn: Turn) -> None:
        """The caller has finished: the turn will be answered."""
        self._states.move("confirm")
        turn.certain.set()

    def leave(self) -> None:
        """A goodbye or a transfer begins."""
        self._states.move("leave")

    def stay(self) -> None:
        """It came to nothing: the caller is next."""
        self._states.move("stay")

    def close(self) -> None:
        """The conversation has ended."""
        self._states.move("close")

    @staticmethod
    def begun_too_early(turn: Turn, answer: Answer, heard_ms: float) -> bool:
        """Did the caller go on just after the answer began to sound, and can it be given again?"""
        began = answer.began_ms
        repeatable = not turn.kept and bool(turn.caller_text)
        return repeatable and (began is None or heard_ms - began < _YIELD_MS)

    def settle(self, *, interrupted: bool) -> None:
        """The turn is over: what was heard of it enters the history."""
        turn, answer, now = self.turn, self.answer, self._loop.time()
        if turn is None or answer is None:
            return
        self._states.move("settle")
        answer.settle(self._playout.heard_ms, interrupted=interrupted)
        if not interrupted:
            self._answer_late_asides(turn, answer, now)
        self._session.history.extend(turn.settled())
        self._session.turn = max(self._session.turn, turn.index)
        _close_record(turn, answer.moments, ended_at=now, interrupted=interrupted)
        self.turn = self.answer = None
        self._on_turn(turn)

    def keep_unanswered(self, turn: Turn) -> None:
        """What the caller said just before the end, or to a person, is a turn that no agent answered."""
        if turn.caller_text:
            self._session.history.append(CallerSaid(turn.caller_text, turn.index))
        self._session.turn = turn.index
        self._on_turn(turn)

    def throw_away(self) -> None:
        """The turn is dropped before it counted; only what was already heard of it leaves a trace."""
        turn, answer = self.turn, self.answer
        if turn is None or answer is None:
            return
        self._states.move("drop")
        if turn.task:
            turn.task.cancel()
        answer.cancel_nowait()
        answer.settle(self._playout.heard_ms, interrupted=True)
        self._session.history.extend(
            AgentSaid(passage.agent, passage.heard, turn.index, interrupted=True)
            for passage in turn.passages()
            if passage.heard
        )
        if turn.record.early:
            self._on_moment("early_wasted")
        turn.undo()
        self.turn = self.answer = None

    def _answer_late_asides(self, turn: Turn, answer: Answer, now: float) -> None:
        """ "Okay" on the agent's last words is an answer to them, and so is "yes" in a question that ends them."""
        while turn.asides and self._is_answer(turn.asides[-1], answer, now):
            self._words.give_back(Taken(turn.asides.pop().text))

    @staticmethod
    def _is_answer(aside: Aside, answer: Answer, now: float) -> bool:
        if now - aside.at < _LATE_ASIDE_S:
            return True
        said = answer.utterance
        question = closing_question(said.text)
        unheard = said.text[len(said.text) - said.unheard(aside.heard_ms) :].strip()
        return yes_or_no(question) and len(unheard) < len(question)


def _close_record(turn: Turn, moments: Moments, *, ended_at: float, interrupted: bool) -> None:
    record, latencies, passages = turn.record, turn.record.latencies, turn.passages()
    record.said = " ".join(p.text.strip() for p in passages if p.text.strip())
    record.heard = " ".join(p.heard for p in passages if p.heard)
    record.interrupted = interrupted
    latencies.first_clause_ms = turn.since(moments.first_clause)
    latencies.first_audio_ms = turn.since(moments.first_audio)
    latencies.first_frame_ms = turn.since(moments.first_frame)
    latencies.filler_ms = turn.since(moments.filler)
    latencies.heard_ms = turn.since(ended_at)
