"""The quiet watch: somebody has to speak when nobody does, and the floor must be free for it."""

from backend.engine.conversation.hearing import Hearing
from backend.engine.conversation.parts import ConversationParts
from backend.engine.conversation.turn_taking import TurnTaking
from backend.errors import RingmasterError

__all__ = ["QuietWatch"]


class QuietWatch:
    """Told of silences; lets the agent break them where that takes the floor from nobody."""

    parts: ConversationParts
    """Given once all of them are there."""

    def __init__(self, turns: TurnTaking, hearing: Hearing) -> None:
        self.turns = turns
        self.hearing = hearing

    def on_idle(self, count: int) -> None:
        """The caller has said nothing for a while, for the ``count``th time in a row."""
        if self._may_take_floor():
            self.parts.silence.idle(count)

    def on_late(self) -> bool:
        """Recognition is late with what the caller said; may it still come?"""
        return self._may_take_floor() and self.parts.silence.late()

    def on_unheard(self) -> None:
        """Nothing was recognized of what the caller said."""
        if self._may_take_floor():
            self.parts.silence.not_understood()

    def _may_take_floor(self) -> bool:
        """Is nobody about to say anything? Words of the caller whose final never came are answered now."""
        parts, floor = self.parts, self.parts.floor
        if floor.answering or floor.leaving or parts.keypad.collecting or parts.opening.hushed:
            return False
        if floor.turn is not None:
            parts.answering.confirm(floor.turn)
            return False
        if parts.words.text:
            self.turns.begin(certain=True)
            return False
        return True

    def on_hold(self, prompt: str) -> None:
        """A caller who had asked for a moment has been away for long."""
        if self.parts.floor.turn is None and not self.parts.floor.leaving and not self.parts.words.text:
            self.parts.initiative.say(prompt)
        else:
            self.hearing.wait_for_words()

    def on_deaf(self, error: RingmasterError) -> None:
        """Recognition is away."""
        self.parts.silence.lost(error)
        if self.parts.floor.turn is None and not self.parts.floor.leaving and not self.parts.opening.hushed:
            self.turns.go_on(None)
