"""Departure: a caller is let go with a goodbye, or connected with a person, and never left with neither."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.domain.ending import Ending
from backend.domain.line import VoicemailSpec
from backend.domain.session import CallerSaid
from backend.domain.spec import text_in
from backend.domain.tool import Directive, EndCall, TransferToPerson
from backend.engine.conversation.conversing import Conversing
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.mouth import Mouth
from backend.engine.conversation.responder import OffersCallBack, Responder
from backend.engine.conversation.ringing import Ringing
from backend.engine.conversation.tasks import Tasks
from backend.engine.conversation.waiting import IdleWatch
from backend.engine.listening.listening import Listener
from backend.engine.listening.pickup import Pickup
from backend.engine.listening.unheard import Unheard
from backend.engine.speaking.speaking import Answer
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import CallerWords

__all__ = ["Departure"]


@dataclass(frozen=True, slots=True)
class Departure:
    """Takes the floor for good, and says what is still to be said.

    Args:
        responder: offers a call back where no person was to be had.
        words: what the caller says while a person's phone rings.
        unheard: tells whether there is any use in going on without a person.
        transfer: connects the caller with a person; true when that person has taken the call.
        conversing: goes on where the caller stays after all.
    """

    responder: Responder
    mouth: Mouth
    floor: Floor
    words: CallerWords
    ear: Listener
    unheard: Unheard
    idle: IdleWatch
    tasks: Tasks
    transfer: Callable[[TransferToPerson], Awaitable[bool]]
    conversing: Conversing

    def leave(self, directive: Directive) -> None:
        """Do what was asked for: hang up, or connect the caller with a person."""
        self.give_way()
        if isinstance(directive, EndCall):
            self.conversing.end(directive.outcome, directive.reason)
        elif isinstance(directive, TransferToPerson):
            self.tasks.spawn(self._to_person(directive))

    def say_goodbye(self, text: str, ending: Ending) -> None:
        """Say this to its end, then end the call."""
        self.give_way()
        self.tasks.spawn(self._say_goodbye(text, ending))

    def leave_message(self, spec: VoicemailSpec, pickup: Pickup) -> None:
        """A machine has picked up: leave it a message when it takes one, or hang up."""
        self.give_way()
        self.tasks.spawn(self._leave_message(spec, pickup))

    def give_way(self) -> None:
        """Take the floor for good: what is being said stops, and what the caller says begins no turn."""
        self.floor.leave()  # first: what the caller said meanwhile is kept, and begins no turn
        if self.floor.turn is not None:
            self.conversing.interrupt()
        self.idle.stop()

    def _stay(self) -> None:
        self.floor.stay()
        self.conversing.go_on(None)

    async def _say_goodbye(self, text: str, ending: Ending) -> None:
        await self.wait_for_tool()
        await self.mouth.say_protected(text)
        self.conversing.end(ending.outcome, ending.detail)

    async def _leave_message(self, spec: VoicemailSpec, pickup: Pickup) -> None:
        await self.wait_for_tool()
        message = text_in(spec.message, self.responder.agent.voice.language)
        if spec.action == "leave" and message:
            await pickup.wait_for_message_time()
            await self.mouth.say_protected(message)
            self.conversing.end("voicemail", "a message was left")
        else:
            self.conversing.end("voicemail", "hung up on the machine")

    async def _to_person(self, directive: TransferToPerson) -> None:
        await self.wait_for_tool()
        phrases = self.responder.phrases
        connecting = f"{directive.say} {phrases.connecting}".strip()
        await self.mouth.say_protected(phrases.emergency if directive.emergency else connecting)
        taken = await self._ringing(directive).wait(self.transfer(directive))
        if taken:
            self.conversing.end("transferred", directive.reason)
        elif taken is None:
            self._stay()
        elif not await self._say_nobody_came(directive) or self.unheard.in_vain:
            self.conversing.end("failed", "the caller could not be spoken with, and nobody took over")
        else:
            self._stay()

    def _ringing(self, directive: TransferToPerson) -> Ringing:
        session = self.responder.session
        return Ringing(
            self.responder.phrases,
            self.responder.line.person.waiting_seconds,
            self.words,
            speaking=lambda: self.ear.speaking,
            keep=lambda text: session.history.append(CallerSaid(text, session.turn)),
            say=self.mouth.say_protected,
            language=self.responder.agent.voice.language,
            emergency=directive.emergency,
        )

    async def _say_nobody_came(self, directive: TransferToPerson) -> bool:
        """Say so, and offer a call back. In an emergency there is one instruction and nothing beside it."""
        responder, phrases = self.responder, self.responder.phrases
        if directive.emergency or self.mouth.mute or not isinstance(responder, OffersCallBack):
            return await self.mouth.say_protected(
                phrases.no_person_in_emergency if directive.emergency else phrases.no_person
            )

        async def offer(turn: Turn, answer: Answer) -> None:
            await responder.nobody_came(turn, answer, directive.reason)

        return await self.mouth.say_protected(phrases.no_person, offer)

    async def wait_for_tool(self) -> None:
        """Return when no tool runs. One with an effect may still be at work when everything else has been cut off."""
        if self.floor.turn and self.floor.turn.task:
            await asyncio.gather(self.floor.turn.task, return_exceptions=True)
