"""Turn taking: when the caller's words become a turn, who speaks next, and who is interrupted."""

from collections.abc import Callable

from backend.domain.call import CallOutcome
from backend.domain.ending import Ending
from backend.domain.tool import Directive, EndCall, TransferToPerson
from backend.engine.conversation.interruption import confirms
from backend.engine.conversation.parts import ConversationParts
from backend.engine.listening.end_of_turn import Said
from backend.engine.listening.endpointing import expected_now
from backend.engine.turn.turn import Turn

__all__ = ["TurnTaking"]


class TurnTaking:
    """Gives the floor; its parts give it back (``Conversing``).

    Args:
        on_turn: told of each turn once it is settled.
        on_ended: told how the conversation ends.
    """

    parts: ConversationParts
    """Given once all of them are there."""

    def __init__(self, on_turn: Callable[[Turn], None], on_ended: Callable[[Ending], None]) -> None:
        self._on_turn = on_turn
        self._on_ended = on_ended

    def end(self, outcome: CallOutcome, detail: str = "") -> None:
        """End the conversation at once."""
        self._on_ended(Ending(outcome, detail))

    @property
    def quiet(self) -> bool:
        """Does nobody speak, and waits nothing for an answer?"""
        parts = self.parts
        return parts.floor.turn is None and not parts.words.text and not parts.ear.speaking and not parts.opening.hushed

    def to_person(self) -> None:
        """The caller pressed the key for a person."""
        self.parts.departure.leave(TransferToPerson("the caller pressed the key for a person"))

    def consider_end(self) -> None:
        """Has the caller finished? Asked on every frame while words wait, and on every final."""
        parts, turn = self.parts, self.parts.floor.turn
        if parts.floor.leaving or (turn is not None and turn.certain.is_set()):
            parts.end_of_turn.undecided = False
            return
        if parts.keypad.collecting or parts.opening.hushed:
            return  # a number is being pressed; it comes behind what was said
        text = turn.caller_text if turn else parts.words.text
        parts.end_of_turn.undecided = bool(text)
        final = parts.answering.is_final
        if not text or parts.end_of_turn.is_off(final=final):
            return
        agent = parts.agent
        said = Said(text, final, expected_now(parts.session), agent.voice.language)
        turns = agent.turns
        if parts.end_of_turn.has_come(said, turns):
            if turn:
                parts.answering.confirm(turn)
            else:
                self.begin(certain=True)
        elif turn is None and turns.early_thinking and not parts.opening.reason and parts.end_of_turn.may_be_near(said):
            self.begin(certain=False)

    def begin(self, *, certain: bool) -> None:
        """The caller's words become a turn, unless there is something that they have to hear before."""
        if self.parts.opening.reason:
            self.parts.end_of_turn.undecided = False
            self.parts.opening.give_reason_again()
        else:
            self.parts.answering.begin(certain=certain)

    def on_settled(self, turn: Turn) -> None:
        """A turn is over, and what was heard of it is in the history."""
        self.parts.held.decided()
        self._on_turn(turn)
        if turn.caller_text:
            self.parts.end_of_turn.pace.new_turn()
        self.parts.notice.settled(turn)
        self.parts.opening.settled(turn)

    def go_on(self, directive: Directive | None) -> None:
        """After an answer: do what it asked for, answer what was said meanwhile, or wait."""
        if self.parts.floor.leaving:
            return
        if directive is not None and not (isinstance(directive, EndCall) and self.parts.words.text):
            self.parts.departure.leave(directive)
        elif self.parts.words.text:
            self.consider_end()
        elif self.parts.silence.deaf:
            self.parts.silence.tell_deaf()
        else:
            self.parts.idle.wait(self.parts.agent.turns)

    def confirms(self, text: str, *, partial: bool = False) -> bool:
        """Do these words take the floor?"""
        return self.parts.floor.may_be_taken and confirms(text, self.parts.agent.turns, partial=partial)

    def interrupt(self) -> None:
        """The caller takes the floor. What they heard is kept, the rest of the answer is dropped."""
        turn, answer = self.parts.floor.turn, self.parts.floor.answer
        self.parts.held.decided()
        if turn is None or answer is None:
            return
        if self.parts.floor.audible:
            self.parts.on_moment("interrupted")
        heard_before = self.parts.playout.heard_ms
        self.parts.playout.stop()
        turn.interrupted = True
        answer.cancel_nowait()
        if turn.busy:
            turn.cut_ms = heard_before  # it settles when its tool is done; the caller's words wait
            return
        if turn.task:
            turn.task.cancel()
        if not turn.committed or self.parts.floor.begun_too_early(turn, answer, heard_before):
            self.parts.answering.take_back(turn)
        else:
            self.parts.floor.settle(interrupted=True)
        self.consider_end()
