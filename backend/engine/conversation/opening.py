"""The opening: the first words of a call, and in a placed call who it was that picked up."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.domain.audio import AudioFormat
from backend.engine.conversation.conversing import Conversing
from backend.engine.conversation.departure import Departure
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.initiative import Initiative
from backend.engine.conversation.responder import Responder
from backend.engine.listening.listening import Listener
from backend.engine.listening.pickup import Pickup
from backend.engine.turn.turn import SpokenSegment, Turn
from backend.engine.turn.words import CallerWords, Taken
from backend.language.named import language_named

__all__ = ["FirstWords", "Opening"]

_NOTHING = Taken()


@dataclass(frozen=True, slots=True)
class FirstWords:
    """What is said first."""

    notice: str
    """Before the greeting; it is said to its end. May be empty, as the greeting may."""
    greeting: str
    interruptible: bool
    """May the caller cut the greeting off?"""
    on_told: Callable[[], None] | None = None
    """Called when the notice has been heard to its end."""


class Opening:
    """Says the first words; in a placed call once somebody has said hello, and to people only.

    Args:
        audio: format of what is heard.
        words: what was said meanwhile.
        departure: leaves a message where a machine has picked up.
        conversing: goes on where there is nothing to say.
    """

    def __init__(
        self,
        responder: Responder,
        ear: Listener,
        audio: AudioFormat,
        floor: Floor,
        words: CallerWords,
        initiative: Initiative,
        departure: Departure,
        conversing: Conversing,
    ) -> None:
        self._responder = responder
        self._ear = ear
        self._audio = audio
        self._floor = floor
        self._words = words
        self._initiative = initiative
        self._departure = departure
        self._conversing = conversing
        self._pickup: Pickup | None = None
        self.hushed = False
        """Somebody has picked up a placed call and is let say hello: words are kept, not answered."""
        self.reason = ""
        """What the call is about, while its callee has not heard it: said before anything else."""

    def begin(self, first: FirstWords, *, after: Taken = _NOTHING) -> None:
        """Say the first words, or wait for the caller's; ``after`` is a hello before them."""
        if first.notice:
            self._initiative.say(
                first.notice,
                interruptible=False,
                then=first.greeting,
                then_interruptible=first.interruptible,
                after=after,
                on_heard=first.on_told,
            )
        elif first.greeting:
            self._initiative.say(first.greeting, interruptible=first.interruptible, after=after)
        else:
            self._conversing.go_on(None)

    async def begin_placed(self, first: FirstWords) -> None:
        """Let whoever picks up say hello, then say why we call. A machine is not spoken to."""
        self.hushed = True
        self._pickup = pickup = Pickup(
            self._audio, self._ear.activity, self._responder.line.languages, lambda: self._on_machine(pickup)
        )
        if await pickup.wait() == "machine":
            return
        self.hushed = False
        self.reason = first.greeting
        hello = self._words.take() if first.greeting or first.notice else _NOTHING
        self.begin(first, after=hello)

    def hear(self, pcm: bytes) -> None:
        """One frame of whoever picked up; the ear has had it already."""
        if self._pickup is not None and self._pickup.watching:
            self._pickup.hear(pcm)

    def recognized(self, text: str, *, final: bool) -> None:
        """Words of whoever picked up."""
        if self._pickup is not None and self._pickup.watching and text:
            self._pickup.recognized(text, final=final)

    def give_reason_again(self) -> None:
        """The callee cut the reason of the call off. They hear it before anything else, and then are answered."""
        reason, self.reason = self.reason, ""
        talk = language_named(self._responder.agent.voice.language).talk
        only_greets = talk.is_greeting(self._words.text)
        self._initiative.say(reason, interruptible=False, after=self._words.take() if only_greets else _NOTHING)

    def settled(self, turn: Turn) -> None:
        """A turn is over; the reason of the call may have been heard in it."""
        if any(passage.text == self.reason and _nearly_all(passage) for passage in turn.passages()):
            self.reason = ""

    def _on_machine(self, pickup: Pickup) -> None:
        if not self._floor.leaving:
            self._departure.leave_message(self._responder.line.voicemail, pickup)


def _nearly_all(passage: SpokenSegment) -> bool:
    """Has so much of it been heard that it need not be said again?"""
    return len(passage.heard) >= 0.85 * len(passage.text)
