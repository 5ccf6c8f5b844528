"""Silence: nothing is heard of a caller, because they say nothing, or because nothing of it is recognized."""

import logging

from backend.domain.ending import Ending
from backend.domain.tool import TransferToPerson
from backend.engine.conversation.apologies import Apologies
from backend.engine.conversation.departure import Departure
from backend.engine.conversation.initiative import Initiative
from backend.engine.conversation.responder import Responder
from backend.engine.listening.listening import Listener
from backend.engine.listening.unheard import Unheard
from backend.engine.thinking.danger_first import danger_unanswered
from backend.errors import RingmasterError
from backend.forms.people_first import hurt_unanswered

__all__ = ["Silence"]

log = logging.getLogger(__name__)


class Silence:
    """Breaks it, while the floor is free: asks, explains, or gives the caller to a person.

    Args:
        ear: given another recognizer when nothing was recognized.
        unheard: counts how often that was so.
        apologies: tell whether the silence may be a fault of ours.
    """

    def __init__(
        self,
        responder: Responder,
        ear: Listener,
        unheard: Unheard,
        initiative: Initiative,
        departure: Departure,
        apologies: Apologies,
    ) -> None:
        self._responder = responder
        self._ear = ear
        self._unheard = unheard
        self._initiative = initiative
        self._departure = departure
        self._apologies = apologies
        self.deaf = False
        """Recognition is away, and the caller has not been told."""

    def lost(self, error: RingmasterError) -> None:
        """Recognition is away; the caller is told once it is their turn."""
        log.error(
            "no speech recognizer is available; the caller is told", extra={"event": "line.deaf", "code": error.code}
        )
        self._unheard.times = max(self._unheard.times, 1)
        self.deaf = True

    def tell_deaf(self) -> None:
        """Tell the caller that they cannot be heard."""
        self.deaf = False
        self._initiative.say(self._responder.phrases.deaf, interruptible=False)

    def idle(self, count: int) -> None:
        """The caller has said nothing for a while, for the ``count``th time in a row."""
        phrases = self._responder.phrases
        if count > 1 and (emergency := danger_unanswered(self._responder.session)):
            self._departure.leave(emergency)
        elif (self._apologies.failures or self._unheard.times) and count > 1:
            self._departure.leave(TransferToPerson("the caller said nothing after a failure of ours"))
        elif count <= len(phrases.still_there):
            self._initiative.say(phrases.still_there[count - 1])
        elif unanswered := hurt_unanswered(self._responder.session):
            self._departure.leave(unanswered)
        else:
            self._departure.say_goodbye(phrases.hang_up, Ending("idle"))

    def late(self) -> bool:
        """The caller spoke and recognition is late with it: they are not left in silence, and need not say it again.

        False when there is no recognizer that the words could still come from.
        """
        if not self._ear.listening:
            self.not_understood()
            return False
        self._initiative.say(self._responder.phrases.hold_on)
        return True

    def not_understood(self) -> None:
        """The caller spoke and nothing was recognized: they are told so, and another recognizer listens."""
        self._ear.renew()
        self.deaf = False
        self._unheard.times += 1
        log.warning(
            "the caller spoke and nothing was recognized",
            extra={"event": "recognizer.heard_nothing", "times": self._unheard.times},
        )
        if self._unheard.in_vain:
            unheard = TransferToPerson("the caller could not be heard")
            self._departure.leave(danger_unanswered(self._responder.session) or unheard)
        else:
            phrases = self._responder.phrases
            self._initiative.say(phrases.unheard if self._unheard.times == 1 else phrases.deaf)
