"""The mouth: what the agents of one call speak with, as the ear is what they hear with."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from backend.domain.phrases import Phrases
from backend.engine.conversation.floor import Floor
from backend.engine.conversation.responder import Responder
from backend.engine.speaking.bridge import Bridge
from backend.engine.speaking.playout import Playout
from backend.engine.speaking.speaking import Answer, SpeechOutput
from backend.engine.turn.turn import Turn
from backend.engine.turn.words import Taken
from backend.errors import PoolExhausted, ProviderError

__all__ = ["Mouth"]

log = logging.getLogger(__name__)

_CLAUSE_S = 8.0
"""No clause lasts longer."""

_NOTHING = Taken()


class Mouth:
    """Begins answers in the voice of whoever is active, and says phrases.

    Args:
        responder: knows who is active.
        box: makes sound.
        floor: taken for what is said to its end.
    """

    def __init__(self, responder: Responder, box: SpeechOutput, floor: Floor) -> None:
        self._responder = responder
        self._session = responder.session
        self._box = box
        self._floor = floor
        self._loop = asyncio.get_running_loop()
        self.mute = False
        """The voice is away: until it is back, only phrases are said whose sound is kept."""

    @property
    def phrases(self) -> Phrases:
        """What the active agent says in fixed words."""
        return self._responder.phrases

    @property
    def playout(self) -> Playout:
        """Where what is said goes, and what was heard of it is known."""
        return self._box.playout

    def answer(self, turn: Turn, *, on_heard: Callable[[], None] | None = None, after: Answer | None = None) -> Answer:
        """An answer to be written; a slow voice is bridged over with phrases whose sound is kept."""
        agent, phrases = self._responder.agent, self.phrases
        kept = (*phrases.fillers, phrases.hold_on)
        bridge = Bridge(turn, agent.name, kept, self._box.phrases, self._box.audio)
        return Answer(self._box, agent.voice.voice(), on_heard=on_heard, bridge=bridge, after=after)

    def own_turn(self, after: Taken = _NOTHING) -> Turn:
        """A turn of the agent's own accord; ``after`` is what the caller said before it."""
        agent = self._responder.agent
        turn = Turn(self._session.turn + 1, agent.name, after, certain=True, at=datetime.now(UTC))
        turn.zero, turn.committed = self._loop.time(), True
        return turn

    def keeps(self, phrase: str, answer: Answer) -> bool:
        """Can this be said without the speech service?"""
        return self._box.phrases.knows(phrase, answer.voice, self._box.audio)

    async def is_heard(self, turn: Turn, answer: Answer, *phrases: str) -> bool:
        """Say phrases to the end of the answer; false when they could not be said.

        A voice that is away is asked for those only whose sound is kept.
        """
        for phrase in phrases:
            if not self.mute or self.keeps(phrase, answer):
                answer.phrase(turn.passage(self._responder.agent.name), phrase)
        answer.end()
        try:
            await answer.wait_heard()
        except (ProviderError, PoolExhausted) as error:
            log.error("a phrase could not be spoken", extra={"event": "phrase.failed", "code": error.code})
            self.mute = True  # it has been tried twice
            return False
        return answer.has_words

    async def wait_for_clause(self) -> None:
        """Return when the clause that is being said has been heard: nobody is cut off inside a word."""
        answer, playout = self._floor.answer, self._box.playout
        until = answer.utterance.pause_after(playout.heard_ms) if answer and playout.playing else None
        if until is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_CLAUSE_S):
                    await playout.wait_heard(until)

    async def say_protected(self, text: str, then: Callable[[Turn, Answer], Awaitable[None]] | None = None) -> bool:
        """Say a phrase to its end, and what ``then`` writes behind it; false when it could not be said."""
        turn = self.own_turn()
        answer = self.answer(turn)
        self._floor.take(turn, answer, interruptible=False)
        answer.open()
        if then is None:
            heard = await self.is_heard(turn, answer, text)
        else:
            self._session.turn = turn.index
            answer.phrase(turn.passage(self._responder.agent.name), text)
            await then(turn, answer)
            heard = await self.is_heard(turn, answer)
        self._floor.settle(interrupted=False)
        return heard
