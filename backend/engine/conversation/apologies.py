"""Apologies: failure has a voice, and a way out."""

import asyncio
import logging
from datetime import UTC, datetime

from backend.domain.tool import Directive, TransferToPerson
from backend.domain.turn_moment import TurnMoment
from backend.engine.conversation.conversing import Conversing
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.tasks import Tasks
from backend.engine.turn.turn import Turn
from backend.errors import PoolExhausted, ProviderError, RingmasterError, TimedOut

__all__ = ["Apologies"]

log = logging.getLogger(__name__)

_LATE_S = 1.2
"""After a silence of ours that long a voice that failed is not asked once more."""

_MOST = 2
"""So many failures in a row, and the caller goes to a person."""


class Apologies:
    """What a caller hears in the place of an answer that is not to be had.

    Args:
        conversing: goes on when the apology has been heard.
    """

    def __init__(self, mouth: Mouth, floor: Floor, tasks: Tasks, conversing: Conversing) -> None:
        self._mouth = mouth
        self._floor = floor
        self._tasks = tasks
        self._conversing = conversing
        self._loop = asyncio.get_running_loop()
        self.failures = 0
        """How many in a row."""

    def recovered(self) -> None:
        """An answer has been heard to its end."""
        self.failures, self._mouth.mute = 0, False

    async def apologize(self, turn: Turn, error: RingmasterError) -> Directive | None:
        """The turn failed: say so as soon as the caller has finished; gives what follows from it."""
        log.error("turn failed", extra={"event": "turn.failed", "code": error.code, "turn": turn.index})
        turn.beside.append(TurnMoment(kind="fault", at=datetime.now(UTC), name=error.code))
        self._mouth.mute = self._is_too_late(turn, error)
        await turn.certain.wait()
        return await self.say_trouble(turn)

    def on_voice_failed(self, turn: Turn, error: BaseException) -> None:
        """The voice is gone while the model still writes: nobody waits for words that cannot be said."""
        if self._floor.turn is turn and turn.certain.is_set() and turn.task and not turn.busy and not turn.interrupted:
            self._mouth.mute = self._is_too_late(turn, error)
            code = error.code if isinstance(error, RingmasterError) else "voice.failed"
            turn.beside.append(TurnMoment(kind="fault", at=datetime.now(UTC), name=code))
            self.give_up(turn)

    def give_up(self, turn: Turn, apology: str = "") -> None:
        """Break the turn off and apologize in its place; for trouble of ours, or with words of its own."""
        if turn.task:
            turn.task.cancel()
        self._tasks.spawn(self._say_instead(turn, apology))

    async def _say_instead(self, turn: Turn, apology: str) -> None:
        if turn.task:
            await asyncio.gather(turn.task, return_exceptions=True)
        directive = await self.say_trouble(turn, apology)
        if self._floor.turn is turn:
            self._floor.settle(interrupted=False)
            self._conversing.go_on(directive)

    async def say_trouble(self, turn: Turn, apology: str = "") -> Directive | None:
        """Say an apology and a way out. The second time in a row, or where it cannot be said, it is a person."""
        phrases = self._mouth.phrases
        trouble, apology = phrases.trouble, apology or phrases.trouble
        self.failures += 1
        turn.committed = True
        broken = self._floor.answer
        if broken:
            broken.cancel_nowait()
        answer = self._mouth.answer(turn, after=broken)
        answer.open()
        self._floor.answer = answer
        if self._mouth.keeps(trouble, answer) and not self._mouth.keeps(apology, answer):
            apology = trouble  # what is kept is sure to be heard
        said = (apology, phrases.way_out) if self.failures < _MOST else (apology,)
        if not await self._mouth.is_heard(turn, answer, *said):
            return TransferToPerson("the voice is away")
        return TransferToPerson("the system failed twice") if self.failures >= _MOST else None

    def _is_too_late(self, turn: Turn, error: BaseException) -> bool:
        """Has the caller waited so long for the voice that it must not be asked once more?"""
        silent_s = self._loop.time() - max(turn.zero, self._mouth.playout.quiet_since)
        of_voice = isinstance(error, ProviderError) and error.provider == "speech"
        return isinstance(error, PoolExhausted) or (of_voice and (isinstance(error, TimedOut) or silent_s > _LATE_S))
