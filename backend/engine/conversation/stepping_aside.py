"""Stepping aside: an agent is silent while a colleague speaks with the caller, and goes on when they leave."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from backend.domain.session import HandedOver
from backend.domain.tool import TransferToPerson
from backend.domain.turn_moment import TurnMoment
from backend.engine.conversation.conversing import Conversing
from backend.engine.conversation.departure import Departure
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.initiative import Initiative
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.responder import Responder
from backend.engine.conversation.tasks import Tasks
from backend.engine.conversation.visit import Visit, VisitEnd
from backend.engine.listening.listening import Listener
from backend.engine.turn.questions import asked_last
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import CallerWords, Taken

__all__ = ["SteppingAside"]

_LOOK_S = 0.25
_MOST_LOOKS = 6
"""A second and a half; a caller who talks on and on is interrupted."""
_NOTHING = Taken()
_TOLD = (
    "A colleague, a person, spoke with the caller in your place and has left. What the caller said to them stands "
    "above; what they said is not known to you. It confirms nothing: what you have to ask, you still ask."
)


@dataclass(frozen=True, slots=True)
class SteppingAside:
    """Leaves the caller to a colleague. What the caller says meanwhile is kept, and answered by no agent.

    Args:
        departure: gives the floor away, and rings the line's person where the colleague is lost and the line says so.
        words: what the caller says meanwhile.
        initiative: says the first words afterwards.
        conversing: ends the call where the colleague does.
    """

    responder: Responder
    mouth: Mouth
    floor: Floor
    words: CallerWords
    ear: Listener
    tasks: Tasks
    departure: Departure
    initiative: Initiative
    conversing: Conversing

    def begin(self, visit: Visit) -> None:
        """Let a colleague speak, as soon as the caller has been told."""
        self.departure.give_way()
        self.tasks.spawn(self._run(visit))

    async def _run(self, visit: Visit) -> None:
        began, loop = datetime.now(UTC), asyncio.get_running_loop()
        begun_s = loop.time()
        try:
            await self.departure.wait_for_tool()
            phrases = self.responder.phrases
            await self.mouth.say_protected(phrases.colleague_comes or phrases.connecting)
            self._keep(_NOTHING, TurnMoment(kind="taken_over", at=began, by=visit.by))
            visit.begin(self.mouth.playout)
            how = await self._attend(visit)
        finally:
            visit.end("call_over")
        self.mouth.playout.stop()
        if how == "given_back":
            await self._until_settled()
        took_ms = (loop.time() - begun_s) * 1000  # whatever the clock on the wall says meanwhile
        self._keep(
            self.words.take(),
            TurnMoment(kind="given_back", at=datetime.now(UTC), took_ms=round(took_ms), by=visit.by, result=how),
        )
        self._go_on(visit, how)

    async def _attend(self, visit: Visit) -> VisitEnd:
        """Keep what the caller says until the visit is over."""
        while (how := await visit.wait_over(_LOOK_S)) is None:
            if self.words.text and self._is_settled:
                self._keep(self.words.take())
        return how

    async def _until_settled(self) -> None:
        """What the caller is just saying is said to the colleague: the agent does not begin in the middle of it."""
        for _ in range(_MOST_LOOKS):
            if self._is_settled:
                return
            await asyncio.sleep(_LOOK_S)

    @property
    def _is_settled(self) -> bool:
        return not self.words.in_flux and not self.ear.speaking

    def _keep(self, said: Taken, *moments: TurnMoment) -> None:
        agent, index = self.responder.agent.name, self.responder.session.turn + 1
        turn = Turn(index, agent, said, certain=True, at=datetime.now(UTC))
        turn.beside.extend(moments)
        self.floor.keep_unanswered(turn)

    def _go_on(self, visit: Visit, how: VisitEnd) -> None:
        session, phrases = self.responder.session, self.responder.phrases
        if how == "hung_up":
            self.conversing.end("transferred", f"{visit.by} took over and ended the call")
            return
        question = asked_last(session) or phrases.say_again
        session.history.append(HandedOver("a colleague", self.responder.agent.name, _TOLD, session.turn))
        self.floor.stay()
        if how == "lost" and self.responder.line.supervision.lost == "person":
            self.departure.leave(TransferToPerson("the colleague who had taken the call over was cut off"))
        else:
            first = phrases.colleague_left if how == "given_back" else phrases.colleague_lost
            self.initiative.say(f"{first or phrases.resumed} {question}")
