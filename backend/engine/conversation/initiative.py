"""Initiative: what an agent says without being asked, as a greeting, a notice or a prompt."""

import asyncio
from collections.abc import Callable

from backend.domain.let_go import let_go
from backend.engine.conversation.apologies import Apologies
from backend.engine.conversation.conversing import Conversing
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.responder import Responder
from backend.engine.speaking.speaking import Answer
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken

__all__ = ["Initiative"]

_NOTHING = Taken()


class Initiative:
    """Says phrases in turns of their own, and gives the floor back.

    Args:
        apologies: said in the place of what could not be said.
        conversing: goes on when it has been heard.
    """

    def __init__(
        self, responder: Responder, mouth: Mouth, floor: Floor, apologies: Apologies, conversing: Conversing
    ) -> None:
        self._responder = responder
        self._mouth = mouth
        self._floor = floor
        self._apologies = apologies
        self._conversing = conversing
        self._loop = asyncio.get_running_loop()

    def say(
        self,
        text: str,
        *,
        interruptible: bool = True,
        then: str = "",
        then_interruptible: bool = True,
        after: Taken = _NOTHING,
        on_heard: Callable[[], None] | None = None,
    ) -> None:
        """Begin to say ``text``, and ``then`` in a turn that follows it; ``after`` is a hello before it.

        ``on_heard`` is called when ``text`` has been heard to its end, and not where it was cut off or lost.
        """
        turn = self._mouth.own_turn(after)
        answer = self._mouth.answer(turn)
        answer.open()
        may_interrupt = interruptible and self._responder.agent.turns.interruptible
        self._floor.take(turn, answer, interruptible=may_interrupt)
        said = self._say(turn, answer, text, then, then_interruptible=then_interruptible, on_heard=on_heard)
        turn.task = self._loop.create_task(said, name="phrase")
        turn.task.add_done_callback(let_go)

    async def _say(
        self,
        turn: Turn,
        answer: Answer,
        first: str,
        then: str,
        *,
        then_interruptible: bool,
        on_heard: Callable[[], None] | None,
    ) -> None:
        heard = await self._mouth.is_heard(turn, answer, first)
        directive = None if heard else await self._apologies.say_trouble(turn)
        if self._floor.turn is not turn:
            return
        if heard and on_heard is not None:
            on_heard()
        self._floor.settle(interrupted=False)
        if then and directive is None:
            self.say(then, interruptible=then_interruptible)
        else:
            self._conversing.go_on(directive)
